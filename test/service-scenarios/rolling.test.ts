// Random lives of rolling services. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { RollingScenario } from './rolling-scenario.ts';

it('a rolling service keeps its promises whatever happens to it', { timeout: 600_000 }, async () => {
  await runScenario('rolling', RollingScenario);
});
