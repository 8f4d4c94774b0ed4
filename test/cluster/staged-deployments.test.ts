// BLUE_GREEN, CANARY and LINEAR in a whole cluster: to the end, back from every stage, superseded, scaled, with the control
// plane killed in every stage; and the hooks that they wait for.
import { afterEach, describe, expect, it } from 'vitest';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.witness.violations).toEqual([]);
});

const strategies = {
  BLUE_GREEN: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 },
  CANARY: {
    strategy: 'CANARY',
    bakeTimeInMinutes: 5,
    canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 3 },
  },
  LINEAR: {
    strategy: 'LINEAR',
    bakeTimeInMinutes: 5,
    linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 },
  },
} as const;
type Strategy = keyof typeof strategies;
const names = Object.keys(strategies) as Strategy[];
const weightsOf: Record<Strategy, readonly number[]> = {
  BLUE_GREEN: [0, 100],
  CANARY: [0, 20, 100],
  LINEAR: [0, 30, 60, 90, 100],
};

describe.each(names)('%s', (name) => {
  it('goes through its stages to the end, with both fleets up until green has baked', async () => {
    rig = await StagedRig.open();
    await rig.begin(3, strategies[name]);
    const blue = rig.wantedOf(1).map(({ arn }) => arn);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    expect(rig.wantedOf(1).map(({ arn }) => arn)).toEqual(blue);
    expect((await rig.service()).deployments).toMatchObject([
      { status: 'PRIMARY', desiredCount: 3, runningCount: 3, rolloutState: 'IN_PROGRESS' },
      { status: 'ACTIVE', desiredCount: 3, runningCount: 3, rolloutState: 'COMPLETED' },
    ]);
    const since = rig.cluster.clock.now();
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' });
    expect(rig.cluster.clock.now() - since).toBeGreaterThanOrEqual(5 * minute);
    expect(rig.weights).toEqual(weightsOf[name]);
    const after = await rig.stable();
    expect(after.taskDefinition).toMatch(/web:2$/);
    expect([rig.wantedOf(1).length, rig.wantedOf(2).length]).toEqual([0, 3]);
    expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([3, 3]);
  });
});
