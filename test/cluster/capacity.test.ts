// Capacity providers in a whole cluster: from no instance at all to as many as are needed, and back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { containerLike } from './behaviours.ts';
import { SimulatedCapacitySource } from './simulated-capacity-source.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
let cluster: SimulatedCluster;
let source: SimulatedCapacitySource;

beforeEach(async () => {
  cluster = await SimulatedCluster.open({
    seed: 3,
    hosts: 0,
    // Two tasks fit on a host.
    memoryMiB: 1024,
    capacity: (of) => (source = new SimulatedCapacitySource(of, 'group')),
  });
  await cluster.ask('RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [containerLike('server')],
  });
});

afterEach(() => {
  expect(cluster.invariants.violations).toEqual([]);
});

const associate = async (managedScaling: object = {}): Promise<void> => {
  await cluster.ask('CreateCapacityProvider', {
    name: 'p',
    autoScalingGroupProvider: {
      autoScalingGroupArn: 'group',
      managedScaling: { status: 'ENABLED', ...managedScaling },
    },
  });
  await cluster.ask('PutClusterCapacityProviders', {
    cluster: 'default',
    capacityProviders: ['p'],
    defaultCapacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }],
  });
};
const run = async (count: number): Promise<readonly { taskArn: string; lastStatus: string }[]> => {
  const answer = await cluster.ask<{ tasks: { taskArn: string; lastStatus: string }[] }>('RunTask', {
    taskDefinition: 'web',
    count,
  });
  return answer.tasks;
};
const inStatus = (lastStatus: string): number =>
  cluster.tasks.filter((task) => task.lastStatus === lastStatus).length;
const instances = (status: ContainerInstance['status']): number =>
  cluster.store.view((tx) => tx.table(containerInstances).count('status', { status }));

describe('a capacity provider with managed scaling', () => {
  it('lets a host go that is lost, once a service has replaced its tasks elsewhere', async () => {
    await associate();
    const tasks = await run(4);
    await cluster.until('all run', () => inStatus('RUNNING') === 4);
    for (const { taskArn } of tasks) await cluster.ask('StopTask', { task: taskArn });
    await cluster.until('all have stopped', () => inStatus('STOPPED') === 4);
    await cluster.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 2,
      capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }],
    });
    await cluster.until('it runs', () => inStatus('RUNNING') === 2);
    const [lost] = cluster.tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    const host = cluster.hostOf(lost!);
    cluster.network.cutOff(host.name);
    host.engine.fake.find('app', lost!.arn)!.exit(137);
    await cluster.clock.advance(10 * minute);
    expect(cluster.task(lost!.arn)).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'RUNNING' });
    expect(instances('ACTIVE')).toBe(2);
    await cluster.clock.advance(20 * minute);
    expect([instances('ACTIVE'), instances('DRAINING'), instances('INACTIVE')]).toEqual([1, 0, 1]);
    expect(cluster.task(lost!.arn)?.lastStatus).toBe('STOPPED');
    expect(inStatus('RUNNING')).toBe(2);
  });

  it('grows from nothing to what ten tasks need, and goes when they are gone', async () => {
    await associate();
    const tasks = await run(10);
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(Array(10).fill('PROVISIONING'));
    await cluster.until('all run', () => inStatus('RUNNING') === 10);
    expect(instances('ACTIVE')).toBe(5);
    expect(source.asked).toEqual(['start 1', 'start 4']);
    await cluster.clock.advance(30 * minute);
    expect(source.asked).toHaveLength(2);
    for (const { taskArn } of tasks.slice(0, 9)) await cluster.ask('StopTask', { task: taskArn });
    await cluster.until('nine have stopped', () => inStatus('STOPPED') === 9);
    await cluster.clock.advance(13 * minute);
    expect(instances('ACTIVE')).toBe(5);
    await cluster.clock.advance(7 * minute);
    expect(instances('ACTIVE')).toBe(1);
    expect(instances('INACTIVE')).toBe(4);
    expect(inStatus('RUNNING')).toBe(1);
    await cluster.ask('StopTask', { task: tasks[9]!.taskArn });
    await cluster.until('none is left', () => instances('ACTIVE') === 0, 30 * minute);
    await cluster.clock.advance(2 * minute);
    expect(cluster.connected).toBe(0);
    expect(instances('DRAINING')).toBe(0);
  });

  it('knows later what its instances hold, and asks for all at once', async () => {
    await associate();
    const [first] = await run(1);
    await cluster.until('it runs', () => inStatus('RUNNING') === 1);
    await cluster.ask('StopTask', { task: first!.taskArn });
    await cluster.until('nothing is left', () => instances('INACTIVE') === 1, 30 * minute);
    source.asked.length = 0;
    await run(8);
    await cluster.until('all run', () => inStatus('RUNNING') === 8);
    expect(source.asked).toEqual(['start 4']);
  });

  it('keeps room for more where less than all is to be used', async () => {
    await associate({ targetCapacity: 50 });
    await run(2);
    await cluster.until('they run', () => inStatus('RUNNING') === 2);
    await cluster.until('there is as much again', () => instances('ACTIVE') === 2);
    await cluster.clock.advance(30 * minute);
    expect(instances('ACTIVE')).toBe(2);
    const asked = source.asked.length;
    expect((await run(2)).map(({ lastStatus }) => lastStatus)).toEqual(['PENDING', 'PENDING']);
    await cluster.until('there is as much again', () => instances('ACTIVE') === 4);
    expect(source.asked.length).toBeGreaterThan(asked);
  });

  it('is tried again for as long as its source fails', async () => {
    await associate();
    source.isBroken = true;
    await run(1);
    await cluster.clock.advance(5 * minute);
    expect(source.asked.length).toBeGreaterThanOrEqual(5);
    expect(inStatus('PROVISIONING')).toBe(1);
    source.isBroken = false;
    await cluster.until('it runs', () => inStatus('RUNNING') === 1);
  });

  it('gives its tasks up after fifteen minutes without an instance', async () => {
    await associate();
    source.isBarren = true;
    await run(3);
    await cluster.clock.advance(14 * minute);
    expect(inStatus('PROVISIONING')).toBe(3);
    await cluster.clock.advance(2 * minute);
    expect(cluster.tasks.map(({ stopCode, stoppedReason }) => [stopCode, stoppedReason])).toEqual(
      Array(3).fill(['TaskFailedToStart', 'EMPTY CAPACITY PROVIDER']),
    );
    const asked = source.asked.length;
    await cluster.clock.advance(10 * minute);
    expect(source.asked).toHaveLength(asked);
  });

  it('does not make hosts twice when the control plane dies while they start', async () => {
    await associate();
    await run(2);
    await cluster.until('hosts were asked for', () => source.asked.length === 1);
    cluster.controlPlane.crash();
    await cluster.clock.advance(10_000);
    await cluster.startControlPlane();
    await cluster.until('all run', () => inStatus('RUNNING') === 2);
    expect(source.asked).toEqual(['start 1']);
  });

  it('stops what was on its way out when the control plane died', async () => {
    await associate();
    const [task] = await run(1);
    await cluster.until('it runs', () => inStatus('RUNNING') === 1);
    await cluster.ask('StopTask', { task: task!.taskArn });
    await cluster.until('the instance drains', () => instances('DRAINING') === 1, 30 * minute);
    // What is not on disk yet would not have begun.
    await cluster.clock.advance(1000);
    cluster.controlPlane.crash();
    await cluster.clock.advance(minute);
    await cluster.startControlPlane();
    await cluster.until('it is gone', () => instances('INACTIVE') === 1);
  });
});
