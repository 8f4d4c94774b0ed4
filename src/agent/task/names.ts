// Names in the engine of what belongs to a task. The 20 hex digits make them unique; people read the rest.
import { hexId } from '../../lib/ids.ts';
import type { Random } from '../../lib/random.ts';
import type { PayloadTask } from '../../agent-protocol/messages.ts';

const stripped = (name: string): string => name.replace(/[^A-Za-z0-9-]/g, '');

const named = (task: PayloadTask, name: string, random: Random): string =>
  `ecs-${task.family}-${task.version}-${name}-${hexId(random, 20)}`;

/** `ecs-<family>-<version>-<container, letters, digits and dashes only>-<20 hex digits>`. */
export const containerRuntimeName = (task: PayloadTask, container: string, random: Random): string =>
  named(task, stripped(container), random);

/** `ecs-<family>-<version>-<volume>-<20 hex digits>`. */
export const volumeRuntimeName = (task: PayloadTask, volume: string, random: Random): string =>
  named(task, volume, random);
