// What services would do in a plan, by their own schedulers: as desired counts change, and as instances are lost.
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { Service } from '../../aws/ecs/state/service/service.ts';
import { isServiceTask, type Task } from '../../aws/ecs/state/task/task.ts';
import { movesOf, planService } from '../../aws/ecs/scheduler/service/plan-service.ts';
import { viewOf, type ViewContext } from '../../aws/ecs/scheduler/service/view/view-of.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { services } from '../../aws/ecs/state/service/services.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';
import type { PlanPlacementInput } from '../contract.ts';
import { invalidParameter } from '../errors.ts';
import { serviceOf } from '../resolve.ts';
import { plannedStarts, type PlannedWork } from './planned-run.ts';

export interface ServiceChanges {
  /** Tasks that services would stop. */
  readonly stopped: readonly Task[];
  /** Tasks that services would start, those that replace what is lost included. */
  readonly started: readonly PlannedWork[];
  /** Tasks on lost instances that nobody replaces. */
  readonly standalone: readonly Task[];
}

/** What a plan looks at beside the rows. */
export type PlanContext = ViewContext & { readonly without: ReadonlySet<string> };

const maxDesired = 5000;

/** Throws ServiceNotFoundException, and InvalidParameterException for a DAEMON, which has no count to change. */
export function serviceChanges(
  tx: ReadTransaction,
  cluster: Cluster,
  input: NonNullable<PlanPlacementInput['services']>,
  context: PlanContext,
): ServiceChanges {
  const onLost = [...context.without].flatMap((arn) => [
    ...tx.table(tasks).by('instanceDesired', { containerInstanceArn: arn, desiredStatus: 'RUNNING' }),
  ]);
  const resized = input.map(({ service, desiredCount }) =>
    resize(serviceOf(tx, cluster, service), desiredCount),
  );
  const counted = new Set(resized.map(({ arn }) => arn));
  const changes = [
    ...resized.map((service) => changesOf(tx, service, 'service', context)),
    ...losing(tx, onLost, counted).map((service) => changesOf(tx, service, 'lost', context)),
  ];
  return {
    stopped: changes.flatMap(({ stopped }) => stopped),
    started: changes.flatMap(({ started }) => started),
    standalone: onLost.filter((task) => !isServiceTask(task)),
  };
}

function resize(service: Service, desiredCount: number): Service {
  if (service.schedulingStrategy === 'DAEMON')
    throw invalidParameter(`The service ${service.name} is a DAEMON and has no desired count.`);
  if (desiredCount < 0 || desiredCount > maxDesired)
    throw invalidParameter(`desiredCount should be between 0 and ${maxDesired}.`);
  return { ...service, desiredCount };
}

/** The services that lose tasks and whose count the plan does not give. A DAEMON loses them with their instances. */
function losing(
  tx: ReadTransaction,
  onLost: readonly Task[],
  counted: ReadonlySet<string>,
): readonly Service[] {
  const arns = new Set(onLost.flatMap(({ serviceArn }) => serviceArn ?? []));
  return [...arns.difference(counted)]
    .flatMap((arn) => tx.table(services).get(arn) ?? [])
    .filter(({ status, schedulingStrategy }) => status === 'ACTIVE' && schedulingStrategy !== 'DAEMON');
}

function changesOf(
  tx: ReadTransaction,
  service: Service,
  cause: 'service' | 'lost',
  context: PlanContext,
): { readonly stopped: readonly Task[]; readonly started: readonly PlannedWork[] } {
  const moves = movesOf(planService(viewOf(tx, service, context)));
  const stopped = new Set(moves.stop.map(({ arn }) => arn));
  return {
    stopped: [...stopped].map((arn) => tx.table(tasks).get(arn)!),
    started: plannedStarts(tx, service, moves.start, cause, { without: context.without, stopped }),
  };
}
