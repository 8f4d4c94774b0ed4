// Random lives of a cluster. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> runs that many.
import { describe, expect, it } from 'vitest';
import { RandomRun } from './random-run.ts';

const steps = 200;
const { LONGSHORE_SEED: only, LONGSHORE_SEEDS: count = '40' } = process.env;
const seeds = only === undefined ? Array.from({ length: Number(count) }, (_, at) => at + 1) : [Number(only)];

describe('a random run', () => {
  it.each(seeds)('of seed %i breaks no promise', { timeout: 120_000 }, async (seed) => {
    const { cluster, history } = await RandomRun.live({ seed, steps });
    const replay = `replay: LONGSHORE_SEED=${seed} npx vitest run test/cluster/random-runs.test.ts`;
    expect(cluster.invariants.violations, `${replay}\n${history.join('\n')}`).toEqual([]);
  });

  it('is the same each time', async () => {
    const [one, other] = [
      await RandomRun.live({ seed: 7, steps: 60 }),
      await RandomRun.live({ seed: 7, steps: 60 }),
    ];
    expect(other.history).toEqual(one.history);
    expect(other.cluster.tasks).toEqual(one.cluster.tasks);
    expect(other.cluster.store.revision).toBe(one.cluster.store.revision);
  });
});
