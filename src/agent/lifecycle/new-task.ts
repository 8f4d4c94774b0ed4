// The first that is known of a task, with every name it will use already chosen.
import type { PayloadTask, PayloadVolume } from '../../agent-protocol/messages.ts';
import type { Random } from '../../lib/random.ts';
import { hasLimits } from '../hooks/task-limits.ts';
import type { KnownContainer, KnownTask } from '../task/known-task.ts';
import { containerRuntimeName, volumeRuntimeName } from '../task/names.ts';

/** `task` as just received; `order` is its place in the queue for resources. */
export function newTask(task: PayloadTask, order: number, random: Random): KnownTask {
  const containers = task.containers.map(({ name }): [string, KnownContainer] => [
    name,
    { stage: 'NONE', runtimeName: containerRuntimeName(task, name, random), ports: [], reported: 'NONE' },
  ]);
  const volumes = (task.volumes ?? []).flatMap((volume): [string, string][] => {
    const name = volumeName(task, volume, random);
    return name === undefined ? [] : [[volume.name, name]];
  });
  return {
    task,
    order,
    desiredStatus: task.desiredStatus,
    admitted: false,
    volumes: Object.fromEntries(volumes),
    prepared: volumes.length === 0 && !hasLimits(task),
    containers: Object.fromEntries(containers),
    reported: 'NONE',
  };
}

/** Docker's name of a volume; a directory of the host has none, and a shared volume keeps its own. */
function volumeName(task: PayloadTask, volume: PayloadVolume, random: Random): string | undefined {
  if (volume.type === 'docker') {
    return volume.dockerVolumeConfiguration?.scope === 'shared'
      ? volume.name
      : volumeRuntimeName(task, volume.name, random);
  }
  return volume.host?.sourcePath ? undefined : volumeRuntimeName(task, volume.name, random);
}
