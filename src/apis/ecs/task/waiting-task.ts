// The record of a task that waits for capacity.
import type { Random } from '../../../lib/random.ts';
import { unplacedTask, type NewTaskRequest, type TaskPlace } from '../../../model/new-task.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import type { Task } from '../../../model/task.ts';
import { taskAsk, type AskedTask } from '../../../placement/task-ask.ts';
import { rulesOf } from '../../../placement/waiting-task.ts';

/** A task as RunTask and StartTask ask for it. */
export type TaskRequest = AskedTask & NewTaskRequest;

/** PROVISIONING; it remembers the rules that it is to be placed by. */
export const waitingTask = (
  random: Random,
  definition: TaskDefinition,
  place: TaskPlace,
  request: TaskRequest,
  now: number,
): Omit<Task, 'version'> => ({
  ...unplacedTask(random, definition, place, request, now),
  waitsFor: rulesOf(taskAsk(definition, request)),
});
