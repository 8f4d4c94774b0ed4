// A service deployment that is not ROLLING, and the two deployments that it is between.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { isOngoing, type ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { blueOf } from '../blue.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';

export interface StagedDeployment {
  readonly record: ServiceDeployment;
  /** What brings the target up. */
  readonly green: Deployment;
  /** What serves until green has taken over; undefined where there is none, and before it is looked for. */
  readonly blue: Deployment | undefined;
}

/**
 * The staged deployment that decides about the service's tasks: the one under way, or one that has failed and was not to go back,
 * and so left blue to serve. Undefined where only the PRIMARY deployment counts.
 */
export function stagedDeployment(tx: ReadTransaction, service: Service): StagedDeployment | undefined {
  if (service.status !== 'ACTIVE') return undefined;
  const [record] = tx.table(serviceDeployments).by('arn', service.currentServiceDeploymentArn ?? '');
  if (!record || record.deploymentConfiguration.strategy === 'ROLLING') return undefined;
  const [green] = tx.table(deployments).by('id', record.deploymentId);
  if (!green) return undefined;
  const blue = blueOf(tx, record);
  // Where there was no blue one left, the way back is a deployment of its own, which rolls.
  if (record.rollback && record.rollback.deploymentId !== blue?.id) return undefined;
  if (isOngoing(record)) return { record, green, blue };
  const hasStopped = green.status === 'PRIMARY' && green.rolloutState === 'FAILED';
  return hasStopped && blue ? { record, green, blue } : undefined;
}

/** Blue has served, and its tasks go. */
export const isLeaving = (record: ServiceDeployment): boolean =>
  record.lifecycleStage === 'CLEAN_UP' && !record.rollback && isOngoing(record);

/** The ids of the deployments that are to have all tasks of the service, each of them. */
export function standingFleets({ record, green, blue }: StagedDeployment): readonly string[] {
  if (record.rollback && blue) return [blue.id];
  return blue && !isLeaving(record) ? [green.id, blue.id] : [green.id];
}
