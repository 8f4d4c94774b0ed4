// Random lives of task sets. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { liveThrough } from './live-through.ts';
import { TaskSetLife } from './task-set-life.ts';

it('task sets keep their promises whatever happens to them', { timeout: 600_000 }, async () => {
  await liveThrough('task-sets', TaskSetLife);
});
