// How long `longshore up` takes to be ready, against a bare Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { BenchContext, Benchmark, Figure, Finding } from './benchmark.ts';
import {
  certaintyOf,
  measureRounds,
  medianDifference,
  series,
  timesText,
  type Measured,
  type Round,
} from './rounds.ts';
import { startLongshore } from './running-longshore.ts';
import { median } from './statistics.ts';

export const upBenchmark: Benchmark = { name: 'up', run: up };

async function up({ dockerHost, progress }: BenchContext): Promise<Finding> {
  const caches = mkdtempSync(join(tmpdir(), 'longshore-bench-cache-'));
  try {
    const measured = await measureRounds(
      {
        warmUp: 1,
        min: 8,
        max: 30,
        tolerance: 0.1,
        outcome: (rounds) => medianDifference(rounds, laterStart, bare),
        onRound: (round, count) => progress(`  ${count}: ${timesText(round)}`),
      },
      () => oneRound(dockerHost, caches),
    );
    return { name: 'up', about, figures: [figureOf(measured, laterStart), figureOf(measured, first)] };
  } finally {
    rmSync(caches, { recursive: true });
  }
}

const about =
  'From spawning `longshore up` from source, with an empty data directory and the engine running, to the line that says ' +
  'that it is ready, its container instance connected; against spawning `node -e ""` until it ends. In turns. The ' +
  'compiled code of an earlier start is there (in the user’s cache), but for the first start of all.';

const bare = 'bare Node';
const laterStart = 'a later start';
const first = 'the first start of all';

function figureOf(measured: Measured, name: string): Figure {
  const { rounds } = measured;
  return {
    what: `\`longshore up\` until it is ready, ${name}, median`,
    unit: 'ms',
    longshore: median(series(rounds, name)),
    reference: { what: 'a bare Node, start to end', value: median(series(rounds, bare)) },
    compared: { as: 'difference', value: medianDifference(rounds, name, bare) },
    target: { max: 1000 },
    certainty: name === laterStart ? certaintyOf(measured, 0) : undefined,
  };
}

async function oneRound(dockerHost: string, caches: string): Promise<Round> {
  return {
    [bare]: await timeBareNode(),
    [laterStart]: await timeUp(dockerHost, join(caches, 'kept')),
    [first]: await timeUp(dockerHost, mkdtempSync(join(caches, 'empty-'))),
  };
}

async function timeUp(dockerHost: string, cacheHome: string): Promise<number> {
  const longshore = await startLongshore(dockerHost, { XDG_CACHE_HOME: cacheHome });
  await longshore.stop();
  return longshore.readyAfter;
}

async function timeBareNode(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`A bare Node ended with ${code}.`);
  return performance.now() - start;
}
