// Random lives of daemons. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { DaemonScenario } from './daemon-scenario.ts';
import { runScenario } from './run-scenario.ts';

it('a daemon service keeps its promises whatever happens to it', { timeout: 600_000 }, async () => {
  await runScenario('daemon', DaemonScenario);
});
