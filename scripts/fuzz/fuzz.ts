// Throws mutated signed requests at a real server on its socket, and looks after it meanwhile and afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Access } from '../../src/cli/access-file.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { seededRandom } from '../../src/lib/random.ts';
import { callApi, type ApiEndpoint } from '../../src/wire/call-api.ts';
import { startControlPlane, type RunningLongshore } from '../bench/running-longshore.ts';
import { callPool, furnish } from './calls.ts';
import { Connection } from './connection.ts';
import type { FuzzReport, Sample } from './fuzz-report.ts';
import { mutate, type Shot } from './mutate.ts';
import { serverState } from './server-state.ts';

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** The run ends after so many seconds, however many requests are left. */
  readonly maxSeconds: number;
  /** Told after every fiftieth part. */
  readonly onSample?: (sample: Sample) => void;
}

/** The record of calls is opened at its first use, and stays open. */
const trailOf = ({ endpoint, region, accessKeyId, secretAccessKey }: Access): ApiEndpoint => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey },
  signingName: 'cloudtrail',
  targetPrefix: 'CloudTrail_20131101',
  clock: systemClock,
});

const connections = 32;
const samplesARun = 50;

/** Runs it in a temporary directory. Rejects only when the server cannot be started at all. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const data = mkdtempSync(join(tmpdir(), 'longshore-fuzz-'));
  try {
    const server = await startControlPlane(data);
    const run = new FuzzRun(server, options);
    try {
      await run.start();
      await run.checkAfterwards();
    } catch (error) {
      run.breaches.push(
        `the run ended: ${String(error)}; the server said: ${server.complaints().slice(0, 2_000)}`,
      );
    } finally {
      await server.stop();
    }
    if (run.breaches.length === 0) await run.checkRestart(data);
    return run.report();
  } finally {
    rmSync(data, { recursive: true });
  }
}

class FuzzRun {
  readonly breaches: string[] = [];
  readonly #server: RunningLongshore;
  readonly #options: FuzzOptions;
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #samples: Sample[] = [];
  #openFiles: [number, number] = [0, 0];
  #clusters: unknown;
  #fired = 0;
  #seconds = 0;

  constructor(server: RunningLongshore, options: FuzzOptions) {
    this.#server = server;
    this.#options = options;
  }

  async start(): Promise<void> {
    const { seed, requests, maxSeconds } = this.#options;
    const { endpoint } = this.#server.access;
    const choose = callPool(seed, await furnish(this.#server));
    await callApi(trailOf(this.#server.access), 'LookupEvents', {});
    this.#openFiles[0] = (await serverState(endpoint)).openFiles;
    const started = performance.now();
    const numbers = this.#numbers(requests, started + maxSeconds * 1000);
    const worker = async (): Promise<void> => {
      const { hostname, port } = new URL(endpoint);
      const connection = new Connection(hostname, Number(port));
      try {
        for (const number of numbers) {
          const random = seededRandom(seed * 1_000_003 + number);
          await this.#fire(connection, mutate(this.#call(choose(random)), random), number);
          if (number % Math.ceil(requests / samplesARun) === 0) await this.#sample(number);
        }
      } finally {
        connection.close();
      }
    };
    void this.#server.exited.then((code) => {
      if (this.#seconds === 0)
        this.breaches.push(`the server ended with ${code}: ${this.#server.complaints()}`);
    });
    await Promise.all(Array.from({ length: connections }, worker));
    this.#seconds = (performance.now() - started) / 1000;
  }

  /** Whether the server answers as before, has closed what it must, and met nothing that it did not expect. */
  async checkAfterwards(): Promise<void> {
    const { access, call, complaints } = this.#server;
    this.#clusters = await call('DescribeClusters', { clusters: ['default'] });
    await call('RegisterTaskDefinition', {
      family: 'afterwards',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 32 }],
    });
    const state = await this.#settled();
    this.#openFiles[1] = state.openFiles;
    if (state.openFiles > this.#openFiles[0] + 5)
      this.breaches.push(`${state.openFiles} files are still open`);
    if (state.serverExceptions > 0)
      this.breaches.push(`${state.serverExceptions} requests met a fault of the server`);
    if (complaints() !== '') this.breaches.push(`the server complained: ${complaints().slice(0, 2_000)}`);
    this.#samples.push({ ...(await serverState(access.endpoint)), requests: this.#fired });
  }

  /** Whether another server starts on what was left, and answers the same. */
  async checkRestart(data: string): Promise<void> {
    const server = await startControlPlane(data);
    try {
      const clusters = await server.call('DescribeClusters', { clusters: ['default'] });
      if (JSON.stringify(clusters) !== JSON.stringify(this.#clusters))
        this.breaches.push('after a restart the server answers otherwise');
      await server.call('DescribeTaskDefinition', { taskDefinition: 'afterwards:1' });
    } finally {
      await server.stop();
    }
  }

  report(): FuzzReport {
    return {
      seed: this.#options.seed,
      requests: this.#fired,
      seconds: this.#seconds,
      counts: this.#counts,
      breaches: this.breaches,
      samples: this.#samples,
      openFiles: this.#openFiles,
      commits: this.#samples.at(-1)?.commits ?? 0,
    };
  }

  *#numbers(requests: number, end: number): Generator<number> {
    for (let number = 1; number <= requests && performance.now() < end; number++) {
      if (this.breaches.length >= 10) return;
      yield number;
    }
  }

  #call(choice: { readonly operation: string; readonly input: unknown }) {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.#server.access;
    const credentials = { accessKeyId, secretAccessKey };
    return { ...choice, host: new URL(endpoint).host, region, credentials, now: Date.now() };
  }

  async #fire(connection: Connection, shot: Shot, number: number): Promise<void> {
    const { status, answer, breach } = await connection.fire(shot);
    this.#fired += 1;
    const outcomes = this.#counts.get(shot.kind) ?? new Map<string, number>();
    this.#counts.set(shot.kind, outcomes.set(String(status), (outcomes.get(String(status)) ?? 0) + 1));
    if (breach === undefined) return;
    const sent = shot.bytes.toString('latin1', 0, 2_000);
    this.breaches.push(
      `request ${number} (${shot.kind}): ${breach}\n--- sent\n${sent}\n--- answer\n${answer.slice(0, 1_000)}`,
    );
  }

  async #sample(requests: number): Promise<void> {
    const sample = { ...(await serverState(this.#server.access.endpoint)), requests };
    this.#samples.push(sample);
    this.#options.onSample?.(sample);
  }

  /** The state once the connections that were reset are gone. */
  async #settled(): ReturnType<typeof serverState> {
    for (let tries = 0; ; tries++) {
      const state = await serverState(this.#server.access.endpoint);
      if (state.openFiles <= this.#openFiles[0] + 5 || tries >= 20) return state;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
