// PlanPlacement: where tasks would go, with some instances lost or services resized. It works on a copy and changes nothing.
import { seededRandom } from '../../lib/random.ts';
import { namedInstance } from '../../aws/ecs/state/instance/instance-title.ts';
import type { InstanceUsage } from '../../aws/ecs/state/instance/instance-usage.ts';
import type { Task } from '../../aws/ecs/state/task/task.ts';
import { placeInOrder, withoutTask } from '../../aws/ecs/scheduler/placement/plan.ts';
import { clusterUsages } from '../cluster-usage.ts';
import type { PlanPlacementOutput } from '../contract.ts';
import { invalidParameter } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { excludedInstances } from '../plan/excluded-instances.ts';
import { plannedRun } from '../plan/planned-run.ts';
import { serviceChanges } from '../plan/service-changes.ts';
import { presentRun } from '../present/planned-run.ts';
import { clusterOf } from '../resolve.ts';

const maxEntries = 50;
const maxTasks = 5000;
const maxNamed = 50;

export const planPlacement: LongshoreOperation<'PlanPlacement'> = (
  { store, healthyAfter, router },
  input,
  call,
) => {
  const { runs = [], without = [], services = [] } = input;
  for (const [name, list] of Object.entries({ runs, without, services })) {
    if (list.length > maxEntries)
      throw invalidParameter(`${name} can have a maximum of ${maxEntries} entries.`);
  }
  return store.view((tx) => {
    const cluster = clusterOf(tx, call, input.cluster);
    const all = clusterUsages(tx, cluster);
    const lost = excludedInstances(tx, cluster, all, without);
    const context = { now: call.now, healthyAfter, router, without: lost };
    const { stopped, started, standalone } = serviceChanges(tx, cluster, services, context);
    const work = [...started, ...runs.map((run) => plannedRun(tx, call, cluster, run))];
    if (work.reduce((total, { count }) => total + count, 0) > maxTasks)
      throw invalidParameter(`A plan can place a maximum of ${maxTasks} tasks.`);
    const usable = all.filter(({ instance }) => instance.status === 'ACTIVE' && !lost.has(instance.arn));
    // The same question has the same answer: ties are not left to chance.
    const parts = work.flatMap((one) => one.parts);
    const placements = placeInOrder(withoutTasks(usable, stopped), parts, seededRandom(1));
    const outcomes = new Map(parts.map((part, at) => [part, placements[at]!]));
    return {
      clusterArn: cluster.arn,
      instances: usable.length,
      lost: {
        instances: all.flatMap(({ instance }) => (lost.has(instance.arn) ? namedInstance(instance) : [])),
        standaloneTasks: standalone.slice(0, maxNamed).map(({ arn }) => arn),
        standaloneTaskCount: standalone.length,
      },
      stopped: countStopped(stopped),
      runs: work.map((one) => presentRun(tx, one, outcomes)),
    };
  });
};

function withoutTasks(usages: readonly InstanceUsage[], gone: readonly Task[]): readonly InstanceUsage[] {
  const byInstance = Map.groupBy(gone, ({ containerInstanceArn }) => containerInstanceArn);
  return usages.map((usage) => (byInstance.get(usage.instance.arn) ?? []).reduce(withoutTask, usage));
}

const countStopped = (stopped: readonly Task[]): PlanPlacementOutput['stopped'] =>
  [...Map.groupBy(stopped, ({ serviceArn }) => serviceArn ?? '')].map(([serviceArn, of]) => ({
    serviceArn,
    count: of.length,
    taskArns: of.slice(0, maxNamed).map(({ arn }) => arn),
  }));
