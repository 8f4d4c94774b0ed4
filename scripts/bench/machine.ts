// What a measurement was made on: without it no figure means anything.
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import { median } from './statistics.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly docker: string;
  /** Median ms to write 4 KiB to a file in the temporary directory and have it on disk. */
  readonly fsyncMs: number;
  /** Over the last minute before the run: what else the machine was doing. */
  readonly load: number;
  /** The commit that was measured; `+` after it says that the working tree differs. */
  readonly commit: string;
  /** ISO 8601, to the second. */
  readonly date: string;
}

/** Describes this machine and the engine at `dockerHost`, just before a run. */
export async function describeMachine(dockerHost: string, now: Date): Promise<Machine> {
  const { Version } = await connectDocker(dockerHost, 5_000).version();
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    node: process.version,
    docker: Version,
    fsyncMs: round(fsyncTime()),
    load: round(loadavg()[0] ?? 0),
    commit: commit(),
    date: now.toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function fsyncTime(): number {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
  try {
    const file = openSync(join(directory, 'fsync'), 'w');
    const block = Buffer.alloc(4096, 1);
    const times = Array.from({ length: 50 }, () => {
      const start = performance.now();
      writeSync(file, block);
      fsyncSync(file);
      return performance.now() - start;
    });
    closeSync(file);
    return median(times);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', ':/src', ':/scripts');
    return git('rev-parse', '--short=12', 'HEAD') + (changed === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}
