// Runs many scenarios of one kind of service, and reports the first that went wrong.
import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';
import { ServiceHarness } from './service-harness.ts';

const steps = 12;
/** What a check lives through of each kind; each kind has a file of its own, and these run side by side. */
const defaultSeeds = 300;

/** From seed 1 on, unless the environment says otherwise; throws with the history of the first life that broke a promise. */
export async function runScenario(
  kind: string,
  ScenarioOfKind: new (harness: ServiceHarness) => Scenario,
): Promise<void> {
  const { LONGSHORE_SEED: only, LONGSHORE_SEEDS: many = defaultSeeds } = process.env;
  const first = only === undefined ? 1 : Number(only);
  const last = only === undefined ? Number(many) : first;
  for (let seed = first; seed <= last; seed++) {
    const harness = await ServiceHarness.open({
      seed,
      hosts: 3,
      zones: 1 + (seed % 3),
      isScaled: seed % 4 === 0,
    });
    const scenario = new ScenarioOfKind(harness);
    const violations = await scenario.run(steps);
    harness.crash();
    const replay = `replay: LONGSHORE_SEED=${seed} npx vitest run test/service-scenarios/${kind}.test.ts`;
    if (violations.length > 0) expect(violations, `${replay}\n${scenario.history.join('\n')}`).toEqual([]);
  }
}
