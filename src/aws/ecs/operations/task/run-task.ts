// RunTask: places up to ten tasks and answers at once; what cannot be placed is explained in failures[].
import type { RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs';
import type { CapacityProvider } from '../../state/capacity/capacity-provider.ts';
import type { Task } from '../../state/task/task.ts';
import { detailOf } from '../../scheduler/placement/detail.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { place } from '../../scheduler/placement/place.ts';
import { taskAsk } from '../../scheduler/placement/task-ask.ts';
import { taskSession } from '../../state/instance/task-session.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Ecs, EcsOperation, Input } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTask } from '../../present/task.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { refuseCompute, refuseIncompatible, refusePlatformVersion, strategyOfRun } from './compute.ts';
import { tasksOfToken } from './idempotency.ts';
import { newTask } from '../../state/task/new-task.ts';
import { placeByStrategy, type Placed, type Run } from './place-by-strategy.ts';
import { recordUnplaced } from './record-unplaced.ts';
import { taskRequest } from './request.ts';
import { refuseUnsupportedRun } from './unsupported.ts';

export const runTask: EcsOperation<RunTaskRequest, RunTaskResponse> = (ecs, input, call) => {
  const count = input.count ?? 1;
  if (count < 1 || count > 10) throw invalidParameter('count should be between 1 and 10.');
  refuseCompute(input);
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const shown = (task: Task) => presentTask(task, taskSession(tx, task), true);
    const earlier = tasksOfToken(tx, cluster, input);
    if (earlier)
      return {
        tasks: earlier.map(shown),
        failures: [],
      };
    const definition = runnableTaskDefinition(tx, call, input.taskDefinition ?? '');
    const strategy = strategyOfRun(tx, cluster, input);
    refuseUnsupportedRun(input, strategy, definition);
    refusePlatformVersion(input.platformVersion);
    refuseIncompatible(definition, input.launchType ?? 'EC2');
    const request = taskRequest(input, definition, cluster);
    const run = { cluster, definition, request, count, call };
    const { created, verdicts, empty } = strategy
      ? placeByStrategy(ecs, tx, run, strategy)
      : placeTasks(ecs, tx, run);
    const placed = created.filter((task) => task.containerInstanceArn !== undefined).length;
    recordUnplaced(ecs, tx, {
      ...run,
      strategy,
      by: 'RunTask',
      verdicts,
      wanted: count,
      placed,
      now: call.now,
    });
    return {
      tasks: created.map(shown),
      failures: [...verdicts.map(presentVerdict), ...empty.map(presentEmpty)],
    };
  });
};

function placeTasks(ecs: Ecs, tx: WriteTransaction, run: Run): Placed {
  const fleet = ecs.fleets.fleet(tx, run.cluster.arn);
  if (fleet.loads.length === 0) throw invalidParameter('No Container Instances were found in your cluster.');
  const ask = taskAsk(run.definition, run.request);
  const { placed, verdicts } = place(ask, fleet, run.count, ecs.random);
  const table = tx.table(tasks);
  const created = placed.map((instance) =>
    table.put(newTask(ecs.random, run.definition, instance, run.request, run.call.now)),
  );
  return { created, verdicts, empty: [] };
}

/** ECS's reason for clients, Longshore's numbers for people. */
export const presentVerdict = (verdict: Verdict): Input<{ arn: string; reason: string; detail: string }> => ({
  arn: verdict.instance.arn,
  reason: verdict.reason,
  detail: detailOf(verdict),
});

/** A provider that there is no instance of to be told about. */
const presentEmpty = ({
  arn,
  name,
}: CapacityProvider): Input<{ arn: string; reason: string; detail: string }> => ({
  arn,
  reason: 'EMPTY CAPACITY PROVIDER',
  detail: `the capacity provider ${name} has no ACTIVE container instances in the cluster`,
});
