// StartTask: one task on each of the named instances; the caller chose, so only what cannot be is refused.
import { planLaunch } from '../../scheduler/capacity/plan-launch.ts';
import type { Verdict } from '../../scheduler/placement/filters.ts';
import { taskRequirements } from '../../scheduler/placement/task-requirements.ts';
import { unplacedAttempt } from '../../scheduler/placement/unplaced-attempt.ts';
import { instanceUsage } from '../../state/instance/usage-of-instance.ts';
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
import { containerInstanceArnOf, instanceIn } from '../resolve/member.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { presentVerdict } from './run-task.ts';
import { taskRequest } from './request.ts';
import { refuseUnsupportedStart } from './unsupported.ts';

export const startTask: EcsOperation<'StartTask'> = (ecs, input, call) => {
  const references = input.containerInstances ?? [];
  if (references.length === 0) throw clientException('Container Instances cannot be empty.');
  if (references.length > 10) throw invalidParameter('Container Instances can have a maximum of 10 entries.');
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const shown = (task: Task) => presentTask(task, taskSession(tx, task), true);
    const definition = runnableTaskDefinition(tx, call, input.taskDefinition ?? '');
    refuseUnsupportedStart(input, definition);
    const request = taskRequest(input, definition, cluster);
    const requirements = taskRequirements(definition, request);
    const launch = { home: homeIn(cluster), definition, request, now: call.now };
    const failures: Failure[] = [];
    const verdicts: Verdict[] = [];
    const launched = references.flatMap((reference) => {
      const instance = instanceIn(tx, cluster, reference);
      if (!instance || instance.status === 'INACTIVE') {
        failures.push({
          arn: containerInstanceArnOf(cluster, reference),
          reason: instance ? 'INACTIVE' : 'MISSING',
        });
        return [];
      }
      // One after the other: an instance that is named twice has less room the second time.
      const allocation = { instances: [instanceUsage(tx, instance)], count: 1, grows: false };
      const plan = planLaunch(tx, cluster.arn, requirements, [allocation], ecs.random);
      verdicts.push(...plan.verdicts);
      failures.push(...plan.verdicts.map(presentVerdict));
      return launchTasks(tx, ecs.random, launch, plan);
    });
    if (verdicts.length > 0) {
      const outcome = { by: 'StartTask', wanted: references.length, launched, verdicts } as const;
      recordAttempt(tx, ecs.random, unplacedAttempt(tx, launch, outcome));
    }
    return {
      tasks: launched.map(shown),
      failures,
    };
  });
};
