// Containers on a Docker engine. Repeating a call is safe: what the engine says is so already counts as done.
import type Dockerode from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { taskArnLabel } from './label-names.ts';
import { callEngine } from './docker-error.ts';
import { followEvents } from './docker-events.ts';
import { connectDocker } from './docker-host.ts';
import { digestOf } from './docker-image-name.ts';
import { lastLogLines } from './docker-logs.ts';
import { pullImage } from './docker-pull.ts';
import { containerState, containerStatus } from './docker-state.ts';
import {
  RuntimeError,
  type ContainerSpec,
  type ListedContainer,
  type Runtime,
  type VolumeSpec,
} from './runtime.ts';

export interface DockerRuntimeOptions {
  /** As in DOCKER_HOST: `unix:///path` or `tcp://name:port`. */
  readonly host: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const notModified = 304;
const notFound = 404;
const conflict = 409;

/** The runtime over the engine at `host`; throws when `host` cannot be read, does not connect yet. */
export function dockerRuntime({ host, clock, random, log }: DockerRuntimeOptions): Runtime {
  const docker = connectDocker(host);
  return {
    info: () => engineInfo(docker),
    pull: async (image, onProgress) => {
      await callEngine(pullImage(docker, image, onProgress));
      return { digest: (await inspectImage(docker, image))?.digest };
    },
    inspectImage: (image) => inspectImage(docker, image),
    create: (spec) => createContainer(docker, spec),
    start: async (id) => void (await callEngine(docker.getContainer(id).start(), [notModified])),
    stop: async (id, timeout) =>
      void (await callEngine(docker.getContainer(id).stop({ t: timeout }), [notModified, notFound])),
    remove: (id) => removeContainer(docker, id),
    inspect: async (idOrName) => {
      const found = await callEngine(docker.getContainer(idOrName).inspect(), [notFound]);
      return found && containerState(found);
    },
    list: () => listContainers(docker),
    lastLogLines: (id, count) => lastLogLines(docker, id, count),
    createVolume: (volume) => createVolume(docker, volume),
    volumeExists: async (name) =>
      (await callEngine(docker.getVolume(name).inspect(), [notFound])) !== undefined,
    removeVolume: async (name) => void (await callEngine(docker.getVolume(name).remove(), [notFound])),
    events: (...listeners) => followEvents({ docker, clock, random, log }, ...listeners),
  };
}

async function engineInfo(docker: Dockerode): ReturnType<Runtime['info']> {
  const info = (await callEngine(docker.info())) as {
    ServerVersion: string;
    Name?: string;
    NCPU: number;
    MemTotal: number;
    Architecture: string;
    Plugins: { Log?: string[] | null };
    CgroupDriver?: string;
    CgroupVersion?: string;
  };
  return {
    version: info.ServerVersion,
    hostName: info.Name,
    cpus: info.NCPU,
    memoryMiB: Math.floor(info.MemTotal / 2 ** 20),
    architecture: info.Architecture,
    loggingDrivers: info.Plugins.Log ?? [],
    cgroupDriver: info.CgroupDriver,
    cgroupVersion: info.CgroupVersion,
  };
}

async function inspectImage(docker: Dockerode, image: string): ReturnType<Runtime['inspectImage']> {
  const found = await callEngine(docker.getImage(image).inspect(), [notFound]);
  return (
    found && {
      id: found.Id,
      digest: digestOf(image, found.RepoDigests ?? []),
      variables: namesIn(found.Config?.Env ?? []),
    }
  );
}

/** Of a list of `NAME=value`. */
const namesIn = (environment: readonly string[]): readonly string[] =>
  environment.map((variable) => variable.split('=', 1)[0]!);

async function createContainer(docker: Dockerode, spec: ContainerSpec): Promise<{ id: string }> {
  // Without these two names the library sends everything in the URL too, where a log would keep the environment's secrets.
  const parts = {
    _query: { name: spec.name },
    _body: { ...spec.config, Image: spec.image, HostConfig: spec.hostConfig },
  };
  const created = await callEngine(docker.createContainer(parts as ContainerCreateOptions), [conflict]);
  if (created !== undefined) return { id: created.id };
  // The name is taken: by this very call, made before a crash took its answer away.
  const existing = await callEngine(docker.getContainer(spec.name).inspect());
  return { id: existing.Id };
}

async function listContainers(docker: Dockerode): Promise<readonly ListedContainer[]> {
  const found = await callEngine(docker.listContainers({ all: true, filters: { label: [taskArnLabel] } }));
  return found.map(({ Id, Labels, State }) => ({
    id: Id,
    labels: Labels,
    isRunning: containerStatus(State) === 'running',
  }));
}

/** With its anonymous volumes; 409 says that an earlier removal is under way or that the container still runs. */
async function removeContainer(docker: Dockerode, id: string): Promise<void> {
  try {
    await callEngine(docker.getContainer(id).remove({ v: true }), [notFound]);
  } catch (error) {
    if (
      !(error instanceof RuntimeError) ||
      !/removal of container .* is already in progress/.test(error.message)
    ) {
      throw error;
    }
  }
}

async function createVolume(docker: Dockerode, volume: VolumeSpec): Promise<void> {
  await callEngine(
    docker.createVolume({
      Name: volume.name,
      ...(volume.driver !== undefined && { Driver: volume.driver }),
      ...(volume.driverOpts && { DriverOpts: { ...volume.driverOpts } }),
      ...(volume.labels && { Labels: { ...volume.labels } }),
    }),
  );
}
