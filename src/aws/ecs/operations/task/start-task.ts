// StartTask: one task on each of the named instances; the caller chose, so only what cannot be is refused.
import type { StartTaskRequest, StartTaskResponse } from '@aws-sdk/client-ecs';
import type { Task } from '../../state/task/task.ts';
import { firstRejection, questionsOf, type Verdict } from '../../scheduler/placement/filters.ts';
import { placedInstance } from '../../scheduler/placement/place.ts';
import { taskAsk } from '../../scheduler/placement/task-ask.ts';
import { instanceLoad } from '../../state/instance/load-of-instance.ts';
import { taskSession } from '../../state/instance/task-session.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation, Input } from '../../ecs.ts';
import { clientException, invalidParameter } from '../../errors.ts';
import { presentTask } from '../../present/task.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { containerInstanceArnOf, instanceIn } from '../resolve/member.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { newTask } from '../../state/task/new-task.ts';
import { recordUnplaced } from './record-unplaced.ts';
import { taskRequest } from './request.ts';
import { refuseUnsupportedStart } from './unsupported.ts';
import { presentVerdict } from './run-task.ts';

type Failure = Input<{ arn: string; reason: string; detail?: string }>;

export const startTask: EcsOperation<StartTaskRequest, StartTaskResponse> = (ecs, input, call) => {
  const references = input.containerInstances ?? [];
  if (references.length === 0) throw clientException('Container Instances cannot be empty.');
  if (references.length > 10) throw invalidParameter('Container Instances can have a maximum of 10 entries.');
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const shown = (task: Task) => presentTask(task, taskSession(tx, task), true);
    const definition = runnableTaskDefinition(tx, call, input.taskDefinition ?? '');
    refuseUnsupportedStart(input, definition);
    const request = taskRequest(input, definition, cluster);
    const ask = taskAsk(definition, request);
    const questions = questionsOf(ask);
    const failures: Failure[] = [];
    const verdicts: Verdict[] = [];
    const started = references.flatMap((reference) => {
      const instance = instanceIn(tx, cluster, reference);
      if (!instance || instance.status === 'INACTIVE') {
        failures.push({
          arn: containerInstanceArnOf(cluster, reference),
          reason: instance ? 'INACTIVE' : 'MISSING',
        });
        return [];
      }
      const load = instanceLoad(tx, instance);
      const verdict = firstRejection(questions, load);
      if (verdict) {
        verdicts.push(verdict);
        failures.push(presentVerdict(verdict));
        return [];
      }
      return [
        tx.table(tasks).put(newTask(ecs.random, definition, placedInstance(load, ask), request, call.now)),
      ];
    });
    recordUnplaced(ecs, tx, {
      by: 'StartTask',
      cluster,
      definition,
      request,
      verdicts,
      wanted: references.length,
      placed: started.length,
      now: call.now,
    });
    return {
      tasks: started.map(shown),
      failures,
    };
  });
};
