// Services on a capacity provider with managed scaling: what finds no room waits, makes the provider grow, and goes on then.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { taskFailures } from '../../src/aws/ecs/state/task/task-failures.ts';
import { ServiceClient } from './service-client.ts';
import { SimulatedCapacitySource } from './simulated-capacity-source.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
const strategy = { capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }] };

let cluster: SimulatedCluster;
let source: SimulatedCapacitySource;
let service: ServiceClient;

beforeEach(async () => {
  cluster = await SimulatedCluster.open({
    seed: 5,
    hosts: 0,
    // Two tasks fit on a host.
    memoryMiB: 1024,
    lostAfter: 5 * minute,
    capacity: (of) => (source = new SimulatedCapacitySource(of, 'group')),
  });
  service = new ServiceClient(cluster);
  await service.register('server');
  await addProvider();
});

afterEach(() => {
  expect(cluster.invariants.violations).toEqual([]);
});

const addProvider = async (): Promise<void> => {
  const managedScaling = { status: 'ENABLED' };
  await cluster.ask('CreateCapacityProvider', {
    name: 'p',
    autoScalingGroupProvider: { autoScalingGroupArn: 'group', managedScaling },
  });
  await cluster.ask('PutClusterCapacityProviders', {
    cluster: 'default',
    capacityProviders: ['p'],
    defaultCapacityProviderStrategy: [],
  });
};
const inStatus = (lastStatus: string, of: readonly Task[] = cluster.tasks): number =>
  of.filter((task) => task.lastStatus === lastStatus).length;
const instances = (status: ContainerInstance['status']): number =>
  cluster.store.view((tx) => tx.table(containerInstances).count('status', { status }));
const ended = (): readonly (string | undefined)[] =>
  cluster.tasks
    .filter(({ lastStatus }) => lastStatus === 'STOPPED')
    .map(({ stopCode, stoppedReason }) => `${stopCode}: ${stoppedReason}`);
const rollout = async () => {
  const { serviceDeployments: all } = await cluster.ask<{
    serviceDeployments: { serviceDeploymentArn: string; status: string }[];
  }>('ListServiceDeployments', { service: 'web' });
  return all[0]!.status;
};

