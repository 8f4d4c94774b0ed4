// Availability Zone rebalancing in a whole cluster: zones that come, go and come back, and what may stand in the way.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { missingImageError } from './behaviours.ts';
import { ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;

describe('a service that is to be even over availability zones', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const addZone = async (zone: string): Promise<SimulatedHost> => {
    const host = cluster.addHost(`host-${zone}`, { 'ecs.availability-zone': zone });
    host.startAgent();
    const before = cluster.connected;
    await cluster.until(`${zone} is there`, () => cluster.connected > before);
    return host;
  };
  const open = async (...zones: string[]): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 9, hosts: 0 });
    web = new ServiceClient(cluster);
    for (const zone of zones) await addZone(zone);
    await web.register('server');
  };
  const openWith = async (desiredCount: number, zones: readonly string[], more: object = {}) => {
    await open(...zones);
    await web.create(desiredCount, more);
    await web.stable();
    await cluster.clock.advance(minute);
  };
  const zonesOf = (tasks: readonly Task[]): Record<string, number> =>
    Object.fromEntries(
      [...Map.groupBy(tasks, ({ availabilityZone }) => availabilityZone!)]
        .map(([zone, of]) => [zone, of.length] as const)
        .sort(([one], [other]) => one.localeCompare(other)),
    );
  const even = (): Record<string, number> => zonesOf(web.wanted());
  const protect = () =>
    cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: web.wanted().map(({ arn }) => arn),
      protectionEnabled: true,
    });

  it('is placed evenly from the start', async () => {
    await openWith(6, ['a', 'b', 'c']);
    expect(even()).toEqual({ a: 2, b: 2, c: 2 });
    await cluster.clock.advance(60 * minute);
    expect(cluster.tasks).toHaveLength(6);
  });

  it('moves to a zone that is new, start before stop, and says so in order', async () => {
    await openWith(6, ['a', 'b']);
    const before = await web.said();
    await addZone('c');
    await cluster.clock.advance(10 * minute);
    expect(even()).toEqual({ a: 2, b: 2, c: 2 });
    expect(cluster.tasks).toHaveLength(8);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(6);
    expect((await web.said()).slice(before.length)).toEqual([
      '(service web) is not AZ balanced with 3 tasks in a, 3 in b, and 0 in c. AZ Rebalancing in progress.',
      '(service web) has started 2 tasks in c to AZ Rebalance: (task) (task).',
      '(service web) has stopped 1 running tasks in a due to AZ rebalancing: (task).',
      '(service web) has stopped 1 running tasks in b due to AZ rebalancing: (task).',
      '(service web) is AZ balanced with 2 tasks in a, 2 tasks in b, and 2 tasks in c.',
      '(service web) has reached a steady state.',
    ]);
    await cluster.clock.advance(120 * minute);
    expect(cluster.tasks).toHaveLength(8);
  });

  it('goes step by step where the maximum is tight', async () => {
    await openWith(4, ['a'], {
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 125 },
    });
    await addZone('b');
    await cluster.clock.advance(20 * minute);
    expect(even()).toEqual({ a: 2, b: 2 });
    expect(cluster.serviceInvariants.maxTasks).toBe(5);
  });

  const settings: [string, object][] = [
    ['switched off', { availabilityZoneRebalancing: 'DISABLED' }],
    ['the maximum is 100', { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } }],
    ['another strategy comes first', { placementStrategy: [{ type: 'binpack', field: 'cpu' }] }],
  ];
  it.each(settings)('stays where it is: %s', async (_why, more) => {
    await openWith(4, ['a'], more);
    await addZone('b');
    await cluster.clock.advance(30 * minute);
    expect(even()).toEqual({ a: 4 });
  });

  it('begins once it is switched on', async () => {
    await openWith(4, ['a'], { availabilityZoneRebalancing: 'DISABLED' });
    await addZone('b');
    await web.update({ availabilityZoneRebalancing: 'ENABLED' });
    await cluster.clock.advance(5 * minute);
    expect(even()).toEqual({ a: 2, b: 2 });
  });

  it('starts nothing in vain where all that could make way is protected', async () => {
    await openWith(4, ['a']);
    await protect();
    await addZone('b');
    await cluster.clock.advance(30 * minute);
    expect(even()).toEqual({ a: 4 });
    expect(cluster.tasks).toHaveLength(4);
    const told = (await web.said()).filter((message) => message.includes('protected tasks'));
    expect(told).toEqual([
      '(service web) was unable to reach steady state because task set (id) was unable to scale in. Reason: The number of protected tasks are more than the desired count of tasks.',
    ]);
    // Protection lapses after two hours.
    await cluster.clock.advance(120 * minute);
    expect(even()).toEqual({ a: 2, b: 2 });
  });

  it('says that a zone has no room, leaves nothing behind, and goes on once there is some', async () => {
    await openWith(6, ['a', 'b']);
    const before = await web.said();
    const full = await cluster.ask<{ taskDefinition: { taskDefinitionArn: string } }>(
      'RegisterTaskDefinition',
      {
        family: 'full',
        containerDefinitions: [{ name: 'app', image: 'busybox', cpu: 4096, memory: 512 }],
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.availability-zone == c' }],
      },
    );
    await web.update({ availabilityZoneRebalancing: 'DISABLED' });
    await addZone('c');
    const { tasks } = await cluster.ask<{ tasks: { taskArn: string }[] }>('RunTask', {
      taskDefinition: full.taskDefinition.taskDefinitionArn,
    });
    await web.update({ availabilityZoneRebalancing: 'ENABLED' });
    await cluster.clock.advance(60 * minute);
    expect(even()).toEqual({ a: 3, b: 3 });
    expect((await web.said()).slice(before.length)).toEqual([
      '(service web) is unable to place a task in c because no container instance met all of its requirements.',
      '(service web) has reached a steady state.',
    ]);
    expect(web.wanted()).toHaveLength(6);
    await cluster.ask('StopTask', { task: tasks[0]!.taskArn });
    await cluster.clock.advance(10 * minute);
    expect(even()).toEqual({ a: 2, b: 2, c: 2 });
  });

  it('does not try for ever where tasks do not start', async () => {
    await openWith(6, ['a', 'b']);
    const c = cluster.addHost('host-c', { 'ecs.availability-zone': 'c' });
    c.engine.fake.image('busybox', { failPull: missingImageError });
    c.engine.fake.image(`busybox@sha256:${'0'.repeat(64)}`, { failPull: missingImageError });
    c.startAgent();
    await cluster.clock.advance(60 * minute);
    expect(even()).toEqual({ a: 3, b: 3 });
    expect(cluster.tasks.length).toBeLessThanOrEqual(6 + 2 * 5);
  });

  it('leaves a zone that has not what the tasks ask for', async () => {
    await open('a', 'b');
    for (const { instanceArn } of cluster.hosts)
      await cluster.ask('PutAttributes', {
        attributes: [{ name: 'kind', value: 'big', targetId: instanceArn }],
      });
    await web.create(4, {
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:kind == big' }],
    });
    await web.stable();
    await addZone('c');
    await cluster.clock.advance(30 * minute);
    expect(even()).toEqual({ a: 2, b: 2 });
    expect((await web.said()).join()).not.toContain('AZ');
  });

  it('does without a zone that is lost, and is even again when it is back', async () => {
    await openWith(6, ['a', 'b', 'c']);
    cluster.network.cutOff('host-c');
    await cluster.clock.advance(10 * minute);
    expect(even()).toEqual({ a: 3, b: 3 });
    await web.stable();
    cluster.network.reconnect('host-c');
    // An agent that was cut off reconnects at least every 35 minutes.
    await cluster.clock.advance(45 * minute);
    expect(even()).toEqual({ a: 2, b: 2, c: 2 });
    cluster.invariants.checkConverged();
  });

  it('is not in the way of scaling and of rollouts', async () => {
    await openWith(6, ['a']);
    await addZone('b');
    await cluster.clock.advance(5000);
    await web.update({ desiredCount: 3 });
    await web.stable();
    await cluster.clock.advance(10 * minute);
    expect(Object.values(even()).toSorted((x, y) => x - y)).toEqual([1, 2]);
    await addZone('c');
    await web.update({ desiredCount: 9 });
    await cluster.clock.advance(1000);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await web.stable();
    await cluster.clock.advance(10 * minute);
    expect(even()).toEqual({ a: 3, b: 3, c: 3 });
    expect(web.wanted().every(({ revision }) => revision === 2)).toBe(true);
  });

  it('goes on after its control plane died', async () => {
    for (const commits of [1, 2, 4, 8]) {
      await openWith(6, ['a', 'b']);
      const host = cluster.addHost('host-c', { 'ecs.availability-zone': 'c' });
      host.startAgent();
      await cluster.until('it has begun', () => cluster.tasks.length > 6);
      cluster.controlPlane.crashAfter(commits);
      await cluster.clock.advance(minute);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.startControlPlane();
      await cluster.clock.advance(20 * minute);
      expect(even()).toEqual({ a: 2, b: 2, c: 2 });
      expect(cluster.tasks.length).toBeLessThanOrEqual(10);
      expect(cluster.invariants.violations).toEqual([]);
    }
  });
});
