// Rolling services in a whole cluster: kept, replaced, rolled out within their percents, rolled back, moved and deleted.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containersIn, saidBy, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;

describe('a rolling service', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (hosts = 1, seed = 1): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed, hosts });
    web = new ServiceClient(cluster);
    await web.register('server');
  };
  const running = (): readonly Task[] => web.wanted().filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const idOf = (task: Task): string => task.arn.split('/').at(-1)!;
  const end = (task: Task): void => cluster.hostOf(task).engine.fake.find('app', task.arn)!.exit(1);

  it('comes up, and says so in order', async () => {
    await open();
    await web.create(3);
    const now = await web.stable();
    expect(saidBy(now)).toEqual([
      '(service web) has started 3 tasks: (task) (task) (task).',
      '(service web) (deployment id) deployment completed.',
      '(service web) has reached a steady state.',
    ]);
    expect(now.deployments).toMatchObject([
      {
        status: 'PRIMARY',
        desiredCount: 3,
        runningCount: 3,
        rolloutStateReason: `ECS deployment ${now.deployments[0]!.id} completed.`,
      },
    ]);
    expect(await web.history()).toMatchObject([{ status: 'SUCCESSFUL' }]);
    expect(containersIn(cluster)).toBe(3);
    await cluster.clock.advance(60 * minute);
    expect(await web.describe()).toEqual(now);
  });

  it('replaces a task whose container ended', async () => {
    await open();
    await web.create(3);
    await web.stable();
    const [victim] = running();
    end(victim!);
    await cluster.until('one is missing', () => running().length === 2);
    await cluster.until('it is replaced', () => running().length === 3);
    expect(running().map(idOf)).not.toContain(idOf(victim!));
    const now = await web.stable();
    await cluster.clock.advance(minute);
    expect(saidBy(await web.describe()).slice(-2)).toEqual([
      '(service web) has started 1 tasks: (task).',
      '(service web) has reached a steady state.',
    ]);
    expect(now.deployments[0]!.rolloutState).toBe('COMPLETED');
  });

  it('replaces a task whose health check fails', async () => {
    await open();
    await web.register('server', { healthCheck: { command: ['CMD', 'true'] } });
    await web.create(2);
    await cluster.until('both run', () => running().length === 2);
    const check = (task: Task, health: 'healthy' | 'unhealthy') =>
      cluster.hostOf(task).engine.fake.find('app', task.arn)!.become(health);
    for (const task of running()) check(task, 'healthy');
    await web.stable();
    const [sick, other] = running();
    check(sick!, 'unhealthy');
    await cluster.until('a third runs', () =>
      running().some(({ arn }) => ![sick!.arn, other!.arn].includes(arn)),
    );
    const third = running().find(({ arn }) => ![sick!.arn, other!.arn].includes(arn))!;
    expect(cluster.task(sick!.arn)?.desiredStatus).toBe('RUNNING');
    check(third, 'healthy');
    await cluster.until('it is stopped', () => cluster.task(sick!.arn)?.lastStatus === 'STOPPED');
    expect(cluster.task(sick!.arn)).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
    expect(saidBy(await web.stable())).toContain(`(service web) (task) failed container health checks.`);
    expect(web.wanted()).toHaveLength(2);
  });

  const percents: [number, number, number][] = [
    [4, 50, 100],
    [4, 100, 200],
    [3, 0, 100],
    [5, 60, 140],
  ];
  it.each(percents)('of %i rolls a revision out within %i and %i per cent', async (count, least, most) => {
    await open();
    const deploymentConfiguration = { minimumHealthyPercent: least, maximumPercent: most };
    await web.create(count, { deploymentConfiguration });
    await web.stable();
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    const begun = await web.describe();
    expect(begun.deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
    const after = await web.stable();
    expect(after.deployments).toHaveLength(1);
    expect(after.deployments[0]!.taskDefinition).toMatch(/web:2$/);
    expect([web.wantedOf(1).length, web.wantedOf(2).length]).toEqual([0, count]);
    expect(cluster.serviceInvariants.maxTasks).toBe(Math.floor((count * most) / 100));
    expect(cluster.serviceInvariants.minTasks).toBe(Math.ceil((count * least) / 100));
    expect(saidBy(after).slice(-2)).toEqual([
      '(service web) (deployment id) deployment completed.',
      '(service web) has reached a steady state.',
    ]);
    expect((await web.history()).map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
  });

  it('says that its percents let it do nothing, and goes on once they do', async () => {
    await open();
    await web.create(3, { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 125 } });
    await web.stable();
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(10 * minute);
    expect(web.wantedOf(1)).toHaveLength(3);
    expect(saidBy(await web.describe()).at(-1)).toMatch(
      /was unable to stop or start tasks during a deployment/,
    );
    await web.update({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 } });
    await web.stable();
    expect(web.wantedOf(2)).toHaveLength(3);
  });

  it('goes back when it is asked to', async () => {
    await open();
    await web.create(2);
    const [first] = (await web.stable()).deployments;
    const before = web.wanted().map(({ arn }) => arn);
    await web.register('missing');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(10_000);
    const { currentServiceDeployment } = await web.describe();
    await cluster.ask('StopServiceDeployment', {
      serviceDeploymentArn: currentServiceDeployment,
      stopType: 'ROLLBACK',
    });
    const [back] = (await web.describe()).deployments;
    expect(back).toMatchObject({
      id: first!.id,
      status: 'PRIMARY',
      taskDefinition: expect.stringMatching(/web:1$/) as unknown,
    });
    await web.stable();
    expect(web.wanted().map(({ arn }) => arn)).toEqual(before);
    expect((await web.history())[0]).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
  });

  it('is scaled up and down', async () => {
    await open();
    await web.create(2);
    await web.stable();
    await web.update({ desiredCount: 6 });
    expect((await web.stable()).runningCount).toBe(6);
    await web.update({ desiredCount: 1 });
    await web.stable();
    await cluster.until('one container is left', () => containersIn(cluster) === 1);
    await web.update({ desiredCount: 0 });
    const after = await web.stable();
    await cluster.until('none is left', () => containersIn(cluster) === 0);
    expect(after.deployments).toHaveLength(1);
    expect((await web.history()).length).toBe(1);
  });

  it('moves off an instance that drains, never short of tasks', async () => {
    await open(2);
    await web.create(4);
    await web.stable();
    const [from, to] = cluster.hosts;
    const on = (host: typeof from) =>
      web.wanted().filter(({ containerInstanceArn }) => containerInstanceArn === host!.instanceArn);
    expect([on(from).length, on(to).length]).toEqual([2, 2]);
    await cluster.ask('UpdateContainerInstancesState', {
      containerInstances: [from!.instanceArn],
      status: 'DRAINING',
    });
    await cluster.until('all are on the other', () => on(from).length === 0 && on(to).length === 4);
    await web.stable();
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(4);
    await cluster.until('the first is empty', () =>
      from!.engine.containers.every(({ status }) => status !== 'running'),
    );
  });

  it('says that there is no room, and goes on once there is', async () => {
    await open();
    await web.create(20);
    await cluster.clock.advance(2 * minute);
    expect(running()).toHaveLength(16);
    expect(saidBy(await web.describe()).at(-1)).toMatch(/was unable to place a task .* insufficient/);
    const host = cluster.addHost('host-late', {});
    host.startAgent();
    expect((await web.stable()).runningCount).toBe(20);
  });

  it('protects no more tasks than it wants, so that its deployment can end', async () => {
    await open();
    await web.create(2);
    await web.stable();
    const protect = (tasks: readonly Task[]) =>
      cluster.ask<{ protectedTasks: object[]; failures: { arn: string; reason: string }[] }>(
        'UpdateTaskProtection',
        { cluster: 'default', tasks: tasks.map(({ arn }) => arn), protectionEnabled: true },
      );
    const [old, other] = running();
    expect((await protect([old!, other!])).protectedTasks).toHaveLength(2);
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await cluster.until('the new ones run', () => running().length === 4);
    const [added] = web.wantedOf(2);
    const answer = await protect([old!, added!]);
    expect(answer.protectedTasks).toMatchObject([{ taskArn: old!.arn }]);
    expect(answer.failures).toEqual([{ arn: added!.arn, reason: 'DEPLOYMENT_BLOCKED' }]);
    end(other!);
    await cluster.until('it is gone', () => cluster.task(other!.arn)?.lastStatus === 'STOPPED');
    expect((await protect([added!])).failures).toEqual([]);
  });

  it('is deleted by force with tasks that are protected', async () => {
    await open();
    await web.create(2);
    await web.stable();
    await cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: running().map(({ arn }) => arn),
      protectionEnabled: true,
    });
    await cluster.ask('DeleteService', { service: 'web', force: true });
    await cluster.clock.advance(minute);
    expect((await web.describe()).status).toBe('INACTIVE');
    expect(containersIn(cluster)).toBe(0);
  });

  it('is deleted by force', async () => {
    await open();
    await web.create(3);
    await web.stable();
    await cluster.ask('DeleteService', { service: 'web', force: true });
    expect((await web.describe()).status).toBe('DRAINING');
    await cluster.until('nothing runs', () => containersIn(cluster) === 0);
    await cluster.clock.advance(minute);
    const gone = await web.describe();
    expect(gone).toMatchObject({ status: 'INACTIVE', desiredCount: 0, runningCount: 0, deployments: [] });
    await web.create(1);
    await web.stable();
  });

  it('goes on with a rollout after its control plane died, and doubles nothing', async () => {
    for (const commits of [1, 2, 5, 9, 14]) {
      await open(2, commits);
      await web.create(4);
      await web.stable();
      await web.register('server');
      await web.update({ taskDefinition: 'web' });
      cluster.controlPlane.crashAfter(commits);
      await cluster.clock.advance(50_000);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.clock.advance(minute);
      await cluster.startControlPlane();
      await web.stable();
      expect([web.wantedOf(1).length, web.wantedOf(2).length]).toEqual([0, 4]);
      expect(cluster.tasks.filter(({ revision }) => revision === 2)).toHaveLength(4);
      await cluster.until('no other container runs', () => containersIn(cluster) === 4);
      expect(cluster.invariants.violations).toEqual([]);
    }
  });

  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
  it.each(seeds)(
    'is stable in the end whatever happens to it, seed %i',
    { timeout: 60_000 },
    async (seed) => {
      await open(3, seed);
      await web.create(3);
      const below = (limit: number): number => Math.floor(cluster.random.next() * limit);
      const whims: readonly (() => Promise<unknown>)[] = [
        () => web.update({ desiredCount: below(8) }),
        () => web.register('server').then(() => web.update({ taskDefinition: 'web' })),
        () => web.update({ forceNewDeployment: true }),
        () =>
          web
            .register('missing')
            .then(() => web.update({ taskDefinition: 'web' }))
            .then(() => cluster.clock.advance(below(minute)))
            .then(() => web.register('server'))
            .then(() => web.update({ taskDefinition: 'web' })),
        () =>
          cluster.ask('UpdateContainerInstancesState', {
            containerInstances: [cluster.hosts[below(3)]!.instanceArn],
            status: below(2) === 0 ? 'DRAINING' : 'ACTIVE',
          }),
        () =>
          Promise.resolve(
            running()
              .slice(0, 1 + below(3))
              .forEach(kill),
          ),
        () => {
          cluster.controlPlane.crash();
          return cluster.clock.advance(below(minute)).then(() => cluster.startControlPlane());
        },
        () => Promise.resolve(cluster.network.cutOff(cluster.hosts[below(3)]!.name)),
        () => Promise.resolve(cluster.hosts.forEach(({ name }) => cluster.network.reconnect(name))),
      ];
      const kill = (task: Task): void => cluster.hostOf(task).engine.fake.find('app', task.arn)?.exit(1);
      for (let step = 0; step < 25; step++) {
        await whims[below(whims.length)]!();
        await cluster.clock.advance(below(3) === 0 ? below(2 * minute) : below(2000));
      }
      for (const { name } of cluster.hosts) cluster.network.reconnect(name);
      await cluster.ask('UpdateContainerInstancesState', {
        containerInstances: cluster.hosts.map(({ instanceArn }) => instanceArn),
        status: 'ACTIVE',
      });
      // An agent that was cut off reconnects at least every 35 minutes.
      await cluster.clock.advance(40 * minute);
      const after = await web.stable();
      expect(web.wanted()).toHaveLength(after.desiredCount);
      expect(containersIn(cluster)).toBe(after.desiredCount);
      cluster.invariants.checkConverged();
    },
  );
});
