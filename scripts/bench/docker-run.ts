// `docker run -d` of a container like a given one, in two ways: by the engine's API, and by the `docker` command.
import type Dockerode from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** A label on every container made here, by which they are found again. */
export const benchLabel = 'longshore.bench';

/** The options of a container, from the engine's inspection of one like it. */
export interface ContainerOptions {
  readonly config: Readonly<Record<string, unknown>>;
  readonly hostConfig: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly command: readonly string[];
  readonly cpuShares: number;
  readonly memory: number;
  readonly network: string;
}

/**
 * All that the container `id` was made with. Its labels keep their size but not their names, so that no agent takes
 * the copies for its own.
 */
export async function optionsOf(docker: Dockerode, id: string): Promise<ContainerOptions> {
  const { Config, HostConfig } = await docker.getContainer(id).inspect();
  const { Hostname: _, Labels, ...config } = Config;
  const labels = Object.entries(Labels).map(([name, value]) => [
    name.replace('amazonaws', 'example00'),
    value,
  ]);
  return {
    config,
    hostConfig: { ...HostConfig },
    labels: { ...(Object.fromEntries(labels) as Record<string, string>), [benchLabel]: '1' },
    image: Config.Image,
    command: Config.Cmd,
    cpuShares: HostConfig.CpuShares ?? 0,
    memory: HostConfig.Memory ?? 0,
    network: HostConfig.NetworkMode ?? 'default',
  };
}

/** One way to run a container; resolves with its id when the engine says that it runs. */
export type RunContainer = (options: ContainerOptions, name: string) => Promise<string>;

/** Create and start, as one client of the engine's API with connections kept open would call them. */
export const runByApi =
  (docker: Dockerode): RunContainer =>
  async ({ config, hostConfig, labels }, name) => {
    // Without these two names the library sends all of it twice: in the URL and in the body.
    const parts = { _query: { name }, _body: { ...config, Labels: labels, HostConfig: hostConfig } };
    const container = await docker.createContainer(parts as ContainerCreateOptions);
    await container.start();
    return runningId(docker, container.id);
  };

/** The command line, its process included. */
export const runByCommand =
  (docker: Dockerode, host: string): RunContainer =>
  async (options, name) => {
    const { stdout } = await promisify(execFile)('docker', ['--host', host, ...commandLine(options, name)]);
    return runningId(docker, stdout.trim());
  };

/** The arguments of `docker` that run such a container. */
function commandLine(options: ContainerOptions, name: string): readonly string[] {
  const labels = Object.entries(options.labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]);
  return [
    'run',
    '--detach',
    `--name=${name}`,
    `--cpu-shares=${options.cpuShares}`,
    `--memory=${options.memory}`,
    `--network=${options.network}`,
    ...labels,
    options.image,
    ...options.command,
  ];
}

/** Whether there is a `docker` command on this machine. */
export function hasDockerCommand(): boolean {
  try {
    execFileSync('docker', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function runningId(docker: Dockerode, id: string): Promise<string> {
  const { State } = await docker.getContainer(id).inspect();
  if (!State.Running) throw new Error(`The container ${id} was started and does not run: ${State.Error}`);
  return id;
}

/** Removes the container, whatever it does. */
export const removeContainer = (docker: Dockerode, id: string): Promise<void> =>
  docker.getContainer(id).remove({ force: true, v: true });

/** Removes every container with a label (`name` or `name=value`). */
export async function removeLabelled(docker: Dockerode, label: string): Promise<void> {
  const found = await docker.listContainers({ all: true, filters: { label: [label] } });
  await Promise.all(found.map(({ Id }) => removeContainer(docker, Id)));
}
