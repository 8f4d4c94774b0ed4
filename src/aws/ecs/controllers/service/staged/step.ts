// One step of a service whose deployment is under way stage by stage: first the stages, then its tasks.
import type { Service } from '../../../state/service/service.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { services } from '../../../state/service/services.ts';
import type { ServiceContext } from '../context.ts';
import { stepDeployments } from '../deployments.ts';
import { advance } from './advance.ts';
import { staged } from '../../../scheduler/service/staged/scheduler.ts';
import type { StagedDeployment } from '../../../scheduler/service/staged/staged-deployment.ts';
import { stepBack } from './step-back.ts';

/** Answers when, epoch ms, to look again though nothing changed. */
export function stepStaged(
  tx: WriteTransaction,
  service: Service,
  found: StagedDeployment,
  context: ServiceContext,
): number | undefined {
  const turned = advance(tx, service, found, context) ?? stepBack(tx, service, found, context);
  const current = tx.table(services).get(service.arn)!;
  const stepped = stepDeployments(tx, current, staged, context);
  const times = [turned, stepped].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
