// Deployments that go stage by stage while the control plane dies, and while anything may happen.
import { afterEach, expect, it } from 'vitest';
import { minute, StagedRig } from './staged-rig.ts';

let rig: StagedRig;
afterEach(() => {
  expect(rig.cluster.invariants.violations).toEqual([]);
});

const linear = {
  strategy: 'LINEAR',
  bakeTimeInMinutes: 3,
  linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 3 },
} as const;
const pause = (stage: string) => ({ lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: [stage] }] });
const counts = () => [rig.wantedOf(1).length, rig.wantedOf(2).length];

const commits = Array.from({ length: 14 }, (_, at) => 1 + at * 3);
it.each(commits)('goes on after the control plane died %i commits after its beginning', async (count) => {
  rig = await StagedRig.open({ seed: count });
  await rig.begin(3, {
    ...linear,
    lifecycleHooks: [
      { hookTargetArn: 'http://hooks/check', lifecycleStages: ['PRE_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'] },
    ],
  });
  await rig.deploy();
  rig.cluster.controlPlane.crashAfter(count);
  await rig.cluster.clock.advance(12 * minute);
  if (rig.cluster.controlPlane.isUp) rig.cluster.controlPlane.crash();
  await rig.cluster.clock.advance(5000);
  await rig.cluster.startControlPlane();
  rig.watch();
  expect((await rig.ended()).status).toBe('SUCCESSFUL');
  await rig.stable();
  expect(counts()).toEqual([0, 3]);
  expect([rig.madeOf(1), rig.madeOf(2)]).toEqual([3, 3]);
});

const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
it.each(seeds)('comes to an end whatever happens to it, seed %i', { timeout: 120_000 }, async (seed) => {
  rig = await StagedRig.open({ seed, hosts: 3 });
  const { cluster, hooks } = rig;
  const below = (limit: number): number => Math.floor(cluster.random.next() * limit);
  const oneOf = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const short = { bakeTimeInMinutes: 1 };
  const strategies = [
    { strategy: 'ROLLING' },
    { ...short, strategy: 'BLUE_GREEN' },
    { ...short, strategy: 'CANARY', canaryConfiguration: { canaryBakeTimeInMinutes: 1 } },
    { ...short, strategy: 'LINEAR', linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 1 } },
  ];
  const stages = ['PRE_SCALE_UP', 'POST_SCALE_UP', 'POST_TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'];
  const configuration = (): object => {
    const of = oneOf(strategies);
    const hook = { hookTargetArn: 'http://hooks/check', lifecycleStages: [oneOf(stages)] };
    const breakers = { enable: below(2) === 0, rollback: below(2) === 0 };
    const lifecycleHooks = [
      ...(below(2) === 0 ? [hook] : []),
      ...(below(3) === 0 ? pause('POST_SCALE_UP').lifecycleHooks : []),
    ];
    return {
      ...of,
      deploymentCircuitBreaker: breakers,
      ...(of.strategy === 'ROLLING' ? {} : { lifecycleHooks }),
    };
  };
  hooks.script = () =>
    oneOf([
      { hookStatus: 'SUCCEEDED' },
      { hookStatus: 'IN_PROGRESS' },
      { hookStatus: 'FAILED' },
      new Error('no route'),
    ]);
  const change = (more: object = {}) =>
    rig.update({ taskDefinition: 'web', deploymentConfiguration: configuration(), ...more });
  const ignore = (call: Promise<unknown>) => call.catch(() => undefined);
  const answer = (action: 'CONTINUE' | 'ROLLBACK') => {
    const { arn, lifecycleHooks } = rig.record();
    const waiting = lifecycleHooks.find(({ status }) => status === 'AWAITING_ACTION');
    const input = { serviceDeploymentArn: arn, hookId: waiting?.id ?? 'none', action };
    return ignore(cluster.ask('ContinueServiceDeployment', input));
  };
  await rig.begin(3, {});
  const whims: readonly (() => Promise<unknown>)[] = [
    () => rig.update({ desiredCount: below(7) }),
    () => rig.register().then(() => change()),
    () => change({ forceNewDeployment: true }),
    () =>
      rig
        .register('missing')
        .then(() => change())
        .then(() => cluster.clock.advance(below(2 * minute)))
        .then(() => rig.register())
        .then(() => change()),
    () =>
      cluster.ask('UpdateContainerInstancesState', {
        containerInstances: [oneOf(cluster.hosts).instanceArn],
        status: oneOf(['DRAINING', 'ACTIVE']),
      }),
    () =>
      Promise.resolve(
        cluster.tasks
          .filter((task) => task.lastStatus === 'RUNNING')
          .slice(0, 1 + below(3))
          .forEach((task) => rig.kill(task)),
      ),
    () => rig.restart(),
    () => ignore(rig.stop()),
    () => answer('CONTINUE'),
    () => answer('ROLLBACK'),
    () => Promise.resolve(cluster.network.cutOff(oneOf(cluster.hosts).name)),
    () => Promise.resolve(cluster.hosts.forEach(({ name }) => cluster.network.reconnect(name))),
  ];
  for (let step = 0; step < 40; step++) {
    await oneOf(whims)();
    await cluster.clock.advance(below(3) === 0 ? below(3 * minute) : below(3000));
  }
  hooks.script = () => ({ hookStatus: 'SUCCEEDED' });
  for (const { name } of cluster.hosts) cluster.network.reconnect(name);
  const containerInstances = cluster.hosts.map(({ instanceArn }) => instanceArn);
  await cluster.ask('UpdateContainerInstancesState', { containerInstances, status: 'ACTIVE' });
  // An agent that was cut off reconnects at least every 35 minutes.
  await cluster.clock.advance(40 * minute);
  await rig.register();
  const strategy = oneOf(strategies);
  await rig.update({ taskDefinition: 'web', deploymentConfiguration: { ...strategy, lifecycleHooks: [] } });
  expect((await rig.ended()).status).toBe('SUCCESSFUL');
  const after = await rig.stable();
  await cluster.clock.advance(5 * minute);
  const wanted = cluster.tasks.filter((task) => task.desiredStatus === 'RUNNING');
  expect(wanted).toHaveLength(after.desiredCount);
  cluster.invariants.checkConverged();
});
