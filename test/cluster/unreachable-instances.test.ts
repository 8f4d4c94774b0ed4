// Services whose hosts fall silent: what is replaced and when, and what is left when the hosts come back.
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog, type Log } from '../../src/lib/log.ts';
import { disconnectedAgents } from '../../src/aws/ecs/state/instance/disconnected-agents.ts';
import { containersOn, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { isAbandoned } from '../../src/aws/ecs/state/task/task-scheduling.ts';

const minute = 60_000;
/** Silence that is noticed (75 s) and lasts (5 min). */
const grace = 7 * minute;
/** An agent that was cut off reconnects at least every 35 minutes. */
const reconnected = 40 * minute;

describe('a service with a host that does not answer', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;
  let first: SimulatedHost;
  let second: SimulatedHost;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (hosts = 2): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 5, hosts });
    web = new ServiceClient(cluster);
    await web.register('server');
    [first, second] = [cluster.hosts[0]!, cluster.hosts[1]!];
  };
  const openWith = async (desiredCount: number, hosts = 2, more: object = {}): Promise<void> => {
    await open(hosts);
    await web.create(desiredCount, more);
    await web.stable();
  };
  const ids = (tasks: readonly { readonly arn: string }[]): readonly string[] => tasks.map(({ arn }) => arn);
  const made = (): number => cluster.tasks.length;
  const comesBack = async (host: SimulatedHost): Promise<void> => {
    cluster.network.reconnect(host.name);
    host.startAgent();
    await cluster.until('it is connected', () => cluster.connected === cluster.hosts.length, reconnected);
    await cluster.clock.advance(2 * minute);
  };
  const checkQuiet = (): void => {
    cluster.invariants.checkConverged();
    expect(cluster.invariants.violations).toEqual([]);
  };

  it('has it in the log: that a host is away, lost, and back; nothing of connections that are renewed', async () => {
    const told: string[] = [];
    const warn = (_fields: object, message: string): void => void told.push(message);
    const log: Log = { ...silentLog, warn, child: () => log };
    cluster = await SimulatedCluster.open({ seed: 5, hosts: 2, log });
    await cluster.clock.advance(90 * minute);
    expect(told).toEqual([]);
    const [host] = cluster.hosts;
    cluster.network.cutOff(host!.name);
    await cluster.until('it is silent', () => cluster.connected === 1);
    await cluster.clock.advance(grace);
    await comesBack(host!);
    expect(told).toEqual([
      'A container instance does not answer: its agent has been away for 10 s. Its tasks may still run.',
      'A container instance is lost: its agent has been silent for 300 s. Services replace the tasks there.',
      expect.stringMatching(/^A container instance is back after \d+ s\.$/),
    ]);
  });

  it('has in the log which hosts have not come back after a start, once', async () => {
    const told: string[] = [];
    const warn = (_fields: object, message: string): void => void told.push(message);
    const log: Log = { ...silentLog, warn, child: () => log };
    cluster = await SimulatedCluster.open({ seed: 5, hosts: 3, log });
    cluster.network.cutOff(cluster.hosts[0]!.name);
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    await cluster.clock.advance(4 * minute);
    expect(told).toEqual([
      expect.stringMatching(
        /^1 container instance has not come back since the start of the control plane: mi-\w+\. Its tasks may still run\.$/,
      ),
    ]);
    await comesBack(cluster.hosts[0]!);
    expect(told.at(-1)).toMatch(/^A container instance is back after \d+ s\.$/);
  });

  it('keeps a host lost while the only other one renews its connection', async () => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    const isLost = (): boolean =>
      cluster.store.view((tx) => [...tx.table(disconnectedAgents).all()].some((one) => one.isLost));
    expect(isLost()).toBe(true);
    const replaced = made();
    for (let minutes = 0; minutes < 120; minutes++) {
      await cluster.clock.advance(minute);
      expect(isLost()).toBe(true);
    }
    expect(made()).toBe(replaced);
    await comesBack(first);
    checkQuiet();
  });

  it('does nothing when the host is back in time', async () => {
    await openWith(4);
    const before = ids(web.wanted());
    cluster.network.cutOff(first.name);
    await cluster.until('it is silent', () => cluster.connected === 1);
    await cluster.clock.advance(4 * minute);
    first.killAgent();
    await comesBack(first);
    await cluster.clock.advance(10 * minute);
    expect(ids(web.wanted())).toEqual(before);
    expect(made()).toBe(4);
    checkQuiet();
  });

  it('replaces its tasks after the grace, and doubles nothing when it is back', async () => {
    await openWith(4);
    const lost = web.wantedOn(first);
    expect(lost).toHaveLength(2);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    expect(web.wantedOn(second)).toHaveLength(4);
    for (const { arn } of lost)
      expect(cluster.task(arn)).toMatchObject({
        desiredStatus: 'STOPPED',
        // Nobody has heard of an end.
        lastStatus: 'RUNNING',
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: expect.stringMatching(
          /^Container instance \w{32} has been silent for 5 minutes$/,
        ) as unknown,
      });
    const now = await web.stable();
    expect(now.runningCount).toBe(4);
    expect((await web.said()).slice(-3)).toEqual([
      '(service web) has started 2 tasks: (task) (task).',
      '(service web) has abandoned 2 tasks on (instance), which has been silent for 5 minutes: (task) (task).',
      '(service web) has reached a steady state.',
    ]);
    expect(containersOn(first)).toBe(2);
    const kept = ids(web.wanted());
    await comesBack(first);
    expect(containersOn(first)).toBe(0);
    expect(ids(web.wanted())).toEqual(kept);
    expect(made()).toBe(6);
    for (const { arn } of lost) expect(cluster.task(arn)?.lastStatus).toBe('STOPPED');
    checkQuiet();
  });

  it('keeps what lost tasks hold on their instance until their end is known', async () => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    const { containerInstances } = await cluster.ask<{
      containerInstances: { remainingResources: { name: string; integerValue: number }[] }[];
    }>('DescribeContainerInstances', { containerInstances: [first.instanceArn] });
    const cpu = containerInstances[0]!.remainingResources.find(({ name }) => name === 'CPU')!.integerValue;
    expect(cpu).toBe(4 * 1024 - 2 * 256);
  });

  it('leaves standalone tasks', async () => {
    await open();
    const { tasks } = await cluster.ask<{ tasks: { taskArn: string }[] }>('RunTask', {
      taskDefinition: 'web',
      count: 2,
    });
    await cluster.until('both run', () => cluster.tasks.every(({ lastStatus }) => lastStatus === 'RUNNING'));
    for (const { name } of cluster.hosts.slice(0, 1)) cluster.network.cutOff(name);
    await cluster.clock.advance(60 * minute);
    for (const { taskArn } of tasks) expect(cluster.task(taskArn)?.desiredStatus).toBe('RUNNING');
  });

  it('abandons only what another host has room for', async () => {
    // 16 fit on a host.
    await openWith(24);
    const [here, there] = [web.wantedOn(first).length, web.wantedOn(second).length];
    expect([here, there]).toEqual([12, 12]);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(30 * minute);
    expect(web.wantedOn(second)).toHaveLength(16);
    expect(web.wantedOn(first)).toHaveLength(8);
    await comesBack(first);
    const after = await web.stable();
    expect(after.runningCount).toBe(24);
    expect(made()).toBe(28);
    checkQuiet();
  });

  it('abandons nothing where no host is left', async () => {
    await openWith(4);
    const before = ids(web.wanted());
    for (const { name } of cluster.hosts) cluster.network.cutOff(name);
    await cluster.clock.advance(60 * minute);
    expect(ids(web.wanted())).toEqual(before);
    expect((await web.said()).at(-1)).toContain('encountered error "AGENT"');
    for (const { name } of cluster.hosts) cluster.network.reconnect(name);
    await cluster.clock.advance(reconnected);
    expect(ids(web.wanted())).toEqual(before);
    expect(made()).toBe(4);
    checkQuiet();
  });

  it('starts at once on a host that is new where all others are lost', async () => {
    await openWith(4);
    for (const { name } of cluster.hosts) cluster.network.cutOff(name);
    await cluster.clock.advance(60 * minute);
    const third = cluster.addHost('host-new', {});
    third.startAgent();
    await cluster.until('it is connected', () => cluster.connected === 1);
    await cluster.clock.advance(minute);
    expect(web.wantedOn(third)).toHaveLength(4);
  });

  it('counts the time without a connection anew when the control plane was down', async () => {
    await openWith(4);
    const before = ids(web.wanted());
    cluster.controlPlane.crash();
    await cluster.clock.advance(60 * minute);
    await cluster.startControlPlane();
    await cluster.until('all are back', () => cluster.connected === 2, reconnected);
    await cluster.clock.advance(10 * minute);
    expect(ids(web.wanted())).toEqual(before);
    first.killAgent();
    await cluster.until('it is silent', () => cluster.connected === 1);
    await cluster.clock.advance(4 * minute);
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    await cluster.clock.advance(4 * minute);
    expect(ids(web.wanted())).toEqual(before);
    await cluster.clock.advance(2 * minute);
    expect(web.wantedOn(second)).toHaveLength(4);
  });

  it('still knows after a restart what it had abandoned', async () => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    await web.stable();
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    await cluster.clock.advance(minute);
    expect((await web.stable()).runningCount).toBe(4);
    expect(made()).toBe(6);
    await comesBack(first);
    expect(made()).toBe(6);
    checkQuiet();
  });

  it('completes a rollout that was under way', async () => {
    await openWith(4);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(15_000);
    cluster.network.cutOff(first.name);
    const after = await web.stable();
    expect(after.deployments[0]!.taskDefinition).toMatch(/web:2$/);
    expect(web.wantedOn(second).filter(({ revision }) => revision === 2)).toHaveLength(4);
    await comesBack(first);
    expect(web.wanted()).toHaveLength(4);
    checkQuiet();
  });

  it('rolls out and rolls back while a host is lost', async () => {
    await openWith(4, 2, {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    await web.register('missing');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(5000);
    expect((await web.stable()).deployments[0]!.taskDefinition).toMatch(/web:1$/);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    expect((await web.stable()).deployments[0]!.taskDefinition).toMatch(/web:3$/);
  });

  const deletions: readonly [string, () => Promise<void>][] = [
    ['is lost', () => cluster.clock.advance(grace)],
    ['is about to be lost', () => cluster.clock.advance(minute)],
  ];
  it.each(deletions)('is deleted while its host %s', async (_when, pass) => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await pass();
    await cluster.ask('DeleteService', { service: 'web', force: true });
    // The waiter services-inactive asks 40 times, every 15 s.
    await cluster.clock.advance(10 * minute);
    expect((await web.describe()).status).toBe('INACTIVE');
    expect(containersOn(second)).toBe(0);
    await web.create(2);
    await web.stable();
    await comesBack(first);
    expect(web.wanted()).toHaveLength(2);
    expect(containersOn(first)).toBe(web.wantedOn(first).length);
    checkQuiet();
  });

  it('does not wait for tasks that were stopping when their host was lost', async () => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    const after = await web.stable();
    expect(after.deployments[0]!.taskDefinition).toMatch(/web:2$/);
    expect(cluster.tasks.filter(isAbandoned).length).toBeGreaterThanOrEqual(2);
    await comesBack(first);
    checkQuiet();
  });

  it('replaces protected tasks too', async () => {
    await openWith(2);
    const lost = web.wantedOn(first);
    await cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: ids(web.wanted()),
      protectionEnabled: true,
      expiresInMinutes: 2880,
    });
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    expect(web.wantedOn(second)).toHaveLength(2);
    expect(cluster.task(lost[0]!.arn)?.desiredStatus).toBe('STOPPED');
  });

  it('leaves daemons where they are, and still ends their service', async () => {
    await open();
    await web.create(undefined, { schedulingStrategy: 'DAEMON' });
    await web.stable();
    const before = ids(web.wanted());
    expect(before).toHaveLength(2);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(60 * minute);
    expect(ids(web.wanted())).toEqual(before);
    await cluster.ask('DeleteService', { service: 'web' });
    await cluster.clock.advance(5 * minute);
    expect((await web.describe()).status).toBe('INACTIVE');
    await comesBack(first);
    expect(containersOn(first)).toBe(0);
    checkQuiet();
  });

  it('replaces the tasks of task sets, and lets the sets go', async () => {
    await open();
    await cluster.ask('CreateService', {
      serviceName: 'web',
      desiredCount: 4,
      deploymentController: { type: 'EXTERNAL' },
    });
    const of = { cluster: 'default', service: 'web' };
    const { taskSet } = await cluster.ask<{ taskSet: { id: string } }>('CreateTaskSet', {
      ...of,
      taskDefinition: 'web',
      launchType: 'EC2',
      scale: { unit: 'PERCENT', value: 100 },
    });
    await cluster.until(
      'all run',
      () => cluster.tasks.filter((task) => task.lastStatus === 'RUNNING').length === 4,
    );
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    expect([web.wantedOn(first).length, web.wantedOn(second).length]).toEqual([0, 4]);
    await cluster.ask('DeleteTaskSet', { ...of, taskSet: taskSet.id, force: true });
    await cluster.clock.advance(5 * minute);
    const { taskSets } = await cluster.ask<{ taskSets: object[] }>('DescribeTaskSets', of);
    expect(taskSets).toEqual([]);
    await comesBack(first);
    expect(containersOn(first) + containersOn(second)).toBe(0);
    checkQuiet();
  });

  it('deploys blue and green', async () => {
    await openWith(4, 2, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } });
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(20_000);
    cluster.network.cutOff(first.name);
    const after = await web.stable(60 * minute);
    expect(after.deployments[0]!.taskDefinition).toMatch(/web:2$/);
    expect(web.wantedOn(second)).toHaveLength(4);
    await comesBack(first);
    checkQuiet();
  });

  it('is written off with its instance', async () => {
    await openWith(4);
    cluster.network.cutOff(first.name);
    await cluster.clock.advance(grace);
    first.killAgent();
    for (const { arn } of cluster.tasks) first.engine.fake.find('app', arn)?.exit(137);
    await cluster.ask('DeregisterContainerInstance', {
      containerInstance: first.instanceArn,
      force: true,
    });
    await cluster.clock.advance(minute);
    expect(cluster.tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED')).toHaveLength(2);
    expect(cluster.store.view((tx) => tx.table(disconnectedAgents).size)).toBe(0);
    expect((await web.stable()).runningCount).toBe(4);
  });
});

it('waits for ever where no host is ever to be lost', async () => {
  const cluster = await SimulatedCluster.open({ seed: 5, hosts: 2, lostAfter: 0 });
  const web = new ServiceClient(cluster);
  await web.register('server');
  await web.create(4);
  await web.stable();
  const before = web.wanted().map(({ arn }) => arn);
  cluster.network.cutOff('host-0');
  await cluster.clock.advance(24 * 60 * minute);
  expect(web.wanted().map(({ arn }) => arn)).toEqual(before);
});
