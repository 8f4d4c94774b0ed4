// A Docker engine of Longshore's own: its own data, sockets and pid file in one directory, and a life beyond the command that starts it.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeDirectory } from '../../lib/make-directory.ts';
import { askEngine, engineHost, engineRunDirectory, type Engine } from './engine.ts';
import { bridgeName, makeBridge, removeBridge } from './engine-bridge.ts';
import { unmountLeftNamespaces, unmountUnder } from './left-namespaces.ts';

const startTimeout = 60_000;
const stopTimeout = 30_000;

/** Where the engine's programs lie; root's PATH does not always hold the sbin folders. */
const searchPath = [process.env['PATH'] ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter);

/** Whether the engine's program is on this machine. */
export function hasDockerd(): boolean {
  return searchPath.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, 'dockerd')));
}

/** Starts the engine in `directory` (root only) and waits until it answers; throws an Error with the engine's last words. */
export async function startPrivateEngine(directory: string): Promise<Engine> {
  const run = engineRunDirectory(directory);
  makeDirectory(directory, 0o711);
  makeDirectory(run, 0o711);
  // A pid file left by a crash may name a process that has nothing to do with it, and the engine would refuse to start.
  if (enginePid(directory) === undefined) rmSync(pidFile(directory), { force: true });
  const log = join(directory, 'dockerd.log');
  const output = openSync(log, 'w', 0o600);
  const child = spawn('dockerd', [...engineFlags(directory), ...networkFlags(directory)], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH: searchPath },
  });
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? code}`));
  child.unref();
  for (let waited = 0; waited < startTimeout && ended === undefined; waited += 100) {
    const engine = await askEngine(engineHost(directory));
    if (engine) return engine;
    await delay(100);
  }
  throw new Error(`The Docker engine did not start: ${ended ?? 'it does not answer'}. ${lastWords(log)}`);
}

/** Stops the engine in `directory` and its containers; nothing happens when it does not run. */
export async function stopPrivateEngine(directory: string): Promise<void> {
  const pid = enginePid(directory);
  if (pid !== undefined) process.kill(pid, 'SIGTERM');
  for (let waited = 0; enginePid(directory) !== undefined; waited += 100) {
    if (waited > stopTimeout) throw new Error(`The Docker engine (pid ${pid}) does not stop.`);
    await delay(100);
  }
  removeBridge(directory, searchPath);
}

/** Stops the engine in `directory` and deletes all it has. */
export async function deletePrivateEngine(directory: string): Promise<void> {
  await stopPrivateEngine(directory);
  for (const folder of [engineRunDirectory(directory), directory]) {
    // An engine that ended in a hurry leaves mounts behind, and what is mounted cannot be deleted.
    unmountUnder(folder, searchPath);
    rmSync(folder, { recursive: true, force: true });
  }
}

const pidFile = (directory: string): string => join(directory, 'dockerd.pid');

/** The running engine of `directory`: the process in its pid file, if that was started for this directory. */
function enginePid(directory: string): number | undefined {
  const text = readIfThere(pidFile(directory));
  const isOurs = readIfThere(`/proc/${text.trim()}/cmdline`)
    .split('\0')
    .includes(`--host=${engineHost(directory)}`);
  return isOurs ? Number(text) : undefined;
}

function engineFlags(directory: string): string[] {
  return [
    `--data-root=${join(directory, 'data')}`,
    `--exec-root=${engineRunDirectory(directory)}`,
    `--pidfile=${pidFile(directory)}`,
    `--host=${engineHost(directory)}`,
  ];
}

/** Two engines on one bridge would give the same address twice, and the later one empties the other's firewall rules. */
function networkFlags(directory: string): string[] {
  if (!otherEngineRuns()) {
    unmountLeftNamespaces(searchPath);
    return [];
  }
  makeBridge(directory, searchPath);
  return [`--bridge=${bridgeName(directory)}`, '--iptables=false'];
}

function otherEngineRuns(): boolean {
  return readdirSync('/proc').some(
    (entry) => /^\d+$/.test(entry) && readIfThere(`/proc/${entry}/comm`).trim() === 'dockerd',
  );
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The last error line of the engine's log, with where to read the rest. */
function lastWords(log: string): string {
  const lines = readIfThere(log).trim().split('\n');
  const line = lines.findLast((text) => /failed|error|fatal/i.test(text)) ?? lines.at(-1) ?? '';
  return `${line.slice(0, 500)} (the whole log: ${log})`;
}
