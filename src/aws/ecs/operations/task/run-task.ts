// RunTask: places up to ten tasks and answers at once; what cannot be placed is explained in failures[].
import { planLaunch, sharesByStrategy, type LaunchShare } from '../../scheduler/capacity/plan-launch.ts';
import { detailOf } from '../../scheduler/placement/detail.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { taskRequirements } from '../../scheduler/placement/task-requirements.ts';
import { unplacedAttempt } from '../../scheduler/placement/unplaced-attempt.ts';
import { capacityProviderArn } from '../../state/arn.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import { taskSession } from '../../state/instance/task-session.ts';
import { launchTasks } from '../../state/launch/launch-tasks.ts';
import { recordAttempt } from '../../state/placement-attempt/record-attempt.ts';
import { homeIn } from '../../state/task/placed-instance.ts';
import type { Task } from '../../state/task/task.ts';
import type { Failure } from '../../shapes.generated.ts';
import type { EcsOperation } from '../../ecs.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { presentTask } from '../../present/task.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { refuseCompute, refuseIncompatible, refusePlatformVersion, strategyOfRun } from './compute.ts';
import { tasksOfToken } from './idempotency.ts';
import { taskRequest } from './request.ts';
import { refuseUnsupportedRun } from './unsupported.ts';

export const runTask: EcsOperation<'RunTask'> = (ecs, input, call) => {
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
    const requirements = taskRequirements(definition, request);
    const allocations = strategy
      ? sharesByStrategy(tx, cluster, strategy, count)
      : [{ instances: ecs.fleets.fleet(tx, cluster.arn), count, grows: false }];
    const plan = planLaunch(tx, cluster.arn, requirements, allocations, ecs.random);
    const empty = allocations.filter(isEmpty);
    if (empty.length === allocations.length)
      throw invalidParameter(
        `No Container Instances were found in your ${strategy ? 'capacity provider' : 'cluster'}.`,
      );
    if (plan.overLimit > 0) throw clientException('Tasks provisioning capacity limit exceeded.');
    const launch = { home: homeIn(cluster), definition, request, now: call.now };
    const launched = launchTasks(tx, ecs.random, launch, plan);
    if (plan.verdicts.length > 0) {
      const outcome = { by: 'RunTask', wanted: count, strategy, launched, verdicts: plan.verdicts } as const;
      recordAttempt(tx, ecs.random, unplacedAttempt(tx, launch, outcome));
    }
    return {
      tasks: launched.map(shown),
      failures: [
        ...plan.verdicts.map(presentVerdict),
        ...empty.map((allocation) => presentEmpty(cluster, allocation)),
      ],
    };
  });
};

/** There is no instance to place on, and there will be none. */
const isEmpty = ({ instances, grows }: LaunchShare): boolean =>
  !grows && ('usages' in instances ? instances.usages : instances).length === 0;

/** ECS's reason for clients, Longshore's numbers for people. */
export const presentVerdict = (verdict: Verdict): Failure => ({
  arn: verdict.instance.arn,
  reason: verdict.reason,
  detail: detailOf(verdict),
});

/** A provider that there is no instance of to be told about. */
const presentEmpty = (cluster: Cluster, { capacityProviderName: name = '' }: LaunchShare): Failure => ({
  arn: capacityProviderArn(cluster, name),
  reason: 'EMPTY CAPACITY PROVIDER',
  detail: `the capacity provider ${name} has no ACTIVE container instances in the cluster`,
});
