// What may go wrong while a deployment goes stage by stage: tasks that fail or die, hosts that go, traffic that does not move,
// deployments on top of each other, no deployment before.
import { afterEach, describe, expect, it } from 'vitest';
import type { TrafficWeights } from '../../src/aws/ecs/scheduler/service/traffic-router.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { missingImageError } from './behaviours.ts';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.invariants.violations).toEqual([]);
});

const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 } as const;
const linear = {
  strategy: 'LINEAR',
  bakeTimeInMinutes: 3,
  linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 3 },
} as const;
const breaker = (rollback: boolean) => ({ deploymentCircuitBreaker: { enable: true, rollback } });
const pause = (stage: string) => ({ lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: [stage] }] });
const counts = () => [rig.wantedOf(1).length, rig.wantedOf(2).length];
const running = (of: readonly Task[]) => of.filter(({ lastStatus }) => lastStatus === 'RUNNING');

describe('a first deployment', () => {
  it.each([blueGreen, linear])('is stable as soon as its tasks are: %j', async (deploymentConfiguration) => {
    rig = await StagedRig.open();
    await rig.register();
    await rig.create(3, { deploymentConfiguration });
    const begun = rig.cluster.clock.now();
    expect(await rig.ended()).toMatchObject({ status: 'SUCCESSFUL', sourceServiceRevisions: [] });
    expect(rig.cluster.clock.now() - begun).toBeLessThan(minute);
    expect(rig.weights).toEqual([0, 100]);
    await rig.stable();
    expect(await rig.said()).toEqual([
      '(service web) has started 3 tasks: (task) (task) (task).',
      '(service web) (deployment id) deployment completed.',
      '(service web) has reached a steady state.',
    ]);
  });

  it('waits for its hooks, and has nothing to go back to', async () => {
    rig = await StagedRig.open();
    await rig.register();
    await rig.create(2, { deploymentConfiguration: { ...blueGreen, ...pause('POST_SCALE_UP') } });
    await rig.answer('ROLLBACK');
    expect(await rig.ended()).toMatchObject({ status: 'STOPPED' });
    expect((await rig.describe()).deployments).toMatchObject([{ rolloutState: 'FAILED', runningCount: 2 }]);
    await rig.register();
    await rig.update({ taskDefinition: 'web', deploymentConfiguration: { lifecycleHooks: [] } });
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([0, 2]);
  });

  it('takes over from one that never came up', async () => {
    rig = await StagedRig.open();
    await rig.register('missing');
    await rig.create(2, { deploymentConfiguration: blueGreen });
    await rig.cluster.clock.advance(5 * minute);
    await rig.register();
    await rig.update({ taskDefinition: 'web' });
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([0, 2]);
  });
});

