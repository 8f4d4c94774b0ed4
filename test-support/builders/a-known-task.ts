// What an agent knows of a task, for tests of its pure deciders.
import type { KnownContainer, KnownTask } from '../../src/agent/task/known-task.ts';
import { newTask } from '../../src/agent/lifecycle/new-task.ts';
import type { PayloadTask } from '../../src/agent-protocol/messages.ts';
import { seededRandom } from '../../src/lib/random.ts';
import { aPayloadTask } from './a-payload-task.ts';

/** `task` as received and admitted, with `containers` laid over what is known of each by name. */
export function aKnownTask(
  task: Partial<PayloadTask> = {},
  containers: Readonly<Record<string, Partial<KnownContainer>>> = {},
  overrides: Partial<KnownTask> = {},
): KnownTask {
  const known = newTask(aPayloadTask(task), 0, seededRandom(1));
  const laid = Object.entries(known.containers).map(([name, container]): [string, KnownContainer] => [
    name,
    { ...container, ...containers[name] },
  ]);
  return { ...known, admitted: true, containers: Object.fromEntries(laid), ...overrides };
}
