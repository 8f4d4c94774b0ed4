// A task's volumes as the agent reads them: scratch space, a directory of the host, or a Docker volume.
import type { PayloadVolume } from '../../agent-protocol/messages.ts';
import type { Volume } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { UnsupportedPayloadError } from './unsupported-payload-error.ts';

const foreignKinds = [
  'efsVolumeConfiguration',
  's3filesVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
] as const satisfies readonly (keyof Volume)[];

/** One volume of a payload; throws an `UnsupportedPayloadError` for storage that no agent of ours can mount. */
export function payloadVolume(volume: Volume): PayloadVolume {
  const name = volume.name ?? '';
  const foreign = foreignKinds.find((kind) => volume[kind] !== undefined);
  // Sent as plain scratch space it would run, and lose the data that the volume is there to keep.
  if (foreign !== undefined) throw new UnsupportedPayloadError(`volume ${name} needs ${foreign}`);
  if (volume.dockerVolumeConfiguration !== undefined) return dockerVolume(name, volume);
  const sourcePath = volume.host?.sourcePath;
  return { name, host: sourcePath === undefined || sourcePath === '' ? {} : { sourcePath } };
}

function dockerVolume(name: string, volume: Volume): PayloadVolume {
  const docker = volume.dockerVolumeConfiguration;
  return {
    name,
    type: 'docker',
    dockerVolumeConfiguration: {
      scope: docker?.scope === 'shared' ? 'shared' : 'task',
      autoprovision: docker?.autoprovision,
      driver: docker?.driver ?? 'local',
      driverOpts: docker?.driverOpts,
      labels: docker?.labels,
    },
  };
}
