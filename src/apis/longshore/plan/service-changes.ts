// What services would do in a plan: stop tasks as their desired counts go down, start as they go up, replace what is lost.
import type { Cluster } from '../../../model/cluster.ts';
import type { Service } from '../../../model/service.ts';
import { isServiceTask, type Task } from '../../../model/task.ts';
import { firstToGo } from '../../../placement/plan.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { services } from '../../../store/tables/services.ts';
import { tasks } from '../../../store/tables/tasks.ts';
import type { PlanPlacementInput } from '../contract.ts';
import { invalidParameter } from '../errors.ts';
import { serviceOf } from '../resolve.ts';
import { plannedOfService, type PlannedWork } from './planned-run.ts';

export interface ServiceChanges {
  /** Tasks that services would stop. */
  readonly stopped: readonly Task[];
  /** Tasks that services would start, those that replace what is lost included. */
  readonly started: readonly PlannedWork[];
  /** Tasks on lost instances that nobody replaces. */
  readonly standalone: readonly Task[];
}

const mostDesired = 5000;

/** Throws ServiceNotFoundException, and InvalidParameterException for a DAEMON, which has no count to change. */
export function serviceChanges(
  tx: ReadTransaction,
  cluster: Cluster,
  given: NonNullable<PlanPlacementInput['services']>,
  lost: ReadonlySet<string>,
): ServiceChanges {
  const onLost = [...lost].flatMap((arn) => [...tx.table(tasks).by('instanceDesired', `${arn}/RUNNING`)]);
  const resized = given.map(({ service: reference, desiredCount }) => {
    const service = serviceOf(tx, cluster, reference);
    return { service, ...resize(tx, service, desiredCount, lost) };
  });
  const counted = new Set(resized.map(({ service }) => service.arn));
  return {
    stopped: resized.flatMap(({ stopped }) => stopped),
    started: [...resized.flatMap(({ started }) => started), ...replacements(tx, onLost, counted, lost)],
    standalone: onLost.filter((task) => !isServiceTask(task)),
  };
}

function resize(
  tx: ReadTransaction,
  service: Service,
  desiredCount: number,
  lost: ReadonlySet<string>,
): { stopped: readonly Task[]; started: readonly PlannedWork[] } {
  if (service.schedulingStrategy === 'DAEMON')
    throw invalidParameter(`The service ${service.name} is a DAEMON and has no desired count.`);
  if (desiredCount < 0 || desiredCount > mostDesired)
    throw invalidParameter(`desiredCount should be between 0 and ${mostDesired}.`);
  const left = tasksLeft(tx, service, lost);
  const missing = desiredCount - left.length;
  return {
    stopped: missing < 0 ? firstToGo(left, -missing) : [],
    started: missing > 0 ? [plannedOfService(tx, service, missing, 'service', left)] : [],
  };
}

/** Of every service whose count the plan does not give: as many as it loses. A DAEMON loses them with their instances. */
function replacements(
  tx: ReadTransaction,
  onLost: readonly Task[],
  counted: ReadonlySet<string>,
  lost: ReadonlySet<string>,
): PlannedWork[] {
  const byService = Map.groupBy(onLost, (task) => task.serviceArn);
  return [...byService].flatMap(([arn, gone]) => {
    const service = arn === undefined || counted.has(arn) ? undefined : tx.table(services).get(arn);
    if (service?.status !== 'ACTIVE' || service.schedulingStrategy === 'DAEMON') return [];
    return [plannedOfService(tx, service, gone.length, 'lost', tasksLeft(tx, service, lost))];
  });
}

/** What the service has elsewhere than on the lost instances. */
const tasksLeft = (tx: ReadTransaction, service: Service, lost: ReadonlySet<string>): readonly Task[] =>
  Iterator.from(tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`))
    .filter(({ containerInstanceArn }) => !lost.has(containerInstanceArn ?? ''))
    .toArray();
