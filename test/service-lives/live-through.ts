// Lives many lives of one kind of service, and tells of the first that went wrong.
import { expect } from 'vitest';
import type { Life } from './life.ts';
import { ServiceWorld } from './world.ts';

const steps = 12;
/** What a check lives through of each kind; each kind has a file of its own, and these run side by side. */
const defaultSeeds = 300;

/** From seed 1 on, unless the environment says otherwise; throws with the history of the first life that broke a promise. */
export async function liveThrough(
  kind: string,
  LifeOfKind: new (world: ServiceWorld) => Life,
): Promise<void> {
  const { LONGSHORE_SEED: only, LONGSHORE_SEEDS: many = defaultSeeds } = process.env;
  const first = only === undefined ? 1 : Number(only);
  const last = only === undefined ? Number(many) : first;
  for (let seed = first; seed <= last; seed++) {
    const world = await ServiceWorld.open({
      seed,
      hosts: 3,
      zones: 1 + (seed % 3),
      isScaled: seed % 4 === 0,
    });
    const life = new LifeOfKind(world);
    const violations = await life.live(steps);
    world.crash();
    const replay = `replay: LONGSHORE_SEED=${seed} npx vitest run test/service-lives/${kind}.test.ts`;
    if (violations.length > 0) expect(violations, `${replay}\n${life.history.join('\n')}`).toEqual([]);
  }
}
