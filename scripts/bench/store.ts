// How fast the store commits durably, how fast it starts, and what a large fleet takes in memory.
// By hand: `node scripts/bench/store.ts`
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { silentLog } from '../../src/lib/log.ts';
import { openStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { FleetRows } from './fleet-rows.ts';
import { benchJournal } from './bench-journal.ts';

export interface StoreFigures extends LoadFigures {
  /** Durable commits a second of one new task each, and of ten. */
  readonly commitsPerSecond1Row: number;
  readonly commitsPerSecond10Rows: number;
  /** Of JSON, in a typical task row. */
  readonly bytesPerTask: number;
}

/** Of a process that does nothing but open the store. */
interface LoadFigures {
  readonly tasks: number;
  readonly loadSeconds: number;
  /** Of all the process's threads: what it takes also on a busy machine. */
  readonly loadCpuSeconds: number;
  /** The rows with their indexes and tallies, after garbage collection. */
  readonly heapMiB: number;
  /** The whole process, before and after garbage collection. */
  readonly peakMiB: number;
  readonly processMiB: number;
}

export interface StoreBenchOptions {
  readonly instances: number;
  readonly tasks: number;
  readonly commits: number;
  /** How many callers commit and wait at the same time. */
  readonly callers: number;
}

const defaultOptions: StoreBenchOptions = { instances: 5_000, tasks: 100_000, commits: 20_000, callers: 64 };
const mebibyte = 2 ** 20;

const open = (directory: string): Promise<Store> =>
  openStore({
    tables: [containerInstances, tasks],
    journal: benchJournal(directory),
    log: silentLog,
  });

/** Measures in a directory of its own, which it removes. */
export async function benchStore(options: StoreBenchOptions = defaultOptions): Promise<StoreFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'store-bench-'));
  try {
    const figures = await measureCommits(directory, options);
    return { ...figures, ...measureLoad(directory) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measureCommits(directory: string, options: StoreBenchOptions) {
  const store = await open(directory);
  const rows = new FleetRows();
  const instances = Array.from({ length: options.instances }, () => rows.instance());
  store.update((tx) => instances.forEach((instance) => tx.table(containerInstances).put(instance)));
  let made = 0;
  const task = () => rows.task(made, instances[made++ % instances.length]!);
  // Made beforehand: what a task is made of is not the store's cost.
  const rate = async (perCommit: number): Promise<number> => {
    const count = Math.min(options.commits, Math.floor((options.tasks * 0.45) / perCommit));
    const commits = Array.from({ length: count }, () => Array.from({ length: perCommit }, task));
    const seconds = await timed(() => commitAll(store, commits, options.callers));
    return Math.round(count / seconds);
  };
  const commitsPerSecond1Row = await rate(1);
  const commitsPerSecond10Rows = await rate(10);
  const rest = Array.from({ length: Math.max(0, options.tasks - made) }, task);
  store.update((tx) => rest.forEach((row) => tx.table(tasks).put(row)));
  const bytesPerTask = JSON.stringify(task()).length;
  await store.close();
  return { commitsPerSecond1Row, commitsPerSecond10Rows, bytesPerTask };
}

type Commit = readonly ReturnType<FleetRows['task']>[];

async function commitAll(store: Store, commits: readonly Commit[], callers: number): Promise<void> {
  const queue = commits.values();
  const caller = async (): Promise<void> => {
    for (const commit of queue) {
      store.update((tx) => commit.forEach((row) => tx.table(tasks).put(row)));
      await store.durable();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

/** In a process of its own, so that nothing that the commits left behind counts. */
function measureLoad(directory: string): LoadFigures {
  const output = execFileSync(process.execPath, ['--expose-gc', import.meta.filename, 'load', directory]);
  return JSON.parse(output.toString()) as LoadFigures;
}

async function load(directory: string): Promise<LoadFigures> {
  const collect = (globalThis as { gc?: () => void }).gc!;
  collect();
  const heapBefore = process.memoryUsage().heapUsed;
  const start = performance.now();
  const cpu = process.cpuUsage();
  const store = await open(directory);
  const { user, system } = process.cpuUsage(cpu);
  const loadSeconds = (performance.now() - start) / 1000;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  const figures = {
    tasks: store.view((tx) => tx.table(tasks).size),
    loadSeconds,
    loadCpuSeconds: (user + system) / 1e6,
    heapMiB: Math.round((heapUsed - heapBefore) / mebibyte),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    processMiB: Math.round(rss / mebibyte),
  };
  await store.close();
  return figures;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

if (import.meta.main) {
  const [mode, directory] = process.argv.slice(2);
  if (mode === 'load') console.log(JSON.stringify(await load(directory!)));
  else console.log(await benchStore());
}
