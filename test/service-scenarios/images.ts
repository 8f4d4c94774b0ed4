// What the containers of a scenario do: an image for each way to behave.
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import type { Behaviour } from '../../src/simulator/behaviour.ts';

/** server: runs; missing: cannot be pulled; crasher: ends badly after a while, quitter at once; checked and sick: health checks that pass and that fail. */
export type ScenarioImage = 'server' | 'missing' | 'crasher' | 'quitter' | 'checked' | 'sick';

const checked: readonly string[] = ['checked', 'sick'] satisfies ScenarioImage[];

/** The container definitions of a task that does this. */
export const containerOf = (image: ScenarioImage): object => ({
  name: 'app',
  image,
  cpu: 256,
  memory: 256,
  ...(checked.includes(image) && { healthCheck: { command: ['CMD', 'true'] } }),
});

/** The longest that starting, stopping, crashing, quitting and a check take, ms. */
const maxDelays = { start: 3_000, stop: 2_000, crash: 20_000, quit: 500, check: 10_000 };

/** Without the digest, to which the tasks of a deployment are pinned once an agent has told it. */
const nameOf = (image: string): string => image.split('@')[0]!;

/** What a task of that image does, or of none, which is only to be stopped; `below` draws a whole number below its argument. */
export function behaviourOfImage(image: string | undefined, below: (limit: number) => number): Behaviour {
  const within = (max: number): number => 1 + below(max);
  const delays = { startAfter: within(maxDelays.start), stopAfter: within(maxDelays.stop) };
  switch (image && (nameOf(image) as ScenarioImage)) {
    case 'missing':
      return { ...delays, failure: 'CannotPullContainerError' };
    case 'crasher':
      return { ...delays, exitAfter: within(maxDelays.crash) };
    case 'quitter':
      return { ...delays, exitAfter: within(maxDelays.quit) };
    case 'checked':
      return { ...delays, health: { status: 'HEALTHY', after: within(maxDelays.check) } };
    case 'sick':
      return { ...delays, health: { status: 'UNHEALTHY', after: within(maxDelays.check) } };
    default:
      return delays;
  }
}

/** Whether its tasks run and stay well. */
export const isGood = (image: ScenarioImage): boolean => image === 'server' || image === 'checked';

/** Whether health checks say how the task is. */
export const isChecked = (task: Task): boolean => checked.includes(nameOf(task.containers[0]!.image));
