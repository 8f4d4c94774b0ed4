// Daemons in a whole cluster: one on every instance, whatever comes, goes, drains, breaks or is rolled out.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/model/task.ts';
import { tasks } from '../../src/store/tables/tasks.ts';
import { containerLike, missingImage, type BehaviourName } from './behaviours.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;

interface Service {
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deployments: readonly {
    readonly status: string;
    readonly taskDefinition: string;
    readonly desiredCount: number;
    readonly rolloutState: string;
  }[];
  readonly events: readonly { readonly message: string }[];
}

describe('a daemon service', () => {
  let cluster: SimulatedCluster;

  afterEach(() => {
    expect(cluster.witness.violations).toEqual([]);
  });

  const register = (behaviour: BehaviourName, more: object = {}, definition: object = {}) =>
    cluster.ask('RegisterTaskDefinition', {
      family: 'log',
      containerDefinitions: [containerLike(behaviour, 'app', { stopTimeout: 5, ...more })],
      ...definition,
    });
  const open = async (hosts: number, seed = 1): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed, hosts });
    await register('server');
  };
  const create = (more: object = {}) =>
    cluster.ask('CreateService', {
      serviceName: 'log',
      taskDefinition: 'log',
      schedulingStrategy: 'DAEMON',
      ...more,
    });
  const update = (more: object) => cluster.ask('UpdateService', { service: 'log', ...more });
  const service = async (name = 'log'): Promise<Service> =>
    (await cluster.ask<{ services: Service[] }>('DescribeServices', { services: [name] })).services[0]!;
  const setState = (host: SimulatedHost, status: 'ACTIVE' | 'DRAINING') =>
    cluster.ask('UpdateContainerInstancesState', { containerInstances: [host.instanceArn], status });

  const isWanted = (task: Task): boolean => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED';
  const wanted = (name = 'log'): readonly Task[] =>
    cluster.tasks.filter((task) => isWanted(task) && task.group === `service:${name}`);
  const on = (host: SimulatedHost, name = 'log'): readonly Task[] =>
    wanted(name).filter((task) => task.containerInstanceArn === host.instanceArn);
  const runsOn = (host: SimulatedHost): boolean =>
    on(host).length === 1 && on(host)[0]!.lastStatus === 'RUNNING';
  const revisions = (): readonly number[] =>
    wanted()
      .map(({ revision }) => revision)
      .toSorted((a, b) => a - b);
  const said = ({ events }: Service): readonly string[] =>
    events
      .map(({ message }) => message.replace(/\(task \w+\)/g, '(task)').replace(/ecs-svc\/\d+/g, 'id'))
      .reverse();
  const stable = async (limit = 30 * minute): Promise<Service> => {
    const end = cluster.clock.now() + limit;
    for (;;) {
      const now = await service();
      const [only, second] = now.deployments;
      const isStable = second === undefined && only?.rolloutState === 'COMPLETED' && now.pendingCount === 0;
      if (isStable && now.runningCount === now.desiredCount) return now;
      if (cluster.clock.now() >= end) throw new Error(`never stable: ${JSON.stringify(now, null, 1)}`);
      await cluster.clock.advance(1000);
    }
  };
  const serviceDeployments = async (): Promise<readonly { readonly status: string }[]> =>
    (
      await cluster.ask<{ serviceDeployments: { status: string }[] }>('ListServiceDeployments', {
        service: 'log',
      })
    ).serviceDeployments;

  it('is on every instance, counts them, and says so', async () => {
    await open(3);
    await create();
    const now = await stable();
    expect(now).toMatchObject({ desiredCount: 3, runningCount: 3 });
    expect(now.deployments).toMatchObject([{ status: 'PRIMARY', desiredCount: 3 }]);
    expect(cluster.hosts.every(runsOn)).toBe(true);
    expect(said(now)).toEqual([
      '(service log) has started 3 tasks: (task) (task) (task).',
      '(service log) (deployment id) deployment completed.',
      '(service log) has reached a steady state.',
    ]);
    await cluster.clock.advance(60 * minute);
    expect(await service()).toEqual(now);
  });

  it('is replaced where it ends, and nowhere else', async () => {
    await open(2);
    await create();
    await stable();
    const [victim] = on(cluster.hosts[0]!);
    cluster.hosts[0]!.engine.fake.find('app', victim!.arn)!.exit(1);
    await cluster.until(
      'it is replaced',
      () => runsOn(cluster.hosts[0]!) && on(cluster.hosts[0]!)[0] !== victim,
    );
    expect(cluster.tasks).toHaveLength(3);
  });

  it('comes with an instance before anything else does', async () => {
    await open(1);
    // A task that fills an instance, and more of it than there is room for.
    await cluster.ask('RegisterTaskDefinition', {
      family: 'big',
      containerDefinitions: [containerLike('server', 'app', { cpu: 4096 - 256, memory: 64 })],
    });
    await create();
    await stable();
    await cluster.ask('CreateService', { serviceName: 'big', taskDefinition: 'big', desiredCount: 4 });
    await cluster.until('it fills the instance', () => wanted('big').length === 1);
    for (const name of ['b', 'c', 'd']) cluster.addHost(name, {}).startAgent();
    await cluster.until('all are full', () => wanted('big').length === 4);
    expect(wanted()).toHaveLength(4);
    const now = await stable();
    expect(now.desiredCount).toBe(4);
    expect(said(now).join()).not.toContain('unable to place');
  });

  it('is the last to leave an instance that drains, and comes back', async () => {
    await open(2);
    await create();
    await stable();
    await cluster.ask('CreateService', { serviceName: 'web', taskDefinition: 'log', desiredCount: 4 });
    await cluster.until('web is there', () =>
      wanted('web').every(({ lastStatus }) => lastStatus === 'RUNNING'),
    );
    const [from] = cluster.hosts;
    const left: string[] = [];
    const stop = cluster.store.watch(tasks, (changes) => {
      for (const { before, after } of changes)
        if (after?.lastStatus === 'STOPPED' && before?.lastStatus !== 'STOPPED') left.push(after.group);
    });
    await setState(from!, 'DRAINING');
    expect((await service()).desiredCount).toBe(1);
    await cluster.until('it is empty', () => on(from!).length === 0 && on(from!, 'web').length === 0);
    await cluster.until('all have stopped', () => left.length === 3);
    stop();
    expect(left).toEqual(['service:web', 'service:web', 'service:log']);
    await stable();
    await setState(from!, 'ACTIVE');
    await cluster.until('it is back', () => runsOn(from!));
    expect((await stable()).desiredCount).toBe(2);
  });

  it('goes with an instance', async () => {
    await open(2);
    await create();
    await stable();
    const [from] = cluster.hosts;
    await setState(from!, 'DRAINING');
    await cluster.until('it is empty', () => on(from!).length === 0);
    await cluster.clock.advance(minute);
    await cluster.ask('DeregisterContainerInstance', { containerInstance: from!.instanceArn });
    await cluster.clock.advance(20 * minute);
    expect(await stable()).toMatchObject({ desiredCount: 1, runningCount: 1 });
    expect(cluster.tasks).toHaveLength(2);
  });

  it('is where its constraints and its definition let it be, also when that changes', async () => {
    await open(2);
    const edge = cluster.addHost('edge', { place: 'edge' });
    edge.startAgent();
    await cluster.until('it is connected', () => cluster.connected === 3);
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:place == edge' }];
    await create({ placementConstraints });
    expect((await stable()).desiredCount).toBe(1);
    expect(runsOn(edge)).toBe(true);
    const [first] = cluster.hosts;
    const attribute = { name: 'place', value: 'edge', targetId: first!.instanceArn };
    await cluster.ask('PutAttributes', { attributes: [attribute] });
    await cluster.until('it is there too', () => runsOn(first!));
    expect((await stable()).desiredCount).toBe(2);
    await cluster.ask('PutAttributes', { attributes: [{ ...attribute, value: 'core' }] });
    await cluster.until('it has left', () => on(first!).length === 0);
    const now = await stable();
    expect(now.desiredCount).toBe(1);
    expect(said(now)).toContain(
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
    expect(wanted()).toHaveLength(1);
    const now = await service();
    expect(now).toMatchObject({ desiredCount: 2, runningCount: 1 });
    const id = host!.instanceArn!.split('/').at(-1);
    expect(said(now).at(-1)).toContain(
      `was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${id}) has insufficient CPU units available.`,
    );
    await cluster.ask('StopTask', { task: started[0]!.taskArn });
    await stable();
    expect(cluster.hosts.every(runsOn)).toBe(true);
  });

  it('stays where the agent is away, and is missed where it cannot start', async () => {
    await open(2);
    await create();
    await stable();
    const [away] = cluster.hosts;
    away!.killAgent();
    await cluster.until('it is gone', () => cluster.connected === 1);
    expect(await stable()).toMatchObject({ desiredCount: 2, runningCount: 2 });
    await register('server');
    await update({ taskDefinition: 'log' });
    await cluster.clock.advance(5 * minute);
    expect(revisions()).toEqual([1, 2]);
    expect((await service()).deployments[0]!.rolloutState).toBe('IN_PROGRESS');
    away!.startAgent();
    await stable();
    expect(revisions()).toEqual([2, 2]);
  });

  it('waits for a lost host to tell what became of the old task', async () => {
    await open(2);
    await register('stubborn', { stopTimeout: 100 });
    await create();
    await stable();
    const [away] = cluster.hosts;
    const [old] = on(away!);
    await register('server');
    await update({ taskDefinition: 'log' });
    await cluster.until('it is told to stop', () => cluster.task(old!.arn)!.desiredStatus === 'STOPPED');
    away!.killAgent();
    await cluster.clock.advance(20 * minute);
    expect(cluster.task(old!.arn)!.lastStatus).toBe('RUNNING');
    away!.startAgent();
    await stable();
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
      await stable();
      await register('server');
      await update({ taskDefinition: 'log' });
      if (fewest === count) {
        await cluster.clock.advance(10 * minute);
        expect(revisions()).toEqual(Array.from({ length: count }, () => 1));
        expect(said(await service()).at(-1)).toMatch(/was unable to stop or start tasks during a deployment/);
        return;
      }
      const after = await stable();
      expect(after.deployments).toHaveLength(1);
      expect(revisions()).toEqual(Array.from({ length: count }, () => 2));
      expect(cluster.serviceWitness.most).toBe(count);
      expect(cluster.serviceWitness.fewest).toBe(fewest);
      expect(said(after).slice(-2)).toEqual([
        '(service log) (deployment id) deployment completed.',
        '(service log) has reached a steady state.',
      ]);
    },
  );

  it('is replaced where its health check fails', async () => {
    await open(2);
    await register('server', { healthCheck: { command: ['CMD', 'true'] } });
    await create();
    const check = (host: SimulatedHost, health: 'healthy' | 'unhealthy') =>
      host.engine.fake.find('app', on(host)[0]!.arn)!.become(health);
    await cluster.until('both run', () => cluster.hosts.every(runsOn));
    for (const host of cluster.hosts) check(host, 'healthy');
    await stable();
    const [sick] = cluster.hosts;
    const [first] = on(sick!);
    check(sick!, 'unhealthy');
    await cluster.until('it is replaced', () => runsOn(sick!) && on(sick!)[0]!.arn !== first!.arn);
    expect(cluster.task(first!.arn)).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
    check(sick!, 'healthy');
    await stable();
  });

  describe('that fails to start', () => {
    const breaker = (rollback: boolean) => ({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
    });

    it('goes back, where it is to', async () => {
      await open(3);
      await create(breaker(true));
      await stable();
      await register('missing');
      await update({ taskDefinition: 'log' });
      await cluster.clock.advance(5000);
      const after = await stable();
      expect(revisions()).toEqual([1, 1, 1]);
      expect(said(after)).toContain('(service log) rolling back to deployment id.');
      expect((await serviceDeployments()).map(({ status }) => status)).toEqual([
        'ROLLBACK_SUCCESSFUL',
        'SUCCESSFUL',
      ]);
    });

    it('is allowed failures by the number of its instances', async () => {
      await open(9);
      await register('missing');
      await create(breaker(false));
      await cluster.clock.advance(minute);
      const [{ serviceDeploymentArn }] = (await serviceDeployments()) as unknown as [
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
      await stable();
      await register('missing');
      await update({ taskDefinition: 'log' });
      await cluster.clock.advance(10_000);
      const { currentServiceDeployment } = (await service()) as unknown as {
        currentServiceDeployment: string;
      };
      await cluster.ask('StopServiceDeployment', { serviceDeploymentArn: currentServiceDeployment });
      await stable();
      expect(revisions()).toEqual([1, 1]);
    });

    it('on one host, is tried there ever more seldom while the others run', async () => {
      await open(2);
      const bad = cluster.addHost('bad', {});
      for (const { engine } of cluster.hosts.slice(0, 2)) engine.fake.image(missingImage, {});
      await register('missing');
      bad.startAgent();
      await cluster.until('it is connected', () => cluster.connected === 3);
      await create();
      await cluster.clock.advance(10 * minute);
      const tries = cluster.tasks.filter((task) => task.containerInstanceArn === bad.instanceArn).length;
      expect(tries).toBeGreaterThan(4);
      expect(tries).toBeLessThan(12);
      expect(said(await service()).join()).toContain('is unable to consistently start tasks successfully');
      expect(cluster.hosts.slice(0, 2).every(runsOn)).toBe(true);
      bad.engine.fake.image(missingImage, {});
      await stable(30 * minute);
      expect(runsOn(bad)).toBe(true);
    });
  });

  it('starts anew when that is forced', async () => {
    await open(2);
    await create();
    await stable();
    const before = wanted().map(({ arn }) => arn);
    await update({ forceNewDeployment: true });
    await stable();
    expect(wanted()).toHaveLength(2);
    expect(wanted().filter(({ arn }) => before.includes(arn))).toEqual([]);
  });

  it('is deleted without force', async () => {
    await open(2);
    await create();
    await stable();
    await cluster.ask('DeleteService', { service: 'log' });
    expect((await service()).status).toBe('DRAINING');
    await cluster.until('nothing is left', () => wanted().length === 0);
    await cluster.clock.advance(minute);
    expect(await service()).toMatchObject({ status: 'INACTIVE', desiredCount: 0, runningCount: 0 });
  });

  it('goes on with a rollout after its control plane died, and doubles nothing', async () => {
    for (const commits of [1, 2, 5, 9, 14]) {
      await open(3, commits);
      await create({ deploymentConfiguration: { minimumHealthyPercent: 60, maximumPercent: 100 } });
      await stable();
      await register('server');
      await update({ taskDefinition: 'log' });
      cluster.controlPlane.crashAfter(commits);
      await cluster.clock.advance(30_000);
      if (cluster.controlPlane.isUp) cluster.controlPlane.crash();
      await cluster.clock.advance(minute);
      await cluster.startControlPlane();
      await stable();
      expect(revisions()).toEqual([2, 2, 2]);
      expect(cluster.tasks.filter(({ revision }) => revision === 2)).toHaveLength(3);
      expect(cluster.witness.violations).toEqual([]);
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
      () => register('server').then(() => update({ taskDefinition: 'log' })),
      () => update({ forceNewDeployment: true }),
      () =>
        register('missing')
          .then(() => update({ taskDefinition: 'log' }))
          .then(() => cluster.clock.advance(below(minute)))
          .then(() => register('server'))
          .then(() => update({ taskDefinition: 'log' })),
      () => setState(any(), below(2) === 0 ? 'DRAINING' : 'ACTIVE'),
      () =>
        cluster.ask('PutAttributes', {
          attributes: [{ name: 'spot', value: below(2) === 0 ? 'yes' : 'no', targetId: any().instanceArn }],
        }),
      () =>
        update({
          placementConstraints:
            below(2) === 0 ? [] : [{ type: 'memberOf', expression: 'not(attribute:spot == yes)' }],
        }),
      () => {
        for (const task of wanted().slice(0, 1 + below(2)))
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
    await update({ placementConstraints: [] });
    // An agent that was cut off reconnects at least every 35 minutes.
    await cluster.clock.advance(40 * minute);
    expect((await stable()).desiredCount).toBe(4);
    expect(cluster.hosts.every(runsOn)).toBe(true);
    cluster.witness.checkConverged();
  });
});
