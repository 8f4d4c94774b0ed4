// Rolling services whose tasks fail in a whole cluster: tried again ever more seldom, ended by the circuit breaker, rolled back.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containerLike, missingImage, missingImageError } from './behaviours.ts';
import { containersIn, saidBy, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;

describe('a rolling service', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 1, hosts: 1 });
    web = new ServiceClient(cluster);
    await web.register('server');
  };
  const running = (): readonly Task[] => web.wanted().filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const end = (task: Task): void => cluster.hostOf(task).engine.fake.find('app', task.arn)!.exit(1);

  it('forgets unhealthy tasks once one is healthy, though one of its containers has no check', async () => {
    await open();
    await cluster.ask('RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [
        containerLike('server', 'app', { healthCheck: { command: ['CMD', 'true'] } }),
        containerLike('server', 'unchecked'),
      ],
    });
    const thresholdConfiguration = { type: 'COUNT', value: 50 };
    await web.create(3, {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: false, thresholdConfiguration },
      },
    });
    const failures = async (): Promise<number> =>
      (await web.history())[0]!.deploymentCircuitBreaker.failureCount;
    const check = (task: Task, health: 'healthy' | 'unhealthy') =>
      cluster.hostOf(task).engine.fake.find('app', task.arn)!.become(health);
    await cluster.until('all run', () => running().length === 3);
    for (let round = 0; round < 6; round++) {
      for (const task of running()) check(task, 'unhealthy');
      await cluster.clock.advance(10_000);
    }
    expect(await failures()).toBeGreaterThan(2);
    check(running().at(-1)!, 'healthy');
    await cluster.clock.advance(10_000);
    expect(await failures()).toBe(0);
  });

  describe('with a circuit breaker', () => {
    const breaker = (rollback: boolean) => ({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
    });
    const breakDown = async (rollback: boolean): Promise<void> => {
      await open();
      await web.create(3, breaker(rollback));
      await web.stable();
      await web.register('missing');
      await web.update({ taskDefinition: 'web' });
      await cluster.clock.advance(5000);
    };

    it('goes back from an image that does not exist', async () => {
      await breakDown(true);
      const after = await web.stable();
      expect(after.deployments[0]!.taskDefinition).toMatch(/web:1$/);
      expect(web.wantedOf(1)).toHaveLength(3);
      expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(3);
      const told = saidBy(after);
      const failed = told.indexOf('(service web) (deployment id) deployment failed: tasks failed to start.');
      expect(told[failed + 1]).toBe('(service web) rolling back to deployment id.');
      expect(told.at(-1)).toBe('(service web) has reached a steady state.');
      const [latest, first] = await web.history();
      expect(latest).toMatchObject({
        status: 'ROLLBACK_SUCCESSFUL',
        rollback: {
          reason: 'ECS deployment circuit breaker: tasks failed to start.',
          serviceRevisionArn: first!.targetServiceRevision.arn,
        },
        deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
      });
      expect(cluster.tasks.filter(({ revision }) => revision === 2).length).toBeLessThan(6);
    });

    it('goes back from a revision whose health checks fail', async () => {
      await open();
      await web.create(3, breaker(true));
      await web.stable();
      await web.register('server', {
        healthCheck: { command: ['CMD', 'false'] },
        environment: [{ name: 'FAKE_UNHEALTHY_AFTER', value: '30000' }],
      });
      await web.update({ taskDefinition: 'web' });
      await web.stable();
      expect(web.wantedOf(1)).toHaveLength(3);
      expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(3);
      expect((await web.history())[0]).toMatchObject({
        status: 'ROLLBACK_SUCCESSFUL',
        deploymentCircuitBreaker: { status: 'TRIGGERED', threshold: 3 },
      });
    });

    it('stays with what runs where it is not to go back, until it is told something else', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      const failed = await web.describe();
      expect(failed.deployments).toMatchObject([
        { status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0 },
        { status: 'ACTIVE', runningCount: 3 },
      ]);
      expect((await web.history())[0]).toMatchObject({ status: 'STOPPED' });
      const tried = cluster.tasks.length;
      await cluster.clock.advance(60 * minute);
      expect(cluster.tasks).toHaveLength(tried);
      await web.register('server');
      await web.update({ taskDefinition: 'web' });
      await web.stable();
      expect(web.wantedOf(3)).toHaveLength(3);
    });

    it('is deleted by force after it failed', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      await cluster.ask('DeleteService', { service: 'web', force: true });
      await cluster.clock.advance(5 * minute);
      expect((await web.describe()).status).toBe('INACTIVE');
      expect(containersIn(cluster)).toBe(0);
    });

    it('goes down to none after it failed, up again, and is deleted', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      await web.update({ desiredCount: 0 });
      await cluster.clock.advance(5 * minute);
      expect(web.wanted()).toHaveLength(0);
      await web.update({ desiredCount: 2 });
      await cluster.until('what served is back', () => running().length === 2, 5 * minute);
      expect(web.wantedOf(1)).toHaveLength(2);
      await web.update({ desiredCount: 0 });
      await cluster.clock.advance(5 * minute);
      await cluster.ask('DeleteService', { service: 'web' });
    });

    it('goes back to the tasks that still run, and starts no deployment anew', async () => {
      await open();
      const { deploymentConfiguration } = breaker(true);
      await web.create(4, {
        deploymentConfiguration: {
          ...deploymentConfiguration,
          minimumHealthyPercent: 50,
          maximumPercent: 100,
        },
      });
      const [first] = (await web.stable()).deployments;
      await web.register('missing');
      await web.update({ taskDefinition: 'web' });
      await cluster.until('half of it makes way', () => web.wantedOf(1).length === 2);
      const before = web.wantedOf(1).map(({ arn }) => arn);
      while (!(await web.said()).includes('(service web) rolling back to deployment id.'))
        await cluster.clock.advance(100);
      const { deployments } = await web.describe();
      expect(deployments).toMatchObject([
        {
          id: first!.id,
          status: 'PRIMARY',
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${first!.id}.`,
        },
      ]);
      const after = await web.stable();
      expect(after.deployments).toMatchObject([
        { id: first!.id, rolloutStateReason: `ECS deployment ${first!.id} completed.` },
      ]);
      expect(web.wantedOf(1)).toHaveLength(4);
      expect(web.wantedOf(1).map(({ arn }) => arn)).toEqual(expect.arrayContaining(before));
      expect((await web.history())[0]).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    });

    it('goes back where the only host has its fixed port taken by the task that still runs', async () => {
      await open();
      const portMappings = [{ containerPort: 80, hostPort: 8080 }];
      await web.register('server', { portMappings });
      await web.create(1, { taskDefinition: 'web:2', ...breaker(true) });
      await web.stable();
      const [task] = web.wanted();
      await web.register('missing');
      await web.update({ taskDefinition: 'web:3' });
      await web.stable();
      expect(web.wanted().map(({ arn }) => arn)).toEqual([task!.arn]);
    });

    it('keeps up what served where it is not to go back', async () => {
      await breakDown(false);
      const lacks = async (count: number) => {
        await cluster.until('all serve again', () => running().length === count, 5 * minute);
        expect(web.wantedOf(1)).toHaveLength(count);
      };
      for (const task of running()) end(task);
      await cluster.clock.advance(5000);
      await lacks(3);
      await web.update({ desiredCount: 5 });
      await lacks(5);
      const host = cluster.addHost('host-new', {});
      host.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 2);
      await cluster.ask('UpdateContainerInstancesState', {
        containerInstances: [cluster.hosts[0]!.instanceArn],
        status: 'DRAINING',
      });
      await cluster.until(
        'the first is left',
        () => web.wantedOn(cluster.hosts[0]!).length === 0,
        5 * minute,
      );
      await lacks(5);
      await web.update({ desiredCount: 2 });
      await lacks(2);
      expect((await web.describe()).deployments).toMatchObject([
        { status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0 },
        { status: 'ACTIVE', desiredCount: 2, runningCount: 2 },
      ]);
    });

    it('goes on trying, ever more seldom, where the rollback fails too', async () => {
      await open();
      await web.create(3, breaker(true));
      await web.stable();
      // The old image is not to be had on the only instance that is left.
      const later = cluster.addHost('host-later', {});
      const images = ['busybox', `busybox@sha256:${'0'.repeat(64)}`];
      for (const image of images) later.engine.fake.image(image, { failPull: missingImageError });
      later.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 2);
      await web.register('missing');
      await web.update({ taskDefinition: 'web' });
      await cluster.ask('DeregisterContainerInstance', {
        containerInstance: cluster.hosts[0]!.instanceArn,
        force: true,
      });
      await cluster.clock.advance(120 * minute);
      expect((await web.history())[0]).toMatchObject({ status: 'ROLLBACK_FAILED' });
      expect((await web.describe()).deployments[0]).toMatchObject({ rolloutState: 'FAILED' });
      const count = cluster.tasks.length;
      await cluster.clock.advance(120 * minute);
      expect(cluster.tasks.length).toBeLessThan(count + 30);
      for (const image of images) later.engine.fake.image(image, {});
      await cluster.until('all serve', () => running().length === 3, 20 * minute);
      expect(web.wantedOf(1)).toHaveLength(3);
    });
  });

  describe('whose other container takes its time to stop', () => {
    const withSidecar = (behaviour: 'server' | 'crasher') =>
      cluster.ask('RegisterTaskDefinition', {
        family: 'web',
        containerDefinitions: [
          containerLike(behaviour, 'app', { cpu: 10, memory: 16 }),
          containerLike('stubborn', 'slow', { essential: false, stopTimeout: 60, cpu: 10, memory: 16 }),
        ],
      });

    it('has a replacement as soon as the essential container exits', async () => {
      await open();
      await withSidecar('server');
      await web.create(1);
      await web.stable();
      const [first] = running();
      const exitedAt = cluster.clock.now();
      end(first!);
      await cluster.until('another runs', () => running().some(({ arn }) => arn !== first!.arn), 5000);
      const { tasks } = await cluster.ask<{ tasks: object[] }>('DescribeTasks', { tasks: [first!.arn] });
      expect(tasks).toMatchObject([
        {
          desiredStatus: 'STOPPED',
          lastStatus: 'RUNNING',
          stopCode: 'EssentialContainerExited',
          containers: [{ lastStatus: 'STOPPED', exitCode: 1 }, { lastStatus: 'RUNNING' }],
        },
      ]);
      expect(cluster.task(first!.arn)!.stoppingAt! - exitedAt).toBeLessThan(1000);
      expect((await web.describe()).runningCount).toBe(1);
      await cluster.clock.advance(2 * minute);
      expect(cluster.task(first!.arn)).toMatchObject({
        lastStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
      });
      expect(cluster.tasks).toHaveLength(2);
    });

    it('is in launch backoff by its failures before they have STOPPED', async () => {
      await open();
      await withSidecar('crasher');
      await web.create(1);
      await cluster.clock.advance(minute);
      expect(cluster.tasks.some(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(false);
      expect(cluster.tasks.length).toBeLessThan(20);
      expect(web.wanted().length).toBeLessThanOrEqual(1);
    });
  });

  it('keeps up what served while a broken rollout goes on without a breaker', async () => {
    await open();
    await web.create(2);
    await web.stable();
    await web.register('missing');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(minute);
    for (const task of running()) end(task);
    await cluster.clock.advance(5000);
    await cluster.until('both serve again', () => running().length === 2, 5 * minute);
    await web.update({ desiredCount: 4 });
    await cluster.until('four do', () => running().length === 4, 5 * minute);
    expect(web.wantedOf(1)).toHaveLength(4);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await web.stable();
    expect(web.wantedOf(3)).toHaveLength(4);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
  });

  it('tries a failing start ever more seldom without a breaker', async () => {
    await open();
    await web.register('missing');
    await web.create(1);
    await cluster.clock.advance(10 * minute);
    const tries = cluster.tasks.length;
    expect(tries).toBeGreaterThan(4);
    expect(tries).toBeLessThan(12);
    expect(saidBy(await web.describe()).join()).toContain(
      'is unable to consistently start tasks successfully',
    );
    for (const { engine } of cluster.hosts) engine.fake.image(missingImage, {});
    expect((await web.stable(60 * minute)).runningCount).toBe(1);
  });

  describe('of which some tasks fail to start', () => {
    const failPull = { failPull: missingImageError };
    const openWithBadHost = async (): Promise<void> => {
      await open();
      const bad = cluster.addHost('host-bad', {});
      for (const name of ['busybox', `busybox@sha256:${'0'.repeat(64)}`])
        bad.engine.fake.image(name, failPull);
      bad.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 2);
      await web.create(4, { placementConstraints: [{ type: 'distinctInstance' }] });
    };

    it('tries them ever more seldom though others run', async () => {
      await openWithBadHost();
      await cluster.clock.advance(60 * minute);
      expect(running()).toHaveLength(1);
      expect(cluster.tasks.length).toBeLessThan(20);
      expect(saidBy(await web.describe()).join()).toContain(
        'is unable to consistently start tasks successfully',
      );
    });

    it('tries them at once with a new task definition, or when it is forced to', async () => {
      await openWithBadHost();
      await cluster.clock.advance(60 * minute);
      for (const change of [
        () => web.register('server').then(() => web.update({ taskDefinition: 'web' })),
        () => web.update({ forceNewDeployment: true }),
      ]) {
        const before = cluster.tasks.length;
        await change();
        await cluster.clock.advance(30_000);
        expect(cluster.tasks.length).toBeGreaterThanOrEqual(before + 2);
        await cluster.clock.advance(60 * minute);
      }
    });

    it('replaces at once what ran and died', async () => {
      await openWithBadHost();
      await cluster.clock.advance(60 * minute);
      for (let round = 0; round < 6; round++) {
        const [good] = running();
        end(good!);
        await cluster.until('it is gone', () => cluster.task(good!.arn)?.lastStatus === 'STOPPED');
        await cluster.until('another runs', () => running().length === 1, 15_000);
      }
    });
  });
});
