// Gives up tasks on lost hosts, as far as others stand in for them: where no host has room for a replacement, the old task
// may still run, and stays wanted. So a network that is parted never costs a service tasks that nothing replaced.
import type { Service } from '../../state/service/service.ts';
import { askToStop } from '../../state/task/task-lifecycle.ts';
import { isWaiting, type Task } from '../../state/task/task.ts';
import { computedDesiredCount } from '../../state/service/task-set/task-set.ts';
import { lostSince } from '../../state/instance/lost-instance.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { agentSilences } from '../../state/instance/agent-silences.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import { tellOfTasks, type ServiceContext } from './context.ts';
import { gaveUp, silence } from './messages.ts';
import { tasksAStep } from '../../scheduler/service/plan.ts';
import { stagedDeployment, standingFleets } from '../../scheduler/service/staged/staged-deployment.ts';
import { isOnLostHost } from '../../scheduler/service/task-view.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** To be called once the service's scheduler has started what it could. Answers whether more is to be given up at once. */
export function giveUpLost(tx: WriteTransaction, service: Service, context: ServiceContext): boolean {
  if (service.schedulingStrategy !== 'REPLICA' || tx.table(agentSilences).size === 0) return false;
  const wanted = [...tx.table(tasks).by('serviceDesired', `${service.arn}/RUNNING`)].filter(
    ({ lastStatus }) => lastStatus !== 'STOPPED',
  );
  const lostTasks = new Set(wanted.filter((task) => isOnLostHost(tx, service, task)));
  if (lostTasks.size === 0) return false;
  const isLost = (task: Task): boolean => lostTasks.has(task);
  const given = fleetsOf(tx, service, wanted).flatMap(({ tasks: fleet, count }) => {
    const lost = fleet.filter(isLost);
    // One that waits for capacity stands in for nothing yet.
    const standing = fleet.filter((task) => !isLost(task) && !isWaiting(task)).length;
    const missing = Math.max(0, count - standing);
    // Those of older deployments first.
    return lost.toSorted((a, b) => a.createdAt - b.createdAt).slice(0, Math.max(0, lost.length - missing));
  });
  const share = given.slice(0, tasksAStep);
  const byInstance = Map.groupBy(share, ({ containerInstanceArn = '' }) => containerInstanceArn);
  for (const [instance, of] of byInstance) giveUp(tx, service, instance, of, context);
  return share.length < given.length;
}

interface Fleet {
  readonly tasks: readonly Task[];
  /** How many there are to be. */
  readonly count: number;
}

/** All tasks together; while a deployment goes stage by stage, each of its fleets by itself: one does not stand in for the other. */
function fleetsOf(tx: ReadTransaction, service: Service, wanted: readonly Task[]): readonly Fleet[] {
  const staged = stagedDeployment(tx, service);
  if (!staged) return [{ tasks: wanted, count: wantedCount(tx, service) }];
  const standing = standingFleets(staged);
  return [...Map.groupBy(wanted, ({ deploymentId = '' }) => deploymentId)].map(([id, fleet]) => ({
    tasks: fleet,
    count: standing.includes(id) ? service.desiredCount : 0,
  }));
}

function wantedCount(tx: ReadTransaction, { arn, status, desiredCount, ...service }: Service): number {
  if (status !== 'ACTIVE') return 0;
  if (service.deploymentController === 'ECS') return desiredCount;
  const sets = [...tx.table(taskSets).by('service', arn)];
  return sets.reduce((sum, { scale }) => sum + computedDesiredCount(scale, desiredCount), 0);
}

function giveUp(
  tx: WriteTransaction,
  service: Service,
  instanceArn: string,
  given: readonly Task[],
  context: ServiceContext,
): void {
  const { now } = context;
  const instance = lastPart(instanceArn);
  const lasted = silence(now - (lostSince(tx, instanceArn)?.since ?? now));
  const table = tx.table(tasks);
  const reason = `Container instance ${instance} has been silent for ${lasted}`;
  for (const task of given)
    table.put({ ...askToStop(task, 'ServiceSchedulerInitiated', reason, now), givenUpAt: now });
  const ids = given.map(({ id }) => id);
  tellOfTasks(tx, context, service, ids, (few) => gaveUp(service.name, instance, lasted, few));
}
