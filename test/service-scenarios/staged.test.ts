// Random lives of services that deploy by stages. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { StagedScenario } from './staged-scenario.ts';

it(
  'a service that deploys by stages keeps its promises whatever happens to it',
  { timeout: 600_000 },
  async () => {
    await runScenario('staged', StagedScenario);
  },
);