describe('the circuit breaker', () => {
  const breakDown = async (rollback: boolean) => {
    rig = await StagedRig.open();
    await rig.begin(3, { ...blueGreen, ...breaker(rollback) });
    await rig.register('missing');
    await rig.deploy();
  };

  it('takes back a revision that does not start', async () => {
    await breakDown(true);
    expect(await rig.ended()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      lifecycleStage: 'SCALE_UP',
      rollback: { reason: 'ECS deployment circuit breaker: tasks failed to start.' },
      deploymentCircuitBreaker: { status: 'TRIGGERED' },
    });
    await rig.stable();
    expect(rig.wantedOf(1)).toHaveLength(3);
    expect(rig.madeOf(1)).toBe(3);
    const told = await rig.said();
    const failed = told.indexOf('(service web) (deployment id) deployment failed: tasks failed to start.');
    expect(told[failed + 1]).toBe('(service web) rolling back to deployment id.');
    expect(told.at(-1)).toBe('(service web) has reached a steady state.');
  });

  it('leaves the source to serve where it is not to roll back, and the source is kept', async () => {
    await breakDown(false);
    expect(await rig.ended()).toMatchObject({ status: 'STOPPED' });
    await rig.cluster.clock.advance(minute);
    expect((await rig.describe()).deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'FAILED', desiredCount: 0 },
      { status: 'ACTIVE', desiredCount: 3, runningCount: 3 },
    ]);
    rig.kill(rig.wantedOf(1)[0]!);
    await rig.cluster.until('blue is short', () => running(rig.wantedOf(1)).length === 2);
    await rig.cluster.until('blue is whole', () => running(rig.wantedOf(1)).length === 3);
    const tried = rig.cluster.tasks.length;
    await rig.update({ desiredCount: 4 });
    await rig.cluster.until('blue has one more', () => running(rig.wantedOf(1)).length === 4);
    await rig.cluster.clock.advance(60 * minute);
    expect(rig.cluster.tasks).toHaveLength(tried + 1);
    await rig.restart();
    await rig.register();
    await rig.deploy();
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect(rig.wantedOf(4)).toHaveLength(4);
    expect(counts()).toEqual([0, 0]);
  });

  it('takes back a revision whose health checks fail while it bakes', async () => {
    rig = await StagedRig.open();
    await rig.begin(3, { ...blueGreen, ...breaker(true) });
    await rig.register('server', {
      healthCheck: { command: ['CMD', 'true'] },
      environment: [{ name: 'FAKE_UNHEALTHY_AFTER', value: '180000' }],
    });
    await rig.deploy();
    await rig.cluster.until('they run', () => running(rig.wantedOf(3)).length === 3);
    for (const task of rig.wantedOf(3))
      rig.cluster.hostOf(task).engine.fake.find('app', task.arn)!.become('healthy');
    await rig.at('BAKE_TIME');
    expect(await rig.ended()).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      lifecycleStage: 'BAKE_TIME',
      targetServiceRevision: { requestedProductionTrafficWeight: 0 },
    });
    await rig.stable();
    expect(rig.madeOf(1)).toBe(3);
  });
});

describe.each([
  ['POST_SCALE_UP', blueGreen],
  ['PRODUCTION_TRAFFIC_SHIFT', linear],
  ['BAKE_TIME', blueGreen],
] as const)('at %s', (stage, configuration) => {
  const reach = async (): Promise<void> => {
    rig = await StagedRig.open({ hosts: 3 });
    await rig.begin(4, stage === 'POST_SCALE_UP' ? { ...configuration, ...pause(stage) } : configuration);
    await rig.deploy();
    await rig.at(stage);
  };
  const finish = async (): Promise<void> => {
    if (stage === 'POST_SCALE_UP') await rig.answer('CONTINUE');
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([0, 4]);
  };

  it('tasks that die are replaced, each by one of its own revision', async () => {
    await reach();
    for (const revision of [1, 2])
      rig
        .wantedOf(revision)
        .slice(0, 2)
        .forEach((task) => rig.kill(task));
    await rig.cluster.until('some are gone', () => running(rig.wantedOf(1)).length < 4);
    await rig.cluster.until('all run', () => [1, 2].every((of) => running(rig.wantedOf(of)).length === 4));
    expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([6, 6]);
    await finish();
  });

  it('an instance that drains is left by both fleets', async () => {
    await reach();
    const { instanceArn } = rig.cluster.hosts[0]!;
    const there = () =>
      [...rig.wantedOf(1), ...rig.wantedOf(2)].filter((task) => task.containerInstanceArn === instanceArn);
    expect(there().length).toBeGreaterThan(0);
    await rig.cluster.ask('UpdateContainerInstancesState', {
      containerInstances: [instanceArn],
      status: 'DRAINING',
    });
    await rig.cluster.until(
      'it is left',
      () => there().length === 0 && [1, 2].every((of) => rig.wantedOf(of).length === 4),
    );
    await finish();
  });

  it('rolls back to all tasks of the source, also to those that died meanwhile', async () => {
    await reach();
    rig.kill(rig.wantedOf(1)[0]!);
    await rig.stop();
    expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([4, 0]);
  });
});