describe('a service on a provider that grows', () => {
  it('goes from no instance to ten tasks, and back', async () => {
    await service.create(10, strategy);
    await cluster.until('all wait', () => inStatus('PROVISIONING') === 10);
    expect(await service.describe()).toMatchObject({ runningCount: 0, pendingCount: 10 });
    await service.stable();
    expect(service.wanted().map(({ capacityProviderName }) => capacityProviderName)).toEqual(
      Array(10).fill('p'),
    );
    expect(cluster.tasks).toHaveLength(10);
    expect(instances('ACTIVE')).toBe(5);
    expect(source.asked).toEqual(['start 1', 'start 4']);
    expect(await service.said()).toEqual([
      `(service web) has started 10 tasks: ${Array(10).fill('(task)').join(' ')}.`,
      '(service web) (deployment id) deployment completed.',
      '(service web) has reached a steady state.',
    ]);
    await service.update({ desiredCount: 0 });
    await cluster.until('all hosts are gone', () => instances('INACTIVE') === 5, 60 * minute);
    expect(inStatus('STOPPED')).toBe(10);
  });

  it('rolls out beside what is there, on instances that come for it and go again', async () => {
    await service.create(4, strategy);
    await service.stable();
    expect(instances('ACTIVE')).toBe(2);
    await service.register('server', { memory: 500 });
    await service.update({ taskDefinition: 'web:2' });
    await cluster.until('new tasks wait', () => inStatus('PROVISIONING') === 4);
    await service.stable();
    expect(instances('ACTIVE')).toBe(4);
    expect(service.wanted().map(({ revision }) => revision)).toEqual([2, 2, 2, 2]);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
    await cluster.until('two hosts are let go', () => instances('INACTIVE') === 2, 60 * minute);
    expect(inStatus('RUNNING')).toBe(4);
  });

  it('runs, once it had to wait, the images that its first task found', async () => {
    await service.create(6, strategy);
    await service.stable();
    const pinned = cluster.tasks.filter((task) => task.containers[0]!.pinnedDigest !== undefined);
    // The first two came on the first host together; the others waited on.
    expect(pinned.length).toBe(4);
    expect(new Set(pinned.map((task) => task.containers[0]!.pinnedDigest))).toHaveLength(1);
  });

  it('stops what waits first when it is scaled in, and nothing of it is left', async () => {
    await service.create(2, strategy);
    await service.stable();
    source.isBarren = true;
    await service.update({ desiredCount: 6 });
    await cluster.until('four wait', () => inStatus('PROVISIONING') === 4);
    await service.update({ desiredCount: 3 });
    await cluster.until('one waits', () => inStatus('PROVISIONING') === 1);
    expect([inStatus('RUNNING'), inStatus('STOPPED')]).toEqual([2, 3]);
    expect(ended()[0]).toMatch(/^ServiceSchedulerInitiated: Scaling activity initiated by \(deployment /);
  });

  it('is deleted while its tasks wait, and they are over at once', async () => {
    source.isBarren = true;
    await service.create(3, strategy);
    await cluster.until('all wait', () => inStatus('PROVISIONING') === 3);
    await cluster.ask('DeleteService', { service: 'web', force: true });
    await cluster.clock.advance(1000);
    expect(await service.describe()).toMatchObject({ status: 'INACTIVE', pendingCount: 0 });
    expect(inStatus('STOPPED')).toBe(3);
  });

  it('goes on where it was when the control plane dies while its tasks wait', async () => {
    await service.create(6, strategy);
    await cluster.until('hosts were asked for', () => source.asked.length === 1);
    cluster.controlPlane.crash();
    await cluster.clock.advance(10_000);
    await cluster.startControlPlane();
    await service.stable();
    expect(cluster.tasks).toHaveLength(6);
    expect(instances('ACTIVE')).toBe(3);
  });

  it('moves off an instance that drains onto one that comes', async () => {
    await service.create(2, strategy);
    await service.stable();
    const [first] = service.wanted();
    const drained = first!.containerInstanceArn!;
    await cluster.ask('UpdateContainerInstancesState', { containerInstances: [drained], status: 'DRAINING' });
    await cluster.until('replacements wait', () => inStatus('PROVISIONING') === 2);
    await cluster.until(
      'both have moved',
      () => inStatus('STOPPED') === 2 && inStatus('RUNNING') === 2,
      20 * minute,
    );
    expect(service.wanted().some(({ containerInstanceArn }) => containerInstanceArn === drained)).toBe(false);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(2);
  });

  it('abandons nothing on a lost host before the replacement that waits has its place', async () => {
    await service.create(4, strategy);
    await service.stable();
    source.isBarren = true;
    const [lost] = service.wanted();
    const host = cluster.hostOf(lost!);
    const onHost = service.wantedOn(host);
    cluster.network.cutOff(host.name);
    await cluster.until('replacements wait', () => inStatus('PROVISIONING') === 2, 20 * minute);
    await cluster.clock.advance(3 * minute);
    const desired = () => onHost.map(({ arn }) => cluster.task(arn)?.desiredStatus);
    expect(desired()).toEqual(['RUNNING', 'RUNNING']);
    source.isBarren = false;
    await cluster.until('the old ones are given up', () => !desired().includes('RUNNING'), 40 * minute);
    expect(service.wanted().every((task) => task.containerInstanceArn !== undefined)).toBe(true);
    expect(service.wanted()).toHaveLength(4);
  });

  it('waits by the rules that it has now, once these are others', async () => {
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:disk == fast' }];
    await service.create(2, { ...strategy, placementConstraints });
    await cluster.clock.advance(5 * minute);
    expect(inStatus('PROVISIONING')).toBe(2);
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    await cluster.clock.advance(minute);
    expect(cluster.tasks).toHaveLength(2);
    await service.update({ placementConstraints: [] });
    await service.stable(minute * 2);
    expect([inStatus('RUNNING'), inStatus('STOPPED')]).toEqual([2, 2]);
  });

  it('waits for no more tasks of a cluster than may wait at once, and says so', async () => {
    source.isBarren = true;
    await service.create(510, strategy);
    await cluster.until('as many wait as may', () => inStatus('PROVISIONING') === 500);
    await cluster.clock.advance(minute);
    expect(cluster.tasks).toHaveLength(500);
    expect((await service.said()).at(-1)).toBe(
      '(service web) was unable to place a task. Reason: Tasks provisioning capacity limit exceeded.',
    );
  });
});

describe('a provider that does not come to grow', () => {
  beforeEach(() => {
    source.isBarren = true;
  });

  it('has its tasks stopped after a quarter of an hour, and tried again ever more seldom', async () => {
    await service.create(3, strategy);
    await cluster.until('all wait', () => inStatus('PROVISIONING') === 3);
    await cluster.clock.advance(15 * minute - 2_000);
    expect(inStatus('PROVISIONING')).toBe(3);
    await cluster.clock.advance(5_000);
    expect(ended()).toEqual(Array(3).fill('TaskFailedToStart: EMPTY CAPACITY PROVIDER'));
    expect(inStatus('PROVISIONING')).toBe(0);
    expect((await service.said()).at(-1)).toMatch(/is unable to consistently start tasks successfully/);
    await cluster.until('they are tried again', () => inStatus('PROVISIONING') === 3, 20_000);
    source.isBarren = false;
    await service.stable(60 * minute);
    expect(inStatus('RUNNING')).toBe(3);
  });

  it('keeps on record what its tasks failed of', async () => {
    await service.create(3, strategy);
    await cluster.until('they are given up', () => inStatus('STOPPED') === 3, 20 * minute);
    const failures = cluster.store.view((tx) => [...tx.table(taskFailures).all()]);
    expect(failures.map(({ cause, stoppedReason }) => [cause, stoppedReason])).toEqual(
      Array(3).fill(['start', 'EMPTY CAPACITY PROVIDER']),
    );
  });

  it('ends a deployment by the circuit breaker, which goes back to what runs', async () => {
    source.isBarren = false;
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    await service.create(4, { ...strategy, deploymentConfiguration });
    await service.stable();
    source.isBarren = true;
    const before = service.wanted().map(({ arn }) => arn);
    await service.register('server', { memory: 500 });
    await service.update({ taskDefinition: 'web:2' });
    await cluster.clock.advance(16 * minute);
    expect(ended()).toEqual(Array(4).fill('TaskFailedToStart: RESOURCE:MEMORY'));
    // The rollback needs no room: its tasks still run.
    expect(inStatus('RUNNING')).toBe(4);
    await service.stable(60 * minute);
    expect(await rollout()).toBe('ROLLBACK_SUCCESSFUL');
    expect(service.wanted().map(({ arn }) => arn)).toEqual(before);
    expect(service.wanted().map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
  });
});

it('deploys blue/green with a target that has to wait', async () => {
  const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 };
  await service.create(4, { ...strategy, deploymentConfiguration });
  await service.stable();
  await service.register('server', { memory: 500 });
  await service.update({ taskDefinition: 'web:2' });
  await cluster.until('green waits', () => inStatus('PROVISIONING') === 4);
  expect(service.wanted()).toHaveLength(8);
  await service.stable(60 * minute);
  expect(service.wanted().map(({ revision }) => revision)).toEqual([2, 2, 2, 2]);
  expect(await rollout()).toBe('SUCCESSFUL');
});

it('keeps a task set whose tasks have to wait', async () => {
  await service.create(4, { taskDefinition: undefined, deploymentController: { type: 'EXTERNAL' } });
  const named = { cluster: 'default', service: 'web' };
  await cluster.ask('CreateTaskSet', {
    ...named,
    taskDefinition: 'web',
    scale: { value: 100, unit: 'PERCENT' },
    ...strategy,
  });
  await cluster.until('all wait', () => inStatus('PROVISIONING') === 4);
  type Shown = { taskSets: { id: string; stabilityStatus: string }[] };
  const taskSet = async () => (await cluster.ask<Shown>('DescribeTaskSets', named)).taskSets[0]!;
  expect((await taskSet()).stabilityStatus).toBe('STABILIZING');
  await cluster.until('all run', () => inStatus('RUNNING') === 4);
  expect((await taskSet()).stabilityStatus).toBe('STEADY_STATE');
  source.isBarren = true;
  await service.update({ desiredCount: 8 });
  await cluster.until('four more wait', () => inStatus('PROVISIONING') === 4);
  const { id } = await taskSet();
  await cluster.ask('DeleteTaskSet', { ...named, taskSet: id, force: true });
  await cluster.until('it is gone', () => inStatus('STOPPED') === 8);
});

it('makes nothing wait for a provider without managed scaling, and says that it is empty', async () => {
  await cluster.ask('UpdateCapacityProvider', {
    name: 'p',
    autoScalingGroupProvider: { managedScaling: { status: 'DISABLED' } },
  });
  await service.create(2, strategy);
  await cluster.clock.advance(minute);
  expect(cluster.tasks).toEqual([]);
  expect((await service.said()).at(-1)).toMatch(
    /^\(service web\) was unable to place a task .* Reason: No Container Instances were found in your capacity provider\. /,
  );
});
