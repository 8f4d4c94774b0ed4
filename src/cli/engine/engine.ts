// Finding a Docker engine to run tasks on: the one that DOCKER_HOST names, else the machine's, else Longshore's own.
import { createHash } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { connectDocker } from '../../agent/engine/docker-host.ts';
import { defaultDockerHost } from '../../agent/config/docker-host.ts';

export interface Engine {
  /** As in DOCKER_HOST. */
  readonly host: string;
  readonly version: string;
}

/** Where Longshore's own engine lives under a data directory. */
export const engineDirectory = (dataDirectory: string): string => join(dataDirectory, 'engine');

/** Where the engine in `directory` keeps its sockets: inside, unless that is longer than a socket's path may be. */
export function engineRunDirectory(directory: string): string {
  const inside = join(directory, 'run');
  if (inside.length <= 60) return inside;
  return `/run/longshore-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
}

/** The socket of the engine in `directory`, as in DOCKER_HOST. */
export const engineHost = (directory: string): string =>
  `unix://${join(engineRunDirectory(directory), 'docker.sock')}`;

/**
 * The first engine that answers, or undefined. A DOCKER_HOST that is set is the only place looked at:
 * when nothing answers there, this throws an Error that says so.
 */
export async function findEngine(env: NodeJS.ProcessEnv, dataDirectory: string): Promise<Engine | undefined> {
  if (env['DOCKER_HOST']) {
    const engine = await askEngine(env['DOCKER_HOST']);
    if (engine) return engine;
    refuseForbidden(env['DOCKER_HOST']);
    throw new Error(
      `No Docker engine answers at DOCKER_HOST ${env['DOCKER_HOST']}. Start it, or unset DOCKER_HOST to look for this machine's.`,
    );
  }
  const places = [
    defaultDockerHost,
    `unix://${join(homedir(), '.docker/run/docker.sock')}`,
    engineHost(engineDirectory(dataDirectory)),
  ];
  for (const host of places) {
    const engine = await askEngine(host);
    if (engine) return engine;
  }
  for (const host of places) refuseForbidden(host);
  return undefined;
}

/** Throws an Error that says so where a socket is there and this user may not open it. */
function refuseForbidden(host: string): void {
  if (!host.startsWith('unix://')) return;
  const socket = decodeURIComponent(new URL(host).pathname);
  try {
    accessSync(socket, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') return;
    throw new Error(
      `The user ${userInfo().username} has no permission for the Docker engine's socket ${socket}. Add the user to its group ` +
        "('sudo usermod -aG docker USER', then log in again), or run this as root.",
      { cause: error },
    );
  }
}

/** The engine at `host`, or undefined when none answers there. Throws when `host` cannot be read. */
export async function askEngine(host: string): Promise<Engine | undefined> {
  const docker = connectDocker(host, 5_000);
  try {
    return { host, version: (await docker.version()).Version };
  } catch {
    return undefined;
  }
}