describe('a host that does not answer any more', () => {
  const long = { ...blueGreen, bakeTimeInMinutes: 60 };
  const elsewhere = (revision: number) => {
    const { instanceArn } = rig.cluster.hosts[0]!;
    return rig.wantedOf(revision).filter((task) => task.containerInstanceArn !== instanceArn);
  };

  it('is done without by both fleets, where there is room', async () => {
    rig = await StagedRig.open({ hosts: 3 });
    await rig.begin(6, long);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    rig.cluster.network.cutOff(rig.cluster.hosts[0]!.name);
    await rig.cluster.until(
      'both are whole without it',
      () => [1, 2].every((of) => elsewhere(of).length === 6 && rig.wantedOf(of).length === 6),
      20 * minute,
    );
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    await rig.stable();
    expect(counts()).toEqual([0, 6]);
    rig.cluster.network.reconnect(rig.cluster.hosts[0]!.name);
    await rig.cluster.clock.advance(40 * minute);
    rig.cluster.invariants.checkConverged();
  });

  it('keeps the tasks of either fleet that found no other place', async () => {
    rig = await StagedRig.open({ hosts: 2 });
    await rig.begin(16, long);
    await rig.deploy();
    await rig.at('BAKE_TIME');
    rig.cluster.network.cutOff(rig.cluster.hosts[0]!.name);
    await rig.cluster.clock.advance(30 * minute);
    expect(counts()).toEqual([16, 16]);
    rig.cluster.network.reconnect(rig.cluster.hosts[0]!.name);
    expect((await rig.ended()).status).toBe('SUCCESSFUL');
    expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([16, 16]);
  });
});

/** All instances drain, and one comes that cannot pull the image. */
const hostWithoutImage = async () => {
  const later = rig.cluster.addHost('host-later', {});
  const images = ['busybox', `busybox@sha256:${'0'.repeat(64)}`];
  for (const name of images) later.engine.fake.image(name, { failPull: missingImageError });
  later.startAgent();
  await rig.cluster.until('it is connected', () => rig.cluster.connected === rig.cluster.hosts.length);
  await rig.cluster.ask('UpdateContainerInstancesState', {
    containerInstances: rig.cluster.hosts
      .filter((host) => host !== later)
      .map(({ instanceArn }) => instanceArn),
    status: 'DRAINING',
  });
  return { find: () => images.forEach((name) => later.engine.fake.image(name, {})) };
};

it('applies the launch backoff to the source too when its tasks do not start', async () => {
  rig = await StagedRig.open({ hosts: 1 });
  await rig.begin(2, { ...blueGreen, ...pause('POST_SCALE_UP') });
  await rig.deploy();
  await rig.at('POST_SCALE_UP');
  const image = await hostWithoutImage();
  await rig.cluster.clock.advance(20 * minute);
  expect(rig.madeOf(1)).toBeGreaterThan(4);
  expect(rig.madeOf(1)).toBeLessThan(20);
  image.find();
  await rig.answer('CONTINUE');
  expect((await rig.ended()).status).toBe('SUCCESSFUL');
});

it('knows the source also while it has no task', async () => {
  rig = await StagedRig.open({ hosts: 1 });
  await rig.begin(2, blueGreen);
  await rig.deploy();
  await rig.at('BAKE_TIME');
  const image = await hostWithoutImage();
  for (const task of rig.wantedOf(1)) rig.kill(task);
  await rig.cluster.until('blue has none', () => rig.wantedOf(1).length === 0, 30 * minute);
  expect((await rig.describe()).deployments).toMatchObject([
    { status: 'PRIMARY', runningCount: 2 },
    { status: 'ACTIVE', desiredCount: 2, runningCount: 0 },
  ]);
  await rig.stop();
  await rig.cluster.clock.advance(minute);
  // Nobody else could take the traffic.
  expect(await rig.current()).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    targetServiceRevision: { requestedProductionTrafficWeight: 100 },
  });
  expect(rig.wantedOf(2).length).toBeGreaterThanOrEqual(2);
  image.find();
  expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
  await rig.stable();
  expect(counts()).toEqual([2, 0]);
});

