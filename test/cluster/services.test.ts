// Rolling services in a whole cluster: kept, replaced, rolled out within their percents, rolled back, moved and deleted.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/model/task.ts';
import { containerLike, missingImage, missingImageError, type BehaviourName } from './behaviours.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;

interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly rolloutState: string;
  readonly rolloutStateReason: string;
}
interface Service {
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deployments: readonly Deployment[];
  readonly events: readonly { readonly message: string }[];
}
interface ServiceDeployment {
  readonly status: string;
  readonly statusReason?: string;
  readonly rollback?: { readonly reason: string; readonly serviceRevisionArn: string };
  readonly deploymentCircuitBreaker: {
    readonly status: string;
    readonly failureCount: number;
    readonly threshold: number;
  };
  readonly targetServiceRevision: { readonly arn: string };
}

describe('a rolling service', () => {
  let cluster: SimulatedCluster;

  afterEach(() => {
    expect(cluster.witness.violations).toEqual([]);
  });

  const register = (behaviour: BehaviourName, more: object = {}) =>
    cluster.ask('RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [containerLike(behaviour, 'app', { stopTimeout: 5, ...more })],
    });
  const open = async (hosts = 1, seed = 1): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed, hosts });
    await register('server');
  };
  const create = (desiredCount: number, more: object = {}) =>
    cluster.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount, ...more });
  const update = (more: object) => cluster.ask('UpdateService', { service: 'web', ...more });
  const service = async (): Promise<Service> =>
    (await cluster.ask<{ services: Service[] }>('DescribeServices', { services: ['web'] })).services[0]!;
  const serviceDeployments = async (): Promise<readonly ServiceDeployment[]> => {
    const { serviceDeployments: listed } = await cluster.ask<{
      serviceDeployments: { serviceDeploymentArn: string }[];
    }>('ListServiceDeployments', { service: 'web' });
    const serviceDeploymentArns = listed.map((one) => one.serviceDeploymentArn);
    const answer = await cluster.ask<{ serviceDeployments: ServiceDeployment[] }>(
      'DescribeServiceDeployments',
      { serviceDeploymentArns },
    );
    return answer.serviceDeployments;
  };

  /** Tasks of the service that nobody has told to stop. */
  const wanted = (): readonly Task[] =>
    cluster.tasks.filter((task) => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED');
  const wantedOf = (revision: number): readonly Task[] =>
    wanted().filter((task) => task.revision === revision);
  const running = (): readonly Task[] => wanted().filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const containers = (): number =>
    cluster.hosts.flatMap(({ engine }) => engine.containers).filter(({ status }) => status === 'running')
      .length;

  /** Lets time pass until the waiter services-stable would return and the deployment has completed. */
  const stable = async (limit = 30 * minute): Promise<Service> => {
    const end = cluster.clock.now() + limit;
    for (;;) {
      const now = await service();
      const [only, second] = now.deployments;
      const isStable =
        second === undefined && only?.rolloutState === 'COMPLETED' && now.runningCount === now.desiredCount;
      if (isStable && now.pendingCount === 0) return now;
      if (cluster.clock.now() >= end) throw new Error(`never stable: ${JSON.stringify(now, null, 1)}`);
      await cluster.clock.advance(1000);
    }
  };
  /** Its events, oldest first, ids replaced. */
  const said = ({ events }: Service): readonly string[] =>
    events
      .map(({ message }) => message.replace(/\(task \w+\)/g, '(task)').replace(/ecs-svc\/\d+/g, 'id'))
      .reverse();
  const idOf = (task: Task): string => task.arn.split('/').at(-1)!;
  const end = (task: Task): void => cluster.hostOf(task).engine.fake.find('app', task.arn)!.exit(1);

  it('comes up, and says so in order', async () => {
    await open();
    await create(3);
    const now = await stable();
    expect(said(now)).toEqual([
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
    expect(await serviceDeployments()).toMatchObject([{ status: 'SUCCESSFUL' }]);
    expect(containers()).toBe(3);
    await cluster.clock.advance(60 * minute);
    expect(await service()).toEqual(now);
  });

  it('replaces a task whose container ended', async () => {
    await open();
    await create(3);
    await stable();
    const [victim] = running();
    end(victim!);
    await cluster.until('one is missing', () => running().length === 2);
    await cluster.until('it is replaced', () => running().length === 3);
    expect(running().map(idOf)).not.toContain(idOf(victim!));
    const now = await stable();
    await cluster.clock.advance(minute);
    expect(said(await service()).slice(-2)).toEqual([
      '(service web) has started 1 tasks: (task).',
      '(service web) has reached a steady state.',
    ]);
    expect(now.deployments[0]!.rolloutState).toBe('COMPLETED');
  });

  it('replaces a task whose health check fails', async () => {
    await open();
    await register('server', { healthCheck: { command: ['CMD', 'true'] } });
    await create(2);
    await cluster.until('both run', () => running().length === 2);
    const check = (task: Task, health: 'healthy' | 'unhealthy') =>
      cluster.hostOf(task).engine.fake.find('app', task.arn)!.become(health);
    for (const task of running()) check(task, 'healthy');
    await stable();
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
    expect(said(await stable())).toContain(`(service web) (task) failed container health checks.`);
    expect(wanted()).toHaveLength(2);
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
    await create(count, { deploymentConfiguration });
    await stable();
    await register('server');
    await update({ taskDefinition: 'web' });
    const begun = await service();
    expect(begun.deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
    const after = await stable();
    expect(after.deployments).toHaveLength(1);
    expect(after.deployments[0]!.taskDefinition).toMatch(/web:2$/);
    expect([wantedOf(1).length, wantedOf(2).length]).toEqual([0, count]);
    expect(cluster.serviceWitness.most).toBe(Math.floor((count * most) / 100));
    expect(cluster.serviceWitness.fewest).toBe(Math.ceil((count * least) / 100));
    expect(said(after).slice(-2)).toEqual([
      '(service web) (deployment id) deployment completed.',
      '(service web) has reached a steady state.',
    ]);
    expect((await serviceDeployments()).map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
  });

  it('says that its percents let it do nothing, and goes on once they do', async () => {
    await open();
    await create(3, { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 125 } });
    await stable();
    await register('server');
    await update({ taskDefinition: 'web' });
    await cluster.clock.advance(10 * minute);
    expect(wantedOf(1)).toHaveLength(3);
    expect(said(await service()).at(-1)).toMatch(/was unable to stop or start tasks during a deployment/);
    await update({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 } });
    await stable();
    expect(wantedOf(2)).toHaveLength(3);
  });

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
    await create(3, {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: false, thresholdConfiguration },
      },
    });
    const failures = async (): Promise<number> =>
      (await serviceDeployments())[0]!.deploymentCircuitBreaker.failureCount;
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
      await create(3, breaker(rollback));
      await stable();
      await register('missing');
      await update({ taskDefinition: 'web' });
      await cluster.clock.advance(5000);
    };

    it('goes back from an image that does not exist', async () => {
      await breakDown(true);
      const after = await stable();
      expect(after.deployments[0]!.taskDefinition).toMatch(/web:1$/);
      expect(wantedOf(1)).toHaveLength(3);
      expect(cluster.serviceWitness.fewest).toBeGreaterThanOrEqual(3);
      const told = said(after);
      const failed = told.indexOf('(service web) (deployment id) deployment failed: tasks failed to start.');
      expect(told[failed + 1]).toBe('(service web) rolling back to deployment id.');
      expect(told.at(-1)).toBe('(service web) has reached a steady state.');
      const [latest, first] = await serviceDeployments();
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
      await create(3, breaker(true));
      await stable();
      await register('server', {
        healthCheck: { command: ['CMD', 'false'] },
        environment: [{ name: 'FAKE_UNHEALTHY_AFTER', value: '30000' }],
      });
      await update({ taskDefinition: 'web' });
      await stable();
      expect(wantedOf(1)).toHaveLength(3);
      expect(cluster.serviceWitness.fewest).toBeGreaterThanOrEqual(3);
      expect((await serviceDeployments())[0]).toMatchObject({
        status: 'ROLLBACK_SUCCESSFUL',
        deploymentCircuitBreaker: { status: 'TRIGGERED', threshold: 3 },
      });
    });

    it('stays with what runs where it is not to go back, until it is told something else', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      const failed = await service();
      expect(failed.deployments).toMatchObject([
        { status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0 },
        { status: 'ACTIVE', runningCount: 3 },
      ]);
      expect((await serviceDeployments())[0]).toMatchObject({ status: 'STOPPED' });
      const tried = cluster.tasks.length;
      await cluster.clock.advance(60 * minute);
      expect(cluster.tasks).toHaveLength(tried);
      await register('server');
      await update({ taskDefinition: 'web' });
      await stable();
      expect(wantedOf(3)).toHaveLength(3);
    });

    it('is deleted by force after it failed', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      await cluster.ask('DeleteService', { service: 'web', force: true });
      await cluster.clock.advance(5 * minute);
      expect((await service()).status).toBe('INACTIVE');
      expect(containers()).toBe(0);
    });

    it('goes down to none after it failed', async () => {
      await breakDown(false);
      await cluster.clock.advance(20 * minute);
      await update({ desiredCount: 0 });
      await cluster.clock.advance(5 * minute);
      expect(wanted()).toHaveLength(0);
    });

    it('gives up where the way back fails too', async () => {
      await open();
      await create(3, breaker(true));
      await stable();
      // The old image is not to be had on the only instance that is left.
      const later = cluster.addHost('host-later', {});
      later.engine.fake.image('busybox', { failPull: missingImageError });
      later.engine.fake.image(`busybox@sha256:${'0'.repeat(64)}`, { failPull: missingImageError });
      later.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 2);
      await register('missing');
      await update({ taskDefinition: 'web' });
      await cluster.ask('UpdateContainerInstancesState', {
        containerInstances: [cluster.hosts[0]!.instanceArn],
        status: 'DRAINING',
      });
      await cluster.clock.advance(120 * minute);
      expect((await serviceDeployments())[0]).toMatchObject({ status: 'ROLLBACK_FAILED' });
      expect((await service()).deployments[0]).toMatchObject({ rolloutState: 'FAILED' });
      const count = cluster.tasks.length;
      await cluster.clock.advance(120 * minute);
      expect(cluster.tasks).toHaveLength(count);
    });
  });

  it('tries a failing start ever more seldom without a breaker', async () => {
    await open();
    await register('missing');
    await create(1);
    await cluster.clock.advance(10 * minute);
    const tries = cluster.tasks.length;
    expect(tries).toBeGreaterThan(4);
    expect(tries).toBeLessThan(12);
    expect(said(await service()).join()).toContain('is unable to consistently start tasks successfully');
    for (const { engine } of cluster.hosts) engine.fake.image(missingImage, {});
    expect((await stable(60 * minute)).runningCount).toBe(1);
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
      await create(4, { placementConstraints: [{ type: 'distinctInstance' }] });
    };

    it('tries them ever more seldom though others run', async () => {
      await openWithBadHost();
      await cluster.clock.advance(60 * minute);
      expect(running()).toHaveLength(1);
      expect(cluster.tasks.length).toBeLessThan(20);
      expect(said(await service()).join()).toContain('is unable to consistently start tasks successfully');
    });

    it('tries them at once with a new task definition, or when it is forced to', async () => {
      await openWithBadHost();
      await cluster.clock.advance(60 * minute);
      for (const change of [
        () => register('server').then(() => update({ taskDefinition: 'web' })),
        () => update({ forceNewDeployment: true }),
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

  it('goes back when it is asked to', async () => {
    await open();
    await create(2);
    await stable();
    await register('missing');
    await update({ taskDefinition: 'web' });
    await cluster.clock.advance(10_000);
    const { currentServiceDeployment } = (await service()) as unknown as { currentServiceDeployment: string };
    await cluster.ask('StopServiceDeployment', {
      serviceDeploymentArn: currentServiceDeployment,
      stopType: 'ROLLBACK',
    });
    const [back] = (await service()).deployments;
    expect(back).toMatchObject({
      taskDefinition: expect.stringMatching(/web:1$/) as unknown,
      rolloutStateReason: `ECS deployment ${back!.id} in progress.`,
    });
    await stable();
    expect(wantedOf(1)).toHaveLength(2);
    expect((await serviceDeployments())[0]).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
  });

  it('is scaled up and down', async () => {
    await open();
    await create(2);
    await stable();
    await update({ desiredCount: 6 });
    expect((await stable()).runningCount).toBe(6);
    await update({ desiredCount: 1 });
    await stable();
    await cluster.until('one container is left', () => containers() === 1);
    await update({ desiredCount: 0 });
    const after = await stable();
    await cluster.until('none is left', () => containers() === 0);
    expect(after.deployments).toHaveLength(1);
    expect((await serviceDeployments()).length).toBe(1);
  });

  it('moves off an instance that drains, never short of tasks', async () => {
    await open(2);
    await create(4);
    await stable();
    const [from, to] = cluster.hosts;
    const on = (host: typeof from) =>
      wanted().filter(({ containerInstanceArn }) => containerInstanceArn === host!.instanceArn);
    expect([on(from).length, on(to).length]).toEqual([2, 2]);
    await cluster.ask('UpdateContainerInstancesState', {
      containerInstances: [from!.instanceArn],
      status: 'DRAINING',
    });
    await cluster.until('all are on the other', () => on(from).length === 0 && on(to).length === 4);
    await stable();
    expect(cluster.serviceWitness.fewest).toBeGreaterThanOrEqual(4);
    await cluster.until('the first is empty', () =>
      from!.engine.containers.every(({ status }) => status !== 'running'),
    );
  });

  it('says that there is no room, and goes on once there is', async () => {
    await open();
    await create(20);
    await cluster.clock.advance(2 * minute);
    expect(running()).toHaveLength(16);
    expect(said(await service()).at(-1)).toMatch(/was unable to place a task .* insufficient/);
    const host = cluster.addHost('host-late', {});
    host.startAgent();
    expect((await stable()).runningCount).toBe(20);
  });

  it('protects no more tasks than it wants, so that its deployment can end', async () => {
    await open();
    await create(2);
    await stable();
    const protect = (tasks: readonly Task[]) =>
      cluster.ask<{ protectedTasks: object[]; failures: { arn: string; reason: string }[] }>(
        'UpdateTaskProtection',
        { cluster: 'default', tasks: tasks.map(({ arn }) => arn), protectionEnabled: true },
      );
    const [old, other] = running();
    expect((await protect([old!, other!])).protectedTasks).toHaveLength(2);
    await register('server');
    await update({ taskDefinition: 'web' });
    await cluster.until('the new ones run', () => running().length === 4);
    const [added] = wantedOf(2);
    const answer = await protect([old!, added!]);
    expect(answer.protectedTasks).toMatchObject([{ taskArn: old!.arn }]);
    expect(answer.failures).toEqual([{ arn: added!.arn, reason: 'DEPLOYMENT_BLOCKED' }]);
    end(other!);
    await cluster.until('it is gone', () => cluster.task(other!.arn)?.lastStatus === 'STOPPED');
    expect((await protect([added!])).failures).toEqual([]);
  });

  it('is deleted by force with tasks that are protected', async () => {
    await open();
    await create(2);
    await stable();
    await cluster.ask('UpdateTaskProtection', {
      cluster: 'default',
      tasks: running().map(({ arn }) => arn),
      protectionEnabled: true,
    });
    await cluster.ask('DeleteService', { service: 'web', force: true });
    await cluster.clock.advance(minute);
    expect((await service()).status).toBe('INACTIVE');
    expect(containers()).toBe(0);
  });

  it('is deleted by force', async () => {
    await open();
    await create(3);
    await stable();
    await cluster.ask('DeleteService', { service: 'web', force: true });
    expect((await service()).status).toBe('DRAINING');
    await cluster.until('nothing runs', () => containers() === 0);
    await cluster.clock.advance(minute);
    const gone = await service();
    expect(gone).toMatchObject({ status: 'INACTIVE', desiredCount: 0, runningCount: 0, deployments: [] });
    await create(1);
    await stable();
  });

  it('goes on with a rollout after its control plane died, and doubles nothing', async () => {
    for (const commits of [1, 2, 5, 9, 14]) {
      await open(2, commits);
      await create(4);
      await stable();
      await register('server');
      await update({ taskDefinition: 'web' });
      cluster.controlPlane.crashAfter(commits);
      await cluster.clock.advance(50_000);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.clock.advance(minute);
      await cluster.startControlPlane();
      await stable();
      expect([wantedOf(1).length, wantedOf(2).length]).toEqual([0, 4]);
      expect(cluster.tasks.filter(({ revision }) => revision === 2)).toHaveLength(4);
      await cluster.until('no other container runs', () => containers() === 4);
      expect(cluster.witness.violations).toEqual([]);
    }
  });

  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
  it.each(seeds)(
    'is stable in the end whatever happens to it, seed %i',
    { timeout: 60_000 },
    async (seed) => {
      await open(3, seed);
      await create(3);
      const below = (limit: number): number => Math.floor(cluster.random.next() * limit);
      const whims: readonly (() => Promise<unknown>)[] = [
        () => update({ desiredCount: below(8) }),
        () => register('server').then(() => update({ taskDefinition: 'web' })),
        () => update({ forceNewDeployment: true }),
        () =>
          register('missing')
            .then(() => update({ taskDefinition: 'web' }))
            .then(() => cluster.clock.advance(below(minute)))
            .then(() => register('server'))
            .then(() => update({ taskDefinition: 'web' })),
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
      const after = await stable();
      expect(wanted()).toHaveLength(after.desiredCount);
      expect(containers()).toBe(after.desiredCount);
      cluster.witness.checkConverged();
    },
  );
});
