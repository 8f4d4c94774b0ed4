// BLUE_GREEN, CANARY and LINEAR in a whole cluster: to the end, back from every stage, superseded, scaled, with the control
// plane killed in every stage; and the hooks that they wait for.
import { afterEach, describe, expect, it } from 'vitest';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.invariants.violations).toEqual([]);
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

/** What lasts: stages in which a test can find the deployment, given a hook that takes its time at each of those that have hooks. */
const slowHook = (more: object = {}) => ({
  lifecycleHooks: [
    {
      hookTargetArn: 'http://hooks/check',
      lifecycleStages: [
        'RECONCILE_SERVICE',
        'PRE_SCALE_UP',
        'POST_SCALE_UP',
        'TEST_TRAFFIC_SHIFT',
        'POST_TEST_TRAFFIC_SHIFT',
        'PRE_PRODUCTION_TRAFFIC_SHIFT',
        'PRODUCTION_TRAFFIC_SHIFT',
        'POST_PRODUCTION_TRAFFIC_SHIFT',
      ],
      ...more,
    },
  ],
});
const slowly = (name: Strategy) => ({ ...strategies[name], ...slowHook() });

const stages = [
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
] as const;
const stagesOf: readonly (readonly [Strategy, string, number | undefined])[] = [
  ...names.flatMap((name) => stages.map((stage) => [name, stage, undefined] as const)),
  ['CANARY', 'PRODUCTION_TRAFFIC_SHIFT', 2],
  ['LINEAR', 'PRE_PRODUCTION_TRAFFIC_SHIFT', 3],
  ['LINEAR', 'PRODUCTION_TRAFFIC_SHIFT', 3],
];

/** A service of 3 whose deployment has just come to the stage; two seconds of its hooks are still to go. */
async function reach(name: Strategy, stage: string, step: number | undefined): Promise<void> {
  rig = await StagedRig.open();
  await rig.begin(3, slowly(name));
  await rig.deploy();
  await rig.at(stage, step);
}
const counts = () => [rig.wantedOf(1).length, rig.wantedOf(2).length];

describe.each(names)('%s', (name) => {
  it('goes through its stages to the end, with both fleets up until the target has baked', async () => {
    rig = await StagedRig.open();
    await rig.begin(3, strategies[name]);
    const blue = rig.wantedOf(1).map(({ arn }) => arn);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    expect(rig.wantedOf(1).map(({ arn }) => arn)).toEqual(blue);
    expect((await rig.describe()).deployments).toMatchObject([
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

describe.each(names)('%s at RECONCILE_SERVICE', (name) => {
  it('goes on after its control plane died, and doubles nothing', async () => {
    await reach(name, 'POST_SCALE_UP', undefined);
    await rig.register();
    await rig.deploy();
    await rig.at('RECONCILE_SERVICE');
    await rig.cluster.clock.advance(500);
    await rig.restart();
    expect(rig.record().lifecycleStage).toBe('RECONCILE_SERVICE');
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL' });
    expect((await rig.stable()).taskDefinition).toMatch(/web:3$/);
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 0, 3]);
    expect([rig.madeOf(1), rig.madeOf(2), rig.madeOf(3)]).toEqual([3, 3, 3]);
  });

  it('rolls back when it is asked to, and the source is where it was', async () => {
    await reach(name, 'POST_SCALE_UP', undefined);
    const blue = rig.wantedOf(1).map(({ arn }) => arn);
    await rig.register();
    await rig.deploy();
    await rig.at('RECONCILE_SERVICE');
    await rig.stop();
    expect(await rig.ended()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    expect((await rig.stable()).taskDefinition).toMatch(/web:1$/);
    expect(rig.wantedOf(1).map(({ arn }) => arn)).toEqual(blue);
    expect([rig.madeOf(1), rig.madeOf(3)]).toEqual([3, 0]);
  });
});

describe.each(stagesOf)('%s at %s (step %s)', (name, stage, step) => {
  it('goes on after its control plane died, and doubles nothing', async () => {
    await reach(name, stage, step);
    await rig.cluster.clock.advance(500);
    await rig.restart();
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL' });
    const after = await rig.stable();
    expect(after.taskDefinition).toMatch(/web:2$/);
    expect(counts()).toEqual([0, 3]);
    expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([3, 3]);
    expect(rig.weights.toSorted((a, b) => a - b)).toEqual(rig.weights);
  });

  it('rolls back when it is asked to, and the source is where it was', async () => {
    await reach(name, stage, step);
    const blue = rig.wantedOf(1).map(({ arn }) => arn);
    await rig.stop();
    expect(await rig.ended()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Service deployment rolled back because of a user request.',
      targetServiceRevision: { requestedProductionTrafficWeight: 0 },
      sourceServiceRevisions: [{ requestedProductionTrafficWeight: 100 }],
    });
    const after = await rig.stable();
    expect(after.taskDefinition).toMatch(/web:1$/);
    expect(counts()).toEqual([3, 0]);
    expect(rig.wantedOf(1).map(({ arn }) => arn)).toEqual(expect.arrayContaining(blue));
    expect(rig.madeOf(1)).toBe(stage === 'CLEAN_UP' ? 6 - blue.length : 3);
    const { rollback } = (await rig.history())[0]!;
    expect(rollback?.serviceRevisionArn).toBe((await rig.history())[1]!.targetServiceRevision.arn);
  });

  if (name !== 'LINEAR') return;

  it('makes way for a newer deployment', async () => {
    await reach(name, stage, step);
    await rig.register();
    await rig.deploy();
    expect((await rig.history())[1]).toMatchObject({ status: 'STOPPED' });
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL' });
    await rig.stable();
    expect([...counts(), rig.wantedOf(3).length]).toEqual([0, 0, 3]);
    expect(rig.madeOf(3)).toBe(3);
    const reconciles = stage !== 'PRE_SCALE_UP';
    expect(rig.stages.includes('RECONCILE_SERVICE')).toBe(reconciles);
  });

  it.each([1, 5])('follows a change to %i tasks with both fleets', async (desiredCount) => {
    await reach(name, stage, step);
    await rig.update({ desiredCount });
    if (stage !== 'CLEAN_UP') {
      await rig.at('BAKE_TIME');
      await rig.cluster.until('both have as many', () => counts().every((count) => count === desiredCount));
    }
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL' });
    await rig.stable();
    expect(counts()).toEqual([0, desiredCount]);
  });

  it('is deleted with all of its tasks', async () => {
    await reach(name, stage, step);
    await rig.cluster.ask('DeleteService', { service: 'web', force: true });
    await rig.cluster.clock.advance(5 * minute);
    expect((await rig.describe()).status).toBe('INACTIVE');
    expect(counts()).toEqual([0, 0]);
    expect((await rig.current()).status).toBe('STOPPED');
    const { length } = rig.hooks.calls;
    await rig.cluster.clock.advance(5 * minute);
    expect(rig.hooks.calls).toHaveLength(length);
  });
});
