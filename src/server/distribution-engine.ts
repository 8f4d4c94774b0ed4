// CNCF distribution (the program `docker-registry`) as the engine of the registry: a child process on a socket of its own, started when it is
// first asked, and again after it has ended.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
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
  /** Ms that it has to answer in. Default 20 s. */
  readonly startTimeout?: number;
  /** Ms that it has to end in. Default 10 s. */
  readonly stopTimeout?: number;
  /** Ms that deleting layers may take, while nobody is answered; what is left waits for the next start. Default 10 minutes. */
  readonly collectTimeout?: number;
}

export interface DistributionEngine extends RegistryEngine {
  /** Ends the process that a server left here which was killed, if it did. */
  endLeft(): Promise<void>;
  /** Ends the process, if there is one. */
  stop(): Promise<void>;
}

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
  readonly #stopping = new AbortController();
  #starting: Promise<Running> | undefined;

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
    this.#stopping.abort();
    const running = await this.#starting?.catch(() => undefined);
    if (running !== undefined) {
      const { clock, stopTimeout = 10_000 } = this.#options;
      running.child.kill('SIGTERM');
      const late = clock.after(stopTimeout, () => running.child.kill('SIGKILL'));
      await running.gone;
      late.cancel();
    }
    await this.endLeft();
  }

  async endLeft(): Promise<void> {
    const { directory, clock } = this.#options;
    const file = pidFile(directory);
    if (!existsSync(file)) return;
    const pid = Number(readFileSync(file, 'utf8'));
    const isOurs = async () => isEngineOn(await argumentsOf(pid), this.#settings);
    if (await isOurs()) process.kill(pid, 'SIGKILL');
    while (await isOurs()) await sleep(clock, 10);
    rmSync(file, { force: true });
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  get #settings(): string {
    return join(this.#options.directory, 'config.yml');
  }

  get #collectMark(): string {
    return join(this.#options.directory, 'collect');
  }

  #running(): Promise<Running> {
    if (this.#isStopped) return Promise.reject(beingStopped());
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
    await this.endLeft();
    const run = mkdtempSync(join(tmpdir(), 'longshore-registry-'));
    const socket = join(run, 'registry.sock');
    writeFileSync(this.#settings, stringify(settingsOf(directory, socket)), { mode: 0o600 });
    await this.#collect();
    if (this.#isStopped) {
      rmSync(run, { recursive: true, force: true });
      throw beingStopped();
    }
    const child = this.#spawn('serve');
    const words = lastWords(child);
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }).finally(() => rmSync(run, { recursive: true, force: true }));
    const failed = failureOf(child, this.#program, words);
    failed.catch((error: Error) => {
      if (!this.#isStopped) log.warn({ err: error }, "The registry's engine has ended");
    });
    await Promise.race([this.#answers(socket), failed]).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return { child, socket, gone };
  }

  /** One process at a time, whose id is kept for the server after this one. */
  #spawn(command: 'serve' | 'garbage-collect', signal?: AbortSignal): ChildProcess {
    const child = spawn(this.#program, [command, this.#settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    });
    const file = pidFile(this.#options.directory);
    if (child.pid !== undefined) writeFileSync(file, String(child.pid), { mode: 0o600 });
    return child;
  }

  async #answers(socket: string): Promise<void> {
    const { startTimeout = 20_000 } = this.#options;
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

  /** Layers that no manifest names any more are deleted while nobody pushes: whoever asks meanwhile waits. */
  async #collect(): Promise<void> {
    if (!existsSync(this.#collectMark)) return;
    const { clock, log, collectTimeout = 600_000 } = this.#options;
    const child = this.#spawn('garbage-collect', this.#stopping.signal);
    const words = lastWords(child);
    const late = clock.after(collectTimeout, () => child.kill('SIGKILL'));
    const status = await exitOf(child);
    late.cancel();
    if (status === 0) rmSync(this.#collectMark);
    else if (!this.#isStopped)
      log.warn({ stderr: words() }, "Layers that nobody needs are left in the registry's engine");
  }
}

const beingStopped = (): EngineUnavailable => new EngineUnavailable('The server is being stopped.');

/** Its exit status; null where it was ended by a signal, or never began. */
function exitOf(child: ChildProcess): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('error', () => {
    if (child.pid === undefined) resolve(null);
  });
  child.once('exit', resolve);
  return promise;
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

/** Two engines on the same files are one too many. */
const isEngineOn = (args: string, settings: string): boolean =>
  args.endsWith(` serve ${settings}`) || args.endsWith(` garbage-collect ${settings}`);

/** What a process was called with; empty where there is none. */
function argumentsOf(pid: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  if (pid > 0)
    execFile('ps', ['-ww', '-o', 'args=', '-p', String(pid)], (_error, out) => resolve(out.trim()));
  else resolve('');
  return promise;
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
