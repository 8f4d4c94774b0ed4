// Random lives of daemons. LONGSHORE_SEED=<n> replays one; LONGSHORE_SEEDS=<n> lives that many instead of a few hundred.
import { it } from 'vitest';
import { DaemonLife } from './daemon-life.ts';
import { liveThrough } from './live-through.ts';

it('a daemon service keeps its promises whatever happens to it', { timeout: 600_000 }, async () => {
  await liveThrough('daemon', DaemonLife);
});
