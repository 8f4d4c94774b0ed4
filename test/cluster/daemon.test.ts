// Daemons in a whole cluster: one on every instance, whatever comes, goes, drains, breaks or is rolled out.
import { afterEach, describe, expect, it } from 'vitest';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { containerLike, missingImage } from './behaviours.ts';
import { saidBy, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;

describe('a daemon service', () => {
  let cluster: SimulatedCluster;
  let log: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (hosts: number, seed = 1): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed, hosts });
    log = new ServiceClient(cluster, 'log');
    await log.register('server');
  };
  const create = (more: object = {}) => log.create(undefined, { schedulingStrategy: 'DAEMON', ...more });
  const setState = (host: SimulatedHost, status: 'ACTIVE' | 'DRAINING') =>
    cluster.ask('UpdateContainerInstancesState', { containerInstances: [host.instanceArn], status });

  const runsOn = (host: SimulatedHost): boolean =>
    log.wantedOn(host).length === 1 && log.wantedOn(host)[0]!.lastStatus === 'RUNNING';
  const revisions = (): readonly number[] =>
    log
      .wanted()
      .map(({ revision }) => revision)
      .toSorted((a, b) => a - b);

  it('is on every instance, counts them, and says so', async () => {
    await open(3);
    await create();
    const now = await log.stable();
    expect(now).toMatchObject({ desiredCount: 3, runningCount: 3 });
    expect(now.deployments).toMatchObject([{ status: 'PRIMARY', desiredCount: 3 }]);
    expect(cluster.hosts.every(runsOn)).toBe(true);
    expect(saidBy(now)).toEqual([
      '(service log) has started 3 tasks: (task) (task) (task).',
      '(service log) (deployment id) deployment completed.',
      '(service log) has reached a steady state.',
    ]);
    await cluster.clock.advance(60 * minute);
    expect(await log.describe()).toEqual(now);
  });

  it('is replaced where it ends, and nowhere else', async () => {
    await open(2);
    await create();
    await log.stable();
    const [victim] = log.wantedOn(cluster.hosts[0]!);
    cluster.hosts[0]!.engine.fake.find('app', victim!.arn)!.exit(1);
    await cluster.until(
      'it is replaced',
      () => runsOn(cluster.hosts[0]!) && log.wantedOn(cluster.hosts[0]!)[0] !== victim,
    );
    expect(cluster.tasks).toHaveLength(3);
  });

  it('comes with an instance before anything else does', async () => {
    await open(1);
    // A task that fills an instance, and more of it than there is room for.
    const big = new ServiceClient(cluster, 'big');
    await big.register('server', { cpu: 4096 - 256, memory: 64 });
    await create();
    await log.stable();
    await big.create(4);
    await cluster.until('it fills the instance', () => big.wanted().length === 1);
    for (const name of ['b', 'c', 'd']) cluster.addHost(name, {}).startAgent();
    await cluster.until('all are full', () => big.wanted().length === 4);
    expect(log.wanted()).toHaveLength(4);
    const now = await log.stable();
    expect(now.desiredCount).toBe(4);
    expect(saidBy(now).join()).not.toContain('unable to place');
  });

  it('is the last to leave an instance that drains, and comes back', async () => {
    await open(2);
    await create();
    await log.stable();
    const web = new ServiceClient(cluster);
    await web.create(4, { taskDefinition: 'log' });
    await cluster.until('web is there', () =>
      web.wanted().every(({ lastStatus }) => lastStatus === 'RUNNING'),
    );
    const [from] = cluster.hosts;
    const left: string[] = [];
    const stop = cluster.store.watch(tasks, (changes) => {
      for (const { before, after } of changes)
        if (after?.lastStatus === 'STOPPED' && before?.lastStatus !== 'STOPPED') left.push(after.group);
    });
    await setState(from!, 'DRAINING');
    expect((await log.describe()).desiredCount).toBe(1);
    await cluster.until(
      'it is empty',
      () => log.wantedOn(from!).length === 0 && web.wantedOn(from!).length === 0,
    );
    await cluster.until('all have stopped', () => left.length === 3);
    stop();
    expect(left).toEqual(['service:web', 'service:web', 'service:log']);
    await log.stable();
    await setState(from!, 'ACTIVE');
    await cluster.until('it is back', () => runsOn(from!));
    expect((await log.stable()).desiredCount).toBe(2);
  });

  it('goes with an instance', async () => {
    await open(2);
    await create();
    await log.stable();
    const [from] = cluster.hosts;
    await setState(from!, 'DRAINING');
    await cluster.until('it is empty', () => log.wantedOn(from!).length === 0);
    await cluster.clock.advance(minute);
    await cluster.ask('DeregisterContainerInstance', { containerInstance: from!.instanceArn });
    await cluster.clock.advance(20 * minute);
    expect(await log.stable()).toMatchObject({ desiredCount: 1, runningCount: 1 });
    expect(cluster.tasks).toHaveLength(2);
  });

  it('is where its constraints and its definition let it be, also when that changes', async () => {
    await open(2);
    const edge = cluster.addHost('edge', { place: 'edge' });
    edge.startAgent();
    await cluster.until('it is connected', () => cluster.connected === 3);
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:place == edge' }];
    await create({ placementConstraints });
    expect((await log.stable()).desiredCount).toBe(1);
    expect(runsOn(edge)).toBe(true);
    const [first] = cluster.hosts;
    const attribute = { name: 'place', value: 'edge', targetId: first!.instanceArn };
    await cluster.ask('PutAttributes', { attributes: [attribute] });
    await cluster.until('it is there too', () => runsOn(first!));
    expect((await log.stable()).desiredCount).toBe(2);
    await cluster.ask('PutAttributes', { attributes: [{ ...attribute, value: 'core' }] });
    await cluster.until('it has left', () => log.wantedOn(first!).length === 0);
    const now = await log.stable();
    expect(now.desiredCount).toBe(1);
    expect(saidBy(now)).toContain(
      '(service log) (task) no longer meets the placement constraints of the service.',
    );
  });

  it('says where there is no room, and comes once there is', async () => {
    await open(2);
    await cluster.ask('RegisterTaskDefinition', {
      family: 'big',
      containerDefinitions: [containerLike('server', 'app', { cpu: 4096, memory: 64, stopTimeout: 5 })],
    });
    const [host] = cluster.hosts;
    const { tasks: started } = await cluster.ask<{ tasks: { taskArn: string }[] }>('StartTask', {
      taskDefinition: 'big',
      containerInstances: [host!.instanceArn],
    });
    await create();
    await cluster.clock.advance(minute);
    expect(log.wanted()).toHaveLength(1);
    const now = await log.describe();
    expect(now).toMatchObject({ desiredCount: 2, runningCount: 1 });
    const id = host!.instanceArn!.split('/').at(-1);
    expect(now.events[0]!.message).toContain(
      `was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${id}) has insufficient CPU units available.`,
    );
    await cluster.ask('StopTask', { task: started[0]!.taskArn });
    await log.stable();
    expect(cluster.hosts.every(runsOn)).toBe(true);
  });

  it('stays where the agent is away, and is missed where it cannot start', async () => {
    await open(2);
    await create();
    await log.stable();
    const [away] = cluster.hosts;
    away!.killAgent();
    await cluster.until('it is gone', () => cluster.connected === 1);
    expect(await log.stable()).toMatchObject({ desiredCount: 2, runningCount: 2 });
    await log.register('server');
    await log.update({ taskDefinition: 'log' });
    await cluster.clock.advance(5 * minute);
    expect(revisions()).toEqual([1, 2]);
    expect((await log.describe()).deployments[0]!.rolloutState).toBe('IN_PROGRESS');
    away!.startAgent();
    await log.stable();
    expect(revisions()).toEqual([2, 2]);
  });

  it('waits for a lost host to tell what became of the old task', async () => {
    await open(2);
    await log.register('stubborn', { stopTimeout: 100 });
    await create();
    await log.stable();
    const [away] = cluster.hosts;
    const [old] = log.wantedOn(away!);
    await log.register('server');
    await log.update({ taskDefinition: 'log' });
    await cluster.until('it is told to stop', () => cluster.task(old!.arn)!.desiredStatus === 'STOPPED');
    away!.killAgent();
    await cluster.clock.advance(20 * minute);
    expect(cluster.task(old!.arn)!.lastStatus).toBe('RUNNING');
    away!.startAgent();
    await log.stable();
    expect(revisions()).toEqual([3, 3]);
  });

  const percents: [number, number, number][] = [
    [3, 0, 0],
    [4, 50, 2],
    [5, 50, 3],
    [3, 67, 3],
  ];
  it.each(percents)(
    'of %i rolls a revision out at %i per cent, never less than %i',
    async (count, least, fewest) => {
      await open(count);
      await create({ deploymentConfiguration: { minimumHealthyPercent: least, maximumPercent: 100 } });
      await log.stable();
      await log.register('server');
      await log.update({ taskDefinition: 'log' });
      if (fewest === count) {
        await cluster.clock.advance(10 * minute);
        expect(revisions()).toEqual(Array.from({ length: count }, () => 1));
        expect(saidBy(await log.describe()).at(-1)).toMatch(
          /was unable to stop or start tasks during a deployment/,
        );
        return;
      }
      const after = await log.stable();
      expect(after.deployments).toHaveLength(1);
      expect(revisions()).toEqual(Array.from({ length: count }, () => 2));
      expect(cluster.serviceInvariants.maxTasks).toBe(count);
      expect(cluster.serviceInvariants.minTasks).toBe(fewest);
      expect(saidBy(after).slice(-2)).toEqual([
        '(service log) (deployment id) deployment completed.',
        '(service log) has reached a steady state.',
      ]);
    },
  );

  it('is replaced where its health check fails', async () => {
    await open(2);
    await log.register('server', { healthCheck: { command: ['CMD', 'true'] } });
    await create();
    const check = (host: SimulatedHost, health: 'healthy' | 'unhealthy') =>
      host.engine.fake.find('app', log.wantedOn(host)[0]!.arn)!.become(health);
    await cluster.until('both run', () => cluster.hosts.every(runsOn));
    for (const host of cluster.hosts) check(host, 'healthy');
    await log.stable();
    const [sick] = cluster.hosts;
    const [first] = log.wantedOn(sick!);
    check(sick!, 'unhealthy');
    await cluster.until('it is replaced', () => runsOn(sick!) && log.wantedOn(sick!)[0]!.arn !== first!.arn);
    expect(cluster.task(first!.arn)).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
    check(sick!, 'healthy');
    await log.stable();
  });

  describe('that fails to start', () => {
    const breaker = (rollback: boolean) => ({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
    });

    it('goes back, where it is to', async () => {
      await open(3);
      await create(breaker(true));
      await log.stable();
      await log.register('missing');
      await log.update({ taskDefinition: 'log' });
      await cluster.clock.advance(5000);
      const after = await log.stable();
      expect(revisions()).toEqual([1, 1, 1]);
      expect(saidBy(after)).toContain('(service log) rolling back to deployment id.');
      expect((await log.history()).map(({ status }) => status)).toEqual([
        'ROLLBACK_SUCCESSFUL',
        'SUCCESSFUL',
      ]);
    });

    it('is, where it is not to go back, what served before wherever that is left or missing', async () => {
      await open(3);
      const { deploymentConfiguration } = breaker(false);
      await create({ deploymentConfiguration: { ...deploymentConfiguration, minimumHealthyPercent: 66 } });
      await log.stable();
      await log.register('missing');
      await log.update({ taskDefinition: 'log' });
      const everywhere = (): boolean => cluster.hosts.every(runsOn) && revisions().every((one) => one === 1);
      while ((await log.describe()).deployments[0]!.rolloutState !== 'FAILED')
        await cluster.clock.advance(1000);
      await cluster.until('the first is everywhere', everywhere, 10 * minute);
      const [dies] = log.wanted();
      cluster.hostOf(dies!).engine.fake.find('app', dies!.arn)!.exit(1);
      await cluster.until('it is gone', () => cluster.task(dies!.arn)!.lastStatus === 'STOPPED');
      await cluster.until('another is in its place', everywhere, minute);
      cluster.addHost('host-new', {}).startAgent();
      await cluster.until('it is on the new one too', () => cluster.connected === 4 && everywhere(), minute);
    });

    it('is allowed failures by the number of its instances', async () => {
      await open(9);
      await log.register('missing');
      await create(breaker(false));
      await cluster.clock.advance(minute);
      const [{ serviceDeploymentArn }] = (await log.history()) as unknown as [
        { serviceDeploymentArn: string },
      ];
      expect(
        await cluster.ask('DescribeServiceDeployments', { serviceDeploymentArns: [serviceDeploymentArn] }),
      ).toMatchObject({
        serviceDeployments: [
          { status: 'STOPPED', deploymentCircuitBreaker: { status: 'TRIGGERED', threshold: 5 } },
        ],
      });
    });

    it('goes back when it is asked to', async () => {
      await open(2);
      await create();
      await log.stable();
      await log.register('missing');
      await log.update({ taskDefinition: 'log' });
      await cluster.clock.advance(10_000);
      const { currentServiceDeployment } = (await log.describe()) as unknown as {
        currentServiceDeployment: string;
      };
      await cluster.ask('StopServiceDeployment', { serviceDeploymentArn: currentServiceDeployment });
      await log.stable();
      expect(revisions()).toEqual([1, 1]);
    });

    it('on one host, is tried there ever more seldom while the others run', async () => {
      await open(2);
      const bad = cluster.addHost('bad', {});
      for (const { engine } of cluster.hosts.slice(0, 2)) engine.fake.image(missingImage, {});
      await log.register('missing');
      bad.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 3);
      await create();
      await cluster.clock.advance(10 * minute);
      const tries = cluster.tasks.filter((task) => task.containerInstanceArn === bad.instanceArn).length;
      expect(tries).toBeGreaterThan(4);
      expect(tries).toBeLessThan(12);
      expect(saidBy(await log.describe()).join()).toContain(
        'is unable to consistently start tasks successfully',
      );
      expect(cluster.hosts.slice(0, 2).every(runsOn)).toBe(true);
      bad.engine.fake.image(missingImage, {});
      await log.stable(30 * minute);
      expect(runsOn(bad)).toBe(true);
    });
  });

  it('starts anew when that is forced', async () => {
    await open(2);
    await create();
    await log.stable();
    const before = log.wanted().map(({ arn }) => arn);
    await log.update({ forceNewDeployment: true });
    await log.stable();
    expect(log.wanted()).toHaveLength(2);
    expect(log.wanted().filter(({ arn }) => before.includes(arn))).toEqual([]);
  });

  it('is deleted without force', async () => {
    await open(2);
    await create();
    await log.stable();
    await cluster.ask('DeleteService', { service: 'log' });
    expect((await log.describe()).status).toBe('DRAINING');
    await cluster.until('nothing is left', () => log.wanted().length === 0);
    await cluster.clock.advance(minute);
    expect(await log.describe()).toMatchObject({ status: 'INACTIVE', desiredCount: 0, runningCount: 0 });
  });

  it('goes on with a rollout after its control plane died, and doubles nothing', async () => {
    for (const commits of [1, 2, 5, 9, 14]) {
      await open(3, commits);
      await create({ deploymentConfiguration: { minimumHealthyPercent: 60, maximumPercent: 100 } });
      await log.stable();
      await log.register('server');
      await log.update({ taskDefinition: 'log' });
      cluster.controlPlane.crashAfter(commits);
      await cluster.clock.advance(30_000);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.clock.advance(minute);
      await cluster.startControlPlane();
      await log.stable();
      expect(revisions()).toEqual([2, 2, 2]);
      expect(cluster.tasks.filter(({ revision }) => revision === 2)).toHaveLength(3);
      expect(cluster.invariants.violations).toEqual([]);
    }
  });

  const seeds = Array.from({ length: 8 }, (_, at) => at + 1);
  it.each(seeds)('is stable in the end whatever happens, seed %i', { timeout: 60_000 }, async (seed) => {
    await open(4, seed);
    await create({
      deploymentConfiguration: { minimumHealthyPercent: seed % 2 === 0 ? 50 : 0, maximumPercent: 100 },
    });
    const below = (limit: number): number => Math.floor(cluster.random.next() * limit);
    const any = (): SimulatedHost => cluster.hosts[below(cluster.hosts.length)]!;
    const whims: readonly (() => Promise<unknown>)[] = [
      () => log.register('server').then(() => log.update({ taskDefinition: 'log' })),
      () => log.update({ forceNewDeployment: true }),
      () =>
        log
          .register('missing')
          .then(() => log.update({ taskDefinition: 'log' }))
          .then(() => cluster.clock.advance(below(minute)))
          .then(() => log.register('server'))
          .then(() => log.update({ taskDefinition: 'log' })),
      () => setState(any(), below(2) === 0 ? 'DRAINING' : 'ACTIVE'),
      () =>
        cluster.ask('PutAttributes', {
          attributes: [{ name: 'spot', value: below(2) === 0 ? 'yes' : 'no', targetId: any().instanceArn }],
        }),
      () =>
        log.update({
          placementConstraints:
            below(2) === 0 ? [] : [{ type: 'memberOf', expression: 'not(attribute:spot == yes)' }],
        }),
      () => {
        for (const task of log.wanted().slice(0, 1 + below(2)))
          cluster.hostOf(task).engine.fake.find('app', task.arn)?.exit(1);
        return Promise.resolve();
      },
      () => {
        cluster.controlPlane.crash();
        return cluster.clock.advance(below(minute)).then(() => cluster.startControlPlane());
      },
      () => Promise.resolve(cluster.network.cutOff(any().name)),
      () => Promise.resolve(cluster.hosts.forEach(({ name }) => cluster.network.reconnect(name))),
    ];
    for (let step = 0; step < 25; step++) {
      await whims[below(whims.length)]!();
      await cluster.clock.advance(below(3) === 0 ? below(2 * minute) : below(2000));
    }
    for (const host of cluster.hosts) {
      cluster.network.reconnect(host.name);
      await setState(host, 'ACTIVE');
    }
    await log.update({ placementConstraints: [] });
    // An agent that was cut off reconnects at least every 35 minutes.
    await cluster.clock.advance(40 * minute);
    expect((await log.stable()).desiredCount).toBe(4);
    expect(cluster.hosts.every(runsOn)).toBe(true);
    cluster.invariants.checkConverged();
  });
});
