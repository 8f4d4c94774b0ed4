// Task sets in a whole cluster: each has its share of its service's tasks, whatever happens to them.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { missingImage } from './behaviours.ts';
import { saidBy, ServiceClient, type SeenTaskSet } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
/** What the operations of task sets ask to be told. */
const web = { cluster: 'default', service: 'web' };

describe('a service with task sets', () => {
  let cluster: SimulatedCluster;
  let service: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  /** Service `web` of so many tasks, in a cluster of so many hosts. */
  const open = async (hosts: number, desiredCount: number, seed = 1): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed, hosts });
    service = new ServiceClient(cluster);
    await service.register('server');
    const deploymentController = { type: 'EXTERNAL' };
    await cluster.ask('CreateService', { serviceName: 'web', deploymentController, desiredCount });
  };
  const percent = (value: number) => ({ scale: { unit: 'PERCENT', value } });
  const add = async (value: number, more: object = {}): Promise<SeenTaskSet> => {
    const asked = { ...web, taskDefinition: 'web', ...percent(value), ...more };
    return (await cluster.ask<{ taskSet: SeenTaskSet }>('CreateTaskSet', asked)).taskSet;
  };
  const scale = ({ id: taskSet }: SeenTaskSet, value: number) =>
    cluster.ask('UpdateTaskSet', { ...web, taskSet, ...percent(value) });
  const remove = ({ id: taskSet }: SeenTaskSet, force = false) =>
    cluster.ask('DeleteTaskSet', { ...web, taskSet, force });
  const now = async ({ id }: SeenTaskSet): Promise<SeenTaskSet> =>
    (await service.describe()).taskSets.find((one) => one.id === id)!;

  const wanted = (set?: SeenTaskSet): readonly Task[] =>
    cluster.tasks.filter(
      (task) =>
        task.desiredStatus === 'RUNNING' &&
        task.lastStatus !== 'STOPPED' &&
        (set === undefined || task.deploymentId === set.id),
    );
  const kill = (task: Task): void => cluster.hostOf(task).engine.fake.find('app', task.arn)?.exit(1);
  const steady = async (set: SeenTaskSet, limit = 30 * minute): Promise<SeenTaskSet> => {
    const end = cluster.clock.now() + limit;
    for (;;) {
      const found = await now(set);
      if (found.stabilityStatus === 'STEADY_STATE') return found;
      if (cluster.clock.now() >= end)
        throw new Error(`never steady: ${JSON.stringify(await service.describe(), null, 1)}`);
      await cluster.clock.advance(500);
    }
  };

  it('moves from blue to green and back as its own scheduler says', async () => {
    await open(2, 4);
    const blue = await add(100);
    expect(blue).toMatchObject({ status: 'ACTIVE', stabilityStatus: 'STABILIZING', computedDesiredCount: 4 });
    expect(await steady(blue)).toMatchObject({ runningCount: 4, pendingCount: 0 });
    expect(
      wanted(blue).every(({ startedBy, group }) => startedBy === blue.id && group === 'service:web'),
    ).toBe(true);
    await cluster.ask('UpdateServicePrimaryTaskSet', { ...web, primaryTaskSet: blue.id });
    await service.register('server');
    const green = await add(100);
    expect(await steady(green)).toMatchObject({ runningCount: 4 });
    expect(wanted(blue)).toHaveLength(4);
    await cluster.ask('UpdateServicePrimaryTaskSet', { ...web, primaryTaskSet: green.id });
    await scale(blue, 0);
    expect(await steady(blue)).toMatchObject({ runningCount: 0, computedDesiredCount: 0 });
    await remove(blue);
    await cluster.clock.advance(minute);
    const after = await service.describe();
    expect(after.taskSets).toMatchObject([{ id: green.id, status: 'PRIMARY', runningCount: 4 }]);
    expect(after.taskDefinition).toMatch(/web:2$/);
    expect(after.runningCount).toBe(4);
    expect(saidBy(after)).toEqual([
      '(service web) has started 4 tasks: (task) (task) (task) (task).',
      '(service web) has reached a steady state.',
      '(service web) has started 4 tasks: (task) (task) (task) (task).',
      '(service web) has reached a steady state.',
      '(service web) has stopped 4 running tasks: (task) (task) (task) (task).',
      '(service web) has reached a steady state.',
    ]);
    await cluster.clock.advance(60 * minute);
    expect(await service.describe()).toEqual(after);
  });

  it('has the share of each set, rounded up, also when the whole changes', async () => {
    await open(2, 5);
    const [most, some] = [await add(75), await add(25)];
    await steady(most);
    await steady(some);
    expect([wanted(most).length, wanted(some).length]).toEqual([4, 2]);
    await cluster.ask('UpdateService', { service: 'web', desiredCount: 8 });
    await cluster.until('both have grown', () => wanted(most).length === 6 && wanted(some).length === 2);
    await cluster.ask('UpdateService', { service: 'web', desiredCount: 1 });
    await cluster.until('both have shrunk', () => wanted(most).length === 1 && wanted(some).length === 1);
    await steady(most);
  });

  it('replaces what ends, in its own set', async () => {
    await open(2, 3);
    const [one, other] = [await add(100), await add(100)];
    await steady(one);
    await steady(other);
    const { stabilityStatusAt } = await now(one);
    const [victim] = wanted(one);
    kill(victim!);
    await cluster.until('it is replaced', () => wanted(one).length === 3 && !wanted(one).includes(victim!));
    expect((await steady(one)).stabilityStatusAt).toBeGreaterThan(stabilityStatusAt);
    expect(cluster.tasks.filter(({ deploymentId }) => deploymentId === other.id)).toHaveLength(3);
  });

  it('is not steady before its health checks pass, and replaces a task whose checks fail', async () => {
    await open(1, 2);
    await service.register('server', { healthCheck: { command: ['CMD', 'true'] } });
    const set = await add(100);
    await cluster.until(
      'both run',
      () => wanted(set).filter((task) => task.lastStatus === 'RUNNING').length === 2,
    );
    const check = (task: Task, health: 'healthy' | 'unhealthy') =>
      cluster.hostOf(task).engine.fake.find('app', task.arn)!.become(health);
    await cluster.clock.advance(minute);
    expect(await now(set)).toMatchObject({ runningCount: 2, stabilityStatus: 'STABILIZING' });
    const before = wanted(set);
    for (const task of before) check(task, 'healthy');
    await steady(set);
    const [sick] = before;
    check(sick!, 'unhealthy');
    await cluster.until(
      'a third runs',
      () => wanted(set).filter((task) => task.lastStatus === 'RUNNING').length === 3,
    );
    expect((await now(set)).stabilityStatus).toBe('STABILIZING');
    check(
      wanted(set).find(({ arn }) => before.every((task) => task.arn !== arn))!,
      'healthy',
    );
    await steady(set);
    expect(cluster.task(sick!.arn)!.stoppedReason).toBe('Task failed container health checks');
  });

  it('never scales in a protected task, and says so', async () => {
    await open(1, 3);
    const set = await add(100);
    await steady(set);
    const [kept] = wanted(set);
    await cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: [kept!.arn],
      protectionEnabled: true,
      expiresInMinutes: 30,
    });
    await scale(set, 0);
    await cluster.until('the others stop', () => wanted(set).length === 1);
    expect(wanted(set)[0]!.arn).toBe(kept!.arn);
    await cluster.clock.advance(minute);
    expect(saidBy(await service.describe()).at(-1)).toBe(
      '(service web) was unable to reach steady state because task set (id) was unable to scale in. Reason: The number of protected tasks are more than the desired count of tasks.',
    );
    await cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: [kept!.arn],
      protectionEnabled: false,
    });
    await steady(set);
  });

  it('moves off an instance that drains, replacements first', async () => {
    await open(2, 4);
    const set = await add(100);
    await steady(set);
    await cluster.clock.advance(minute);
    const [from] = cluster.hosts;
    await cluster.ask('UpdateContainerInstancesState', {
      containerInstances: [from!.instanceArn],
      status: 'DRAINING',
    });
    const there = (): number =>
      wanted(set).filter((task) => task.containerInstanceArn === from!.instanceArn).length;
    await cluster.until('it is empty', () => there() === 0 && wanted(set).length === 4);
    await steady(set);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
  });

  it('says that there is no room, and goes on once there is', async () => {
    await open(1, 20);
    const set = await add(100);
    await cluster.clock.advance(2 * minute);
    expect(wanted(set)).toHaveLength(16);
    expect(await now(set)).toMatchObject({ stabilityStatus: 'STABILIZING', runningCount: 16 });
    expect(saidBy(await service.describe()).at(-1)).toMatch(/was unable to place a task .* insufficient/);
    cluster.addHost('host-late', {}).startAgent();
    expect(await steady(set)).toMatchObject({ runningCount: 20 });
  });

  it('runs where the capacity providers of each set say', async () => {
    await open(1, 4);
    for (const name of ['p', 'q']) {
      const group = { 'longshore.auto-scaling-group': name };
      cluster.addHost(name, group).startAgent();
      await cluster.ask('CreateCapacityProvider', {
        name,
        autoScalingGroupProvider: { autoScalingGroupArn: name },
      });
    }
    await cluster.until('all are connected', () => cluster.connected === 3);
    await cluster.ask('PutClusterCapacityProviders', {
      cluster: 'default',
      capacityProviders: ['p', 'q'],
      defaultCapacityProviderStrategy: [],
    });
    const strategy = (p: number, q: number) => ({
      capacityProviderStrategy: [
        { capacityProvider: 'p', weight: p },
        { capacityProvider: 'q', weight: q },
      ],
    });
    const [one, other] = [await add(100, strategy(1, 1)), await add(100, strategy(3, 1))];
    await steady(one);
    await steady(other);
    const on = (set: SeenTaskSet): readonly string[] =>
      wanted(set)
        .map((task) => `${task.capacityProviderName} on ${cluster.hostOf(task).name}`)
        .toSorted();
    expect(on(one)).toEqual(['p on p', 'p on p', 'q on q', 'q on q']);
    expect(on(other)).toEqual(['p on p', 'p on p', 'p on p', 'q on q']);
  });

  it('tries a failing start ever more seldom, and lets other sets be', async () => {
    await open(1, 1);
    const good = await add(100);
    await steady(good);
    await service.register('missing');
    const bad = await add(100);
    await cluster.clock.advance(10 * minute);
    const tries = cluster.tasks.filter(({ deploymentId }) => deploymentId === bad.id).length;
    expect(tries).toBeGreaterThan(4);
    expect(tries).toBeLessThan(12);
    expect(saidBy(await service.describe()).join()).toContain(
      'is unable to consistently start tasks successfully',
    );
    kill(wanted(good)[0]!);
    await cluster.clock.advance(5000);
    expect(await steady(good)).toMatchObject({ runningCount: 1 });
    for (const { engine } of cluster.hosts) engine.fake.image(missingImage, {});
    await steady(bad, 60 * minute);
  });

  it('deletes a set that still runs by force, and the service with all of its sets', async () => {
    await open(1, 2);
    const [one, other] = [await add(100), await add(100)];
    await steady(one);
    await steady(other);
    await remove(one, true);
    expect(await now(one)).toMatchObject({ status: 'DRAINING', computedDesiredCount: 0 });
    await cluster.until('it has stopped', () => wanted(one).length === 0);
    await cluster.clock.advance(minute);
    expect((await service.describe()).taskSets.map(({ id }) => id)).toEqual([other.id]);
    await cluster.ask('DeleteService', { service: 'web', force: true });
    expect((await service.describe()).status).toBe('DRAINING');
    await cluster.until('nothing is left', () => wanted().length === 0);
    await cluster.clock.advance(minute);
    expect(await service.describe()).toMatchObject({ status: 'INACTIVE', runningCount: 0, taskSets: [] });
  });

  it('goes on after its control plane died, and doubles nothing', async () => {
    for (const commits of [1, 2, 4, 8, 13]) {
      await open(2, 4, commits);
      const blue = await add(100);
      await steady(blue);
      const green = await add(0);
      const scaling = scale(green, 100);
      cluster.controlPlane.crashAfter(commits);
      await scaling.catch(() => undefined);
      await cluster.clock.advance(20_000);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.clock.advance(minute);
      await cluster.startControlPlane();
      await scale(green, 100);
      await steady(green);
      expect(cluster.tasks).toHaveLength(8);
      expect(cluster.invariants.violations).toEqual([]);
    }
  });

  const seeds = Array.from({ length: 8 }, (_, at) => at + 1);
  it.each(seeds)('is steady in the end whatever happens, seed %i', { timeout: 60_000 }, async (seed) => {
    await open(3, 3, seed);
    const sets = [await add(100), await add(50)];
    const below = (limit: number): number => Math.floor(cluster.random.next() * limit);
    const any = () => cluster.hosts[below(3)]!;
    const whims: readonly (() => Promise<unknown>)[] = [
      () => cluster.ask('UpdateService', { service: 'web', desiredCount: below(7) }),
      () => scale(sets[below(2)]!, below(5) * 25),
      () => cluster.ask('UpdateServicePrimaryTaskSet', { ...web, primaryTaskSet: sets[below(2)]!.id }),
      async () => {
        const at = below(2);
        await remove(sets[at]!, true);
        sets[at] = await add(below(5) * 25);
      },
      () =>
        cluster.ask('UpdateContainerInstancesState', {
          containerInstances: [any().instanceArn],
          status: below(2) === 0 ? 'DRAINING' : 'ACTIVE',
        }),
      () =>
        Promise.resolve(
          wanted()
            .slice(0, 1 + below(3))
            .forEach((task) => kill(task)),
        ),
      () => {
        cluster.controlPlane.crash();
        return cluster.clock.advance(below(minute)).then(() => cluster.startControlPlane());
      },
      () => Promise.resolve(cluster.network.cutOff(any().name)),
      () => Promise.resolve(cluster.hosts.forEach(({ name }) => cluster.network.reconnect(name))),
    ];
    for (let step = 0; step < 25; step++) {
      await whims[below(whims.length)]!().catch((error: unknown) => {
        // Sets that are deleted stay for as long as their tasks.
        if (!String(error).includes('exceeds the maximum limit')) throw error;
      });
      await cluster.clock.advance(below(3) === 0 ? below(2 * minute) : below(2000));
    }
    for (const { name } of cluster.hosts) cluster.network.reconnect(name);
    const containerInstances = cluster.hosts.map(({ instanceArn }) => instanceArn);
    await cluster.ask('UpdateContainerInstancesState', { containerInstances, status: 'ACTIVE' });
    // An agent that was cut off reconnects at least every 35 minutes.
    await cluster.clock.advance(40 * minute);
    const after = await service.describe();
    for (const set of after.taskSets) expect((await steady(set)).runningCount).toBe(set.computedDesiredCount);
    expect(after.taskSets).toHaveLength(2);
    cluster.invariants.checkConverged();
  });
});
