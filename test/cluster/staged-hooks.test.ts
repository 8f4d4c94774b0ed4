// The lifecycle hooks of deployments in a whole cluster: what they are told, every outcome, and the control plane's death meanwhile.
import { afterEach, describe, expect, it } from 'vitest';
import { succeeds, type HookScript } from './simulated-hooks.ts';
import type { SeenServiceDeployment } from './service-client.ts';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.invariants.violations).toEqual([]);
});

const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } as const;
const target = 'http://hooks/check';
const hookAt = (stage: string, more: object = {}) => ({
  hookTargetArn: target,
  lifecycleStages: [stage],
  ...more,
});
const pauseAt = (stage: string, more: object = {}) => ({
  targetType: 'PAUSE',
  lifecycleStages: [stage],
  ...more,
});
const limit = (timeoutInMinutes: number, action: 'CONTINUE' | 'ROLLBACK') => ({
  timeoutConfiguration: { timeoutInMinutes, action },
});

/** A deployment of 2 tasks of revision 2, with these hooks; `script` is what they answer. */
async function deploy(lifecycleHooks: readonly object[], script: HookScript = succeeds, more: object = {}) {
  rig = await StagedRig.open();
  await rig.begin(2, { ...blueGreen, lifecycleHooks, ...more });
  rig.hooks.script = script;
  await rig.deploy();
}
const wentBack = (reason: string) => ({
  status: 'ROLLBACK_SUCCESSFUL',
  rollback: { reason: `Service deployment rolled back because ${reason}.` },
});
const inProgress = { hookStatus: 'IN_PROGRESS' };
const times = () => rig.hooks.calls.map(({ at }, index) => at - (rig.hooks.calls[index - 1]?.at ?? at));

