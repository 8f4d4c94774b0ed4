// CNCF distribution (the program `docker-registry`) as the engine of the registry: a child process on a socket of its own, started when it is
// first asked, and again after it has ended.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'yaml';
import {
  EngineUnavailable,
  type EngineRequest,
  type EngineResponse,
  type RegistryEngine,
} from '../aws/ecr/registry-engine.ts';
import { sleep, type Clock } from '../lib/clock.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import type { Log } from '../lib/log.ts';
import { joinHeaders } from '../wire/plain-request.ts';

export interface DistributionOptions {
  /** What it keeps lies in it, and its settings. Made with mode 0700 when missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Default `docker-registry`, as on the PATH. */
  readonly program?: string;
}

export interface DistributionEngine extends RegistryEngine {
  /** Ends the process, if there is one. */
  stop(): Promise<void>;
}

const startTimeout = 20_000;
const stopTimeout = 10_000;

export const distributionEngine = (options: DistributionOptions): DistributionEngine =>
  new Distribution(options);

interface Running {
  readonly child: ChildProcess;
  readonly socket: string;
  readonly gone: Promise<void>;
}

class Distribution implements DistributionEngine {
  readonly #options: DistributionOptions;
  readonly #program: string;
  #starting: Promise<Running> | undefined;
  #isStopped = false;

  constructor(options: DistributionOptions) {
    this.#options = options;
    this.#program = options.program ?? 'docker-registry';
  }

  async send(request: EngineRequest): Promise<EngineResponse> {
    const { socket } = await this.#running();
    if (request.method === 'DELETE') writeFileSync(this.#collectMark, '', { mode: 0o600 });
    return ask(socket, request);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const running = await this.#starting?.catch(() => undefined);
    if (running === undefined) return;
    running.child.kill('SIGTERM');
    const late = this.#options.clock.after(stopTimeout, () => running.child.kill('SIGKILL'));
    await running.gone;
    late.cancel();
  }

  get #collectMark(): string {
    return join(this.#options.directory, 'collect');
  }

  #running(): Promise<Running> {
    if (this.#isStopped) return Promise.reject(new EngineUnavailable('The server is being stopped.'));
    this.#starting ??= this.#start();
    this.#starting.then(
      ({ gone }) => gone.then(() => (this.#starting = undefined)),
      () => (this.#starting = undefined),
    );
    return this.#starting;
  }

  async #start(): Promise<Running> {
    const { directory, log } = this.#options;
    makeDirectory(directory, 0o700);
    const run = mkdtempSync(join(tmpdir(), 'longshore-registry-'));
    const socket = join(run, 'registry.sock');
    const settings = join(directory, 'config.yml');
    endLeft(directory, settings);
    writeFileSync(settings, stringify(settingsOf(directory, socket)), { mode: 0o600 });
    this.#collect(settings);
    const child = spawn(this.#program, ['serve', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
    const words = lastWords(child);
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }).finally(() => rmSync(run, { recursive: true, force: true }));
    const failed = failureOf(child, this.#program, words);
    failed.catch((error: Error) => {
      if (!this.#isStopped) log.warn({ err: error }, "The registry's engine has ended");
    });
    if (child.pid !== undefined) writeFileSync(pidFile(directory), String(child.pid), { mode: 0o600 });
    await Promise.race([this.#answers(socket), failed]).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return { child, socket, gone };
  }

  async #answers(socket: string): Promise<void> {
    for (let waited = 0; waited < startTimeout; waited += 50) {
      const answer = await ask(socket, { method: 'GET', target: '/v2/', headers: {} }).catch(() => undefined);
      answer?.body.resume();
      if (answer?.status === 200) return;
      await sleep(this.#options.clock, 50);
    }
    throw new EngineUnavailable(
      `The program ${this.#program} did not answer within ${startTimeout / 1000} s.`,
    );
  }

  /** Layers that no manifest names any more are deleted while nobody pushes. */
  #collect(settings: string): void {
    if (!existsSync(this.#collectMark)) return;
    const { status, stderr } = spawnSync(this.#program, ['garbage-collect', settings], { encoding: 'utf8' });
    if (status === 0) rmSync(this.#collectMark);
    else this.#options.log.warn({ stderr }, "Layers that nobody needs are left in the registry's engine");
  }
}

const settingsOf = (directory: string, socket: string): object => ({
  version: '0.1',
  log: { level: 'warn', accesslog: { disabled: true } },
  storage: {
    filesystem: { rootdirectory: join(directory, 'data') },
    delete: { enabled: true },
    maintenance: { uploadpurging: { enabled: true, age: '24h', interval: '6h', dryrun: false } },
  },
  http: { net: 'unix', addr: socket, relativeurls: true },
});

const pidFile = (directory: string): string => join(directory, 'registry.pid');

/** A server that was killed could not end its engine: two on the same files are one too many. */
function endLeft(directory: string, settings: string): void {
  if (!existsSync(pidFile(directory))) return;
  const pid = Number(readFileSync(pidFile(directory), 'utf8'));
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (pid > 0 && (stdout ?? '').trim().endsWith(`serve ${settings}`)) process.kill(pid, 'SIGKILL');
  rmSync(pidFile(directory));
}

/** The last lines that the process wrote. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (text = (text + more).slice(-2000)));
  return () => text.trim().split('\n').slice(-3).join(' ');
}

function failureOf(child: ChildProcess, program: string, words: () => string): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  child.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      new EngineUnavailable(
        error.code === 'ENOENT'
          ? `The registry needs the program ${program} (CNCF distribution; on Debian the package docker-registry), which is not on the PATH of the server.`
          : `The program ${program} cannot be started: ${error.message}`,
      ),
    ),
  );
  child.once('exit', (code, signal) =>
    reject(new EngineUnavailable(`The program ${program} ended with ${signal ?? code}. ${words()}`)),
  );
  return promise;
}

function ask(socketPath: string, { method, target, headers, body }: EngineRequest): Promise<EngineResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineResponse>();
  const outgoing = httpRequest({ socketPath, method, path: target, headers, agent: false });
  outgoing.on('error', (error) =>
    reject(new EngineUnavailable(`The registry's engine gave no answer: ${error.message}`)),
  );
  outgoing.on('response', (response) =>
    resolve({
      status: response.statusCode ?? 502,
      headers: joinHeaders(response.rawHeaders),
      body: response,
    }),
  );
  if (body instanceof Readable) pipeline(body, outgoing).catch((error: Error) => outgoing.destroy(error));
  else outgoing.end(body);
  return promise;
}
