// Random lives of task sets. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { TaskSetScenario } from './task-set-scenario.ts';

it('task sets keep their promises whatever happens to them', { timeout: 600_000 }, async () => {
  await runScenario('task-sets', TaskSetScenario);
});