it('fails the rollback where the source cannot be brought back, and goes on trying ever more seldom', async () => {
  rig = await StagedRig.open({ hosts: 1 });
  await rig.begin(2, { ...blueGreen, ...breaker(true) });
  await rig.deploy();
  await rig.at('BAKE_TIME');
  // The source's image is not to be had on the only instance that is left, and the target needs none.
  const image = await hostWithoutImage();
  await rig.stop();
  for (const task of rig.wantedOf(1)) rig.kill(task);
  expect(await rig.ended()).toMatchObject({ status: 'ROLLBACK_FAILED' });
  const tried = rig.cluster.tasks.length;
  await rig.cluster.clock.advance(20 * minute);
  expect(rig.cluster.tasks.length).toBeLessThan(tried + 10);
  image.find();
  const after = await rig.stable();
  expect(after.taskDefinition).toMatch(/web:1$/);
  expect(counts()).toEqual([2, 0]);
});

it('keeps as much of the target as the source is short of during a rollback', async () => {
  rig = await StagedRig.open({ hosts: 3 });
  await rig.begin(4, blueGreen);
  await rig.deploy();
  await rig.at('BAKE_TIME');
  for (const task of rig.wantedOf(1).slice(0, 3)) rig.kill(task);
  await rig.cluster.until('blue is short', () => running(rig.wantedOf(1)).length === 1);
  await rig.stop();
  await rig.cluster.until('green is smaller', () => rig.wantedOf(2).length === 3);
  expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
  expect(rig.cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
});

it('shifts nothing and cleans nothing up while the target is short of tasks', async () => {
  rig = await StagedRig.open({ hosts: 1 });
  await rig.begin(8, { ...blueGreen, bakeTimeInMinutes: 1 });
  await rig.deploy();
  await rig.at('BAKE_TIME');
  // Room for one more than there are: what is missing of both fleets has no place.
  await rig.update({ desiredCount: 9 });
  await rig.cluster.clock.advance(30 * minute);
  expect((await rig.current()).lifecycleStage).toBe('BAKE_TIME');
  rig.cluster.addHost('host-late', {}).startAgent();
  expect((await rig.ended()).status).toBe('SUCCESSFUL');
  await rig.stable();
  expect(counts()).toEqual([0, 9]);
});

it('waits for the traffic at every shift, and during a rollback', async () => {
  const lag = 90_000;
  let asked: { weights: TrafficWeights; at: number } | undefined;
  const moves: number[] = [];
  rig = await StagedRig.open({
    traffic: ({ clock }) => ({
      holds: (_tx, _service, weights) => {
        const { testWeight, productionWeight } = weights;
        if (asked?.weights.productionWeight !== productionWeight || asked.weights.testWeight !== testWeight)
          asked = { weights: { testWeight, productionWeight }, at: clock.now() };
        const isThere = clock.now() - asked.at >= lag;
        if (isThere && moves.at(-1) !== productionWeight) moves.push(productionWeight);
        return isThere;
      },
    }),
  });
  await rig.begin(2, { ...linear, ...pause('POST_PRODUCTION_TRAFFIC_SHIFT') });
  await rig.deploy();
  await rig.at('PRODUCTION_TRAFFIC_SHIFT', 1);
  const begun = rig.cluster.clock.now();
  await rig.at('PRODUCTION_TRAFFIC_SHIFT', 2);
  // The lag, then the bake time of the step.
  expect(rig.cluster.clock.now() - begun).toBeGreaterThanOrEqual(lag + 3 * minute);
  await rig.answer('ROLLBACK');
  await rig.cluster.clock.advance(lag - 5000);
  expect(counts()).toEqual([2, 2]);
  expect((await rig.ended()).status).toBe('ROLLBACK_SUCCESSFUL');
  expect(moves).toEqual([0, 50, 100, 0]);
});
