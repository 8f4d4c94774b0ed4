// Random lives of services that deploy by stages. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { liveThrough } from './live-through.ts';
import { StagedLife } from './staged-life.ts';

it(
  'a service that deploys by stages keeps its promises whatever happens to it',
  { timeout: 600_000 },
  async () => {
    await liveThrough('staged', StagedLife);
  },
);