describe('a hook that is called', () => {
  it('is told of the deployment, and lets it go on', async () => {
    await deploy([hookAt('POST_SCALE_UP', { hookDetails: { bucket: 'b' } })]);
    const ended = await rig.ended();
    expect(ended).toMatchObject({
      status: 'SUCCESSFUL',
      lifecycleHookDetails: [{ targetArn: target, status: 'SUCCEEDED' }],
    });
    const { arn, serviceArn } = rig.record();
    const [blue, green] = [ended.sourceServiceRevisions[0]!.arn, ended.targetServiceRevision.arn];
    const executionDetails = {
      serviceArn,
      targetServiceRevisionArn: green,
      testTrafficWeights: {},
      productionTrafficWeights: { [blue]: 100, [green]: 0 },
    };
    expect(rig.hooks.calls.map(({ payload }) => payload)).toEqual([
      {
        executionId: ended.lifecycleHookDetails![0]!.hookId,
        lifecycleStage: 'POST_SCALE_UP',
        resourceArn: arn,
        ...executionDetails,
        executionDetails,
        hookDetails: { bucket: 'b' },
      },
    ]);
  });

  it('is called again while it says that it is in progress, with what it said', async () => {
    await deploy([hookAt('PRE_SCALE_UP', { hookDetails: 0 })], (_payload, at) =>
      at === 3
        ? { hookStatus: 'SUCCEEDED' }
        : { ...inProgress, hookDetails: { at }, ...(at === 2 && { callBackDelay: 90 }) },
    );
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    expect(rig.hooks.calls.map(({ payload }) => payload.hookDetails)).toEqual([0, { at: 1 }, { at: 2 }]);
    const [, second, third] = times();
    expect([Math.floor(second! / 1000), Math.floor(third! / 1000)]).toEqual([32, 92]);
    expect(new Set(rig.hooks.calls.map(({ payload }) => payload.executionId)).size).toBe(1);
  });

  it.each<[string, HookScript, string]>([
    ['says that it failed', () => ({ hookStatus: 'FAILED' }), 'it replied FAILED'],
    ['says nothing valid', () => ({ hookStatus: 'DONE' }), 'its reply has no valid hookStatus'],
    ['says nothing', () => undefined, 'its reply has no valid hookStatus'],
    [
      'says when in words',
      () => ({ ...inProgress, callBackDelay: 'soon' }),
      'its callBackDelay is not a number of seconds',
    ],
    ['cannot be reached', () => new Error('no route'), 'no route'],
  ])('takes the deployment back when it %s', async (_name, script, why) => {
    await deploy([hookAt('POST_SCALE_UP')], script);
    const ended = await rig.ended();
    expect(ended).toMatchObject(wentBack(`the lifecycle hook ${target} failed at POST_SCALE_UP: ${why}`));
    expect(ended.lifecycleHookDetails).toMatchObject([{ status: 'FAILED' }]);
    await rig.stable();
    expect([rig.wantedOf(1).length, rig.wantedOf(2).length, rig.madeOf(1)]).toEqual([2, 0, 2]);
    const told = (await rig.describe()).events.map(({ message }) => message);
    expect(told.some((message) => message.includes('deployment failed: the lifecycle hook'))).toBe(true);
  });

  it('is tried again a few times, ever later, where it cannot be reached', async () => {
    await deploy([hookAt('PRE_SCALE_UP')], (_payload, at) =>
      at < 4 ? new Error('no route') : { hookStatus: 'SUCCEEDED' },
    );
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    const gaps = times().slice(1);
    expect(gaps).toHaveLength(3);
    expect(gaps.toSorted((a, b) => a - b)).toEqual(gaps);
  });

  it.each([
    ['CONTINUE', { status: 'SUCCESSFUL' }],
    ['ROLLBACK', wentBack(`the lifecycle hook ${target} timed out at PRE_SCALE_UP`)],
  ] as const)('times out while it is always in progress: %s', async (action, outcome) => {
    await deploy([hookAt('PRE_SCALE_UP', limit(3, action))], () => inProgress);
    const begun = rig.cluster.clock.now();
    const ended = await rig.ended();
    expect(ended).toMatchObject({ ...outcome, lifecycleHookDetails: [{ status: 'TIMED_OUT' }] });
    expect(rig.cluster.clock.now() - begun).toBeGreaterThanOrEqual(3 * minute);
    const { length } = rig.hooks.calls;
    await rig.cluster.clock.advance(10 * minute);
    expect(rig.hooks.calls).toHaveLength(length);
  });

  it('times out while it does not answer, and what it answers later counts for nothing', async () => {
    rig = await StagedRig.open();
    await rig.begin(2, { ...blueGreen, lifecycleHooks: [hookAt('PRE_SCALE_UP', limit(2, 'ROLLBACK'))] });
    rig.hooks.latency = 10 * minute;
    await rig.deploy();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    await rig.cluster.clock.advance(20 * minute);
    expect((await rig.current()).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(rig.hooks.calls).toHaveLength(1);
  });

  it('is limited to a day where nothing else is said', async () => {
    await deploy([hookAt('PRE_SCALE_UP')], () => ({ ...inProgress, callBackDelay: 3600 }));
    await rig.cluster.clock.advance(23 * 60 * minute);
    expect((await rig.current()).status).toBe('IN_PROGRESS');
    expect((await rig.ended(2 * 60 * minute)).status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('runs at every step of a shift, with the weights of the step', async () => {
    await deploy([hookAt('PRODUCTION_TRAFFIC_SHIFT'), hookAt('PRE_PRODUCTION_TRAFFIC_SHIFT')], succeeds, {
      strategy: 'LINEAR',
      linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 1 },
    });
    const ended = await rig.ended();
    const green = ended.targetServiceRevision.arn;
    expect(
      rig.hooks.calls.map(({ payload }) => [
        payload.lifecycleStage.split('_')[0],
        payload.executionDetails.productionTrafficWeights[green],
      ]),
    ).toEqual([
      ['PRE', 0],
      ['PRODUCTION', 40],
      ['PRE', 40],
      ['PRODUCTION', 80],
      ['PRE', 80],
      ['PRODUCTION', 100],
    ]);
    expect(ended.lifecycleHookDetails).toHaveLength(2);
  });

  it('shifts test traffic where a hook is set for it', async () => {
    await deploy([hookAt('TEST_TRAFFIC_SHIFT'), hookAt('POST_TEST_TRAFFIC_SHIFT')]);
    expect(await rig.ended()).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { requestedTestTrafficWeight: 100 },
    });
    const [blue, green] = [rig.record().sourceRevisionArns[0]!, rig.record().targetRevisionArn];
    for (const { payload } of rig.hooks.calls)
      expect(payload.executionDetails).toMatchObject({
        testTrafficWeights: { [blue]: 0, [green]: 100 },
        productionTrafficWeights: { [blue]: 100, [green]: 0 },
      });
    expect(rig.hooks.calls.map(({ payload }) => payload.lifecycleStage)).toEqual([
      'TEST_TRAFFIC_SHIFT',
      'POST_TEST_TRAFFIC_SHIFT',
    ]);
  });

  it('is called again after a restart, under the same execution id, and counts once', async () => {
    rig = await StagedRig.open();
    await rig.begin(2, { ...blueGreen, lifecycleHooks: [hookAt('PRE_SCALE_UP')] });
    rig.hooks.latency = 20_000;
    await rig.deploy();
    await rig.cluster.until('it is called', () => rig.hooks.calls.length === 1);
    await rig.restart();
    await rig.cluster.until('it is called again', () => rig.hooks.calls.length === 2);
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    const ids = rig.hooks.calls.map(({ payload }) => payload.executionId);
    expect(ids[0]).toBe(ids[1]);
    expect(rig.hooks.calls).toHaveLength(2);
  });

  it('is called only once the disk knows that it is waited for', async () => {
    for (let seed = 1; seed <= 16; seed++) {
      rig = await StagedRig.open({ seed });
      await rig.begin(2, { ...blueGreen, lifecycleHooks: [hookAt('PRE_SCALE_UP')] });
      // The commit of the call itself, and the one in which the deployment begins to wait for its hook.
      rig.cluster.controlPlane.crashAfter(2);
      await rig.deploy().catch(() => undefined);
      await rig.cluster.clock.advance(minute);
      if (rig.cluster.controlPlane.isUp) rig.cluster.controlPlane.crash();
      await rig.cluster.startControlPlane();
      const known = rig.record().lifecycleHooks.map(({ id }) => id);
      for (const { payload } of rig.hooks.calls) expect(known).toContain(payload.executionId);
      expect((await rig.ended()).status).toBe('SUCCESSFUL');
    }
  });

  it('is no longer called once its deployment is asked to stop', async () => {
    await deploy([hookAt('PRE_SCALE_UP')], () => ({ ...inProgress, callBackDelay: 5 }));
    await rig.at('PRE_SCALE_UP');
    await rig.cluster.clock.advance(20_000);
    await rig.stop();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    const { length } = rig.hooks.calls;
    await rig.cluster.clock.advance(5 * minute);
    expect(rig.hooks.calls).toHaveLength(length);
  });
});

describe('a PAUSE hook', () => {
  const shownAt = async (stage: string): Promise<SeenServiceDeployment> => {
    await rig.at(stage);
    await rig.cluster.clock.advance(30 * minute);
    return rig.current();
  };
  const places = [
    'PRE_SCALE_UP',
    'POST_SCALE_UP',
    'PRE_PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
  ];

  it.each(places)('holds the deployment at %s until it is told to go on', async (stage) => {
    await deploy([pauseAt(stage)]);
    expect(await shownAt(stage)).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: stage,
      lifecycleHookDetails: [{ status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' }],
    });
    await rig.answer('CONTINUE');
    expect(await rig.ended()).toMatchObject({
      status: 'SUCCESSFUL',
      lifecycleHookDetails: [{ status: 'SUCCEEDED' }],
    });
  });

  it.each(places)('takes the deployment back from %s when it is told to', async (stage) => {
    await deploy([pauseAt(stage)]);
    await rig.answer('ROLLBACK');
    const ended = await rig.ended();
    expect(ended).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      lifecycleHookDetails: [{ status: 'FAILED' }],
    });
    expect(ended.rollback?.reason).toMatch(/the lifecycle PAUSE hook .* ContinueServiceDeployment asked/);
    await rig.stable();
    expect([rig.wantedOf(1).length, rig.wantedOf(2).length, rig.madeOf(1)]).toEqual([2, 0, 2]);
  });

  it.each([
    ['CONTINUE', 'SUCCESSFUL'],
    ['ROLLBACK', 'ROLLBACK_SUCCESSFUL'],
  ] as const)('times out: %s', async (action, status) => {
    await deploy([pauseAt('POST_SCALE_UP', limit(10, action))]);
    await rig.at('POST_SCALE_UP');
    await rig.cluster.clock.advance(9 * minute);
    expect((await rig.current()).status).toBe('IN_PROGRESS');
    expect(await rig.ended()).toMatchObject({ status, lifecycleHookDetails: [{ status: 'TIMED_OUT' }] });
  });

  it('waits on while the control plane is away, and times out by the clock', async () => {
    await deploy([pauseAt('POST_SCALE_UP', limit(10, 'CONTINUE'))]);
    await rig.at('POST_SCALE_UP');
    rig.cluster.controlPlane.crash();
    await rig.cluster.clock.advance(20 * minute);
    await rig.cluster.startControlPlane();
    rig.watch();
    await rig.cluster.until('it has gone on', () => rig.record().lifecycleStage === 'BAKE_TIME');
    await rig.ended();
  });
});

describe('several hooks of one stage', () => {
  it('must all finish', async () => {
    await deploy([pauseAt('POST_SCALE_UP'), hookAt('POST_SCALE_UP'), pauseAt('POST_SCALE_UP')]);
    await rig.answer('CONTINUE');
    await rig.cluster.clock.advance(10 * minute);
    const now = await rig.current();
    expect(now.lifecycleHookDetails?.map(({ status }) => status)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
      'AWAITING_ACTION',
    ]);
    expect(now.lifecycleStage).toBe('POST_SCALE_UP');
    await rig.answer('CONTINUE');
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
  });

  it('take the deployment back as soon as one of them fails', async () => {
    await deploy([pauseAt('POST_SCALE_UP'), hookAt('POST_SCALE_UP')], () => ({ hookStatus: 'FAILED' }));
    const ended = await rig.ended();
    expect(ended.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(ended.lifecycleHookDetails?.map(({ status }) => status)).toEqual(['FAILED']);
  });
});
