// A `longshore up`, or its control plane alone, in a process of its own, as a user would start it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { readAccess, type Access } from '../../src/cli/access-file.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { callApi, type ApiEndpoint } from '../../src/wire/call-api.ts';
import { nodeFlags } from '../set-up/node-flags.mjs';
import { requestStall } from './request-stall.ts';

const program = join(import.meta.dirname, '../../src/cli/main.ts');
const recorder = join(import.meta.dirname, 'stall-recorder.ts');

export interface RunningLongshore {
  readonly access: Access;
  readonly pid: number;
  /** From spawning the process to its ready line, ms. */
  readonly readyAfter: number;
  /** Calls an ECS operation, signed with the administrator's key. */
  call<Output extends object>(operation: string, input: object): Promise<Output>;
  /** What it has written to stderr. */
  complaints(): string;
  /** Resolves with its exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** The longest turn of its event loop since this was last asked, ms of its main thread's CPU time. */
  longestStall(): Promise<number>;
  /** Ends the process. */
  stop(): Promise<void>;
}

/**
 * `longshore up` on an empty data directory, which `stop` removes. Resolves at the ready line; rejects with an Error that
 * has what the process said when it ends before. `more` is added to its environment.
 */
export async function startLongshore(
  dockerHost: string,
  more: NodeJS.ProcessEnv = {},
): Promise<RunningLongshore> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  const remove = (): void => rmSync(data, { recursive: true });
  try {
    const running = await start('up', data, { DOCKER_HOST: dockerHost, ...more });
    return { ...running, stop: () => running.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** `longshore server` on the data directory `data`, which stays. Resolves and rejects as `startLongshore` does. */
export const startControlPlane = (data: string, more: NodeJS.ProcessEnv = {}): Promise<RunningLongshore> =>
  start('server', data, more);

async function start(command: string, data: string, env: NodeJS.ProcessEnv): Promise<RunningLongshore> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...nodeFlags, '--import', recorder, program, command, '--data', data, '--port', '0'],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  try {
    await readyLine(child, () => complaints);
    const readyAfter = performance.now() - started;
    const access = readAccess(data);
    const api = ecsAt(access);
    return {
      access,
      pid: child.pid!,
      readyAfter,
      call: (operation, input) => callApi(api, operation, input),
      complaints: () => complaints,
      exited: exited.then(([code]) => code),
      longestStall: () => longestStall(child),
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

const ecsAt = ({ endpoint, region, accessKeyId, secretAccessKey }: Access): ApiEndpoint => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey },
  signingName: 'ecs',
  targetPrefix: 'AmazonEC2ContainerServiceV20141113',
  clock: systemClock,
});

async function readyLine(child: ChildProcess, complaints: () => string): Promise<void> {
  for await (const line of createInterface(child.stdout!)) {
    if (line.includes(' is ready at ')) return;
  }
  throw new Error(`longshore ended before it was ready: ${complaints().trim()}`);
}

async function longestStall(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message') as Promise<[number]>;
  child.send(requestStall);
  const [stall] = await answer;
  return stall;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
