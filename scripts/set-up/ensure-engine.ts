// A Docker engine to run on: one that answers, else one of our own, for which Debian's package is installed where it is missing.
import { accessSync, constants, existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { askEngine, engineHost, findEngine, type Engine } from '../../src/cli/engine/engine.ts';
import { hasDockerd, startPrivateEngine } from '../../src/cli/engine/private-engine.ts';
import { aptGet, canInstall } from './apt.ts';
import { say } from './progress.mjs';
import { defaultDockerHost } from '../../src/agent/config/docker-host.ts';

export interface EnsuredEngine extends Engine {
  /** Whether this call started it. */
  readonly started: boolean;
  /** Whether it is Longshore's own, from now or from an earlier start. */
  readonly own: boolean;
}

/** `directory` is where an engine of our own would live. Throws an Error with one sentence on what is missing. */
export async function ensureEngine(dataDirectory: string, directory: string): Promise<EnsuredEngine> {
  const found = (await findEngine(process.env, dataDirectory)) ?? (await installedEngine());
  if (found) {
    const own = found.host === engineHost(directory);
    say('engine', own ? ownText(found, directory) : `Docker ${found.version} at ${found.host}`);
    return { ...found, started: false, own };
  }
  const engine = await startPrivateEngine(directory);
  say('engine', ownText(engine, directory));
  return { ...engine, started: true, own: true };
}

const ownText = ({ version }: Engine, directory: string): string =>
  `Docker ${version}, an engine of Longshore's own in ${directory}`;

/** Sees to it that an engine can be started; answers the one that its installation started, if it did. */
async function installedEngine(): Promise<Engine | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error(whatIsMissing());
  if (hasDockerd()) return undefined;
  if (!canInstall())
    throw new Error('No Docker engine answers and none is installed: install Docker, or set DOCKER_HOST.');
  say('engine', 'none answers: installing docker.io with apt-get');
  aptGet([
    'install',
    '-y',
    '--no-install-recommends',
    'docker.io',
    'iptables',
    'iproute2',
    'ca-certificates',
  ]);
  // Where services are started on installation, this one is on its way up.
  const timeout = existsSync('/run/systemd/system') ? 30_000 : 2_000;
  for (let waited = 0; waited < timeout; waited += 200) {
    const engine = await askEngine(defaultDockerHost);
    if (engine) return engine;
    await delay(200);
  }
  return undefined;
}

function whatIsMissing(): string {
  const socket = new URL(defaultDockerHost).pathname;
  if (existsSync(socket) && !mayWrite(socket)) {
    return `You may not use the Docker engine at ${socket}: join the group "docker", or set DOCKER_HOST.`;
  }
  return process.platform === 'linux'
    ? 'No Docker engine answers: start one, set DOCKER_HOST, or run this as root to have one set up.'
    : 'No Docker engine answers: start Docker Desktop, or set DOCKER_HOST.';
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
