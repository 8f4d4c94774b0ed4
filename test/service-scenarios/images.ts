// What the containers of a scenario do: an image for each way to behave.
import type { Task } from '../../src/aws/ecs/state/task/task.ts';

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

/** Whether its tasks run and stay well. */
export const isGood = (image: ScenarioImage): boolean => image === 'server' || image === 'checked';

/** Whether health checks say how the task is. */
export const isChecked = (task: Task): boolean => checked.includes(task.containers[0]!.image);
