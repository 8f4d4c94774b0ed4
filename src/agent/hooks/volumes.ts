// What a container mounts, and the engine's volumes that a task brings into being and takes with it.
import type { PayloadVolume } from '../../agent-protocol/messages.ts';
import { ContainerFailure, messageOf } from '../engine/container-failure.ts';
import { mayBeAway } from '../engine/engine-contact.ts';
import { containerOf, type KnownTask } from '../task/known-task.ts';
import type { Runtime, VolumeSpec } from '../engine/runtime.ts';
import { withHostConfig, type Hook } from './hook.ts';

const suffix = (readOnly: boolean | undefined): string => (readOnly === true ? ':ro' : '');

/** Mount points become binds of a directory or a volume; volumesFrom names the other container. */
export const volumesHook: Hook = (draft, { container, known }) => {
  const binds = container.mountPoints?.map(
    ({ sourceVolume, containerPath, readOnly }) =>
      `${mountSource(known, sourceVolume)}:${containerPath}${suffix(readOnly)}`,
  );
  const from = container.volumesFrom?.map(
    ({ sourceContainer, readOnly }) =>
      `${containerOf(known, sourceContainer).runtimeName}${suffix(readOnly)}`,
  );
  return withHostConfig(draft, {
    ...(binds?.length && { Binds: binds }),
    ...(from?.length && { VolumesFrom: from }),
  });
};

function mountSource(known: KnownTask, name: string): string {
  const path = known.task.volumes?.find((volume) => volume.name === name)?.host?.sourcePath;
  const source = path || known.volumes[name];
  if (source === undefined) throw new ContainerFailure('HostConfigError', `Unknown volume '${name}'`);
  return source;
}

const isShared = (volume: PayloadVolume): boolean => volume.dockerVolumeConfiguration?.scope === 'shared';

/** Makes every volume of the task that it may make; safe to repeat. Throws a ContainerFailure. */
export async function createVolumes(runtime: Runtime, known: KnownTask): Promise<void> {
  const volumes = (known.task.volumes ?? []).filter(({ name }) => known.volumes[name] !== undefined);
  await Promise.all(volumes.map((volume) => createVolume(runtime, known, volume)));
}

async function createVolume(runtime: Runtime, known: KnownTask, volume: PayloadVolume): Promise<void> {
  const spec = volumeSpec(known, volume);
  try {
    if (isShared(volume)) {
      if (await runtime.volumeExists(spec.name)) return;
      if (volume.dockerVolumeConfiguration?.autoprovision !== true) {
        throw new Error(`no such volume: ${spec.name}`);
      }
    }
    await runtime.createVolume(spec);
  } catch (error) {
    if (mayBeAway(error)) throw error;
    throw new ContainerFailure('CannotCreateVolumeError', messageOf(error));
  }
}

function volumeSpec(known: KnownTask, volume: PayloadVolume): VolumeSpec {
  const docker = volume.dockerVolumeConfiguration;
  return {
    name: known.volumes[volume.name] ?? volume.name,
    driver: docker?.driver ?? 'local',
    ...(docker?.driverOpts && { driverOpts: docker.driverOpts }),
    ...(docker?.labels && { labels: docker.labels }),
  };
}

/** The engine's volumes that go when the task is cleaned up: all but the shared ones. */
export const ownVolumes = (known: KnownTask): readonly string[] =>
  (known.task.volumes ?? [])
    .filter((volume) => !isShared(volume))
    .flatMap(({ name }) => known.volumes[name] ?? []);
