// Which tasks on lost hosts are abandoned: as many as others stand in for. Where no host has room for a replacement, the old task
// may still run, and stays wanted. So a network that is parted never costs a service tasks that nothing replaced. Pure.
import { computedDesiredCount } from '../../state/service/task-set/task-set.ts';
import { isProvisioning, type Task } from '../../state/task/task.ts';
import { standingFleets } from './staged/staged-deployment.ts';
import type { ServiceView } from './view/service-view.ts';

/** What a step has done: tasks that it started, and ARNs of those that it stopped. */
export interface StepOutcome {
  readonly started: readonly Task[];
  readonly stopped: ReadonlySet<string>;
}

/** The oldest first: those of older deployments. */
export function tasksToAbandon(view: ServiceView, outcome: StepOutcome): readonly Task[] {
  if (view.lost.length === 0) return [];
  const standing = standingTasks(view, outcome);
  return fleetsOf(view).flatMap(({ lost, has, count }) => {
    const missing = Math.max(0, count - standing.filter(has).length);
    return lost.toSorted((a, b) => a.createdAt - b.createdAt).slice(0, Math.max(0, lost.length - missing));
  });
}

/** The ids of the deployments or task sets of the tasks that are there; one that waits for capacity stands in for nothing yet. */
const standingTasks = ({ tasks }: ServiceView, { started, stopped }: StepOutcome): readonly string[] => [
  ...tasks
    .filter(({ arn, instance }) => instance !== '' && !stopped.has(arn))
    .map((task) => task.deploymentId),
  ...started.filter((task) => !isProvisioning(task)).map(({ deploymentId = '' }) => deploymentId),
];

interface Fleet {
  readonly lost: readonly Task[];
  /** Whether tasks of the deployment or task set stand in for the lost ones. */
  readonly has: (deploymentId: string) => boolean;
  /** How many there are to be. */
  readonly count: number;
}

/** All tasks together; while a deployment goes stage by stage, each of its fleets by itself: one does not stand in for the other. */
function fleetsOf(view: ServiceView): readonly Fleet[] {
  const { service, staged, lost } = view;
  if (!staged) return [{ lost, has: () => true, count: wantedCount(view) }];
  const standing = standingFleets(staged);
  return [...Map.groupBy(lost, ({ deploymentId = '' }) => deploymentId)].map(([id, fleet]) => ({
    lost: fleet,
    has: (deploymentId) => deploymentId === id,
    count: standing.includes(id) ? service.desiredCount : 0,
  }));
}

function wantedCount({ service, taskSets }: ServiceView): number {
  const { status, desiredCount, deploymentController } = service;
  if (status !== 'ACTIVE') return 0;
  if (deploymentController === 'ECS') return desiredCount;
  return taskSets.reduce((sum, { scale }) => sum + computedDesiredCount(scale, desiredCount), 0);
}
