import { afterEach, describe, expect, it } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { tasks as tasksTable } from '../../src/aws/ecs/state/task/tasks.ts';
import { containerLike, type BehaviourName } from './behaviours.ts';
import { noFaults } from './message-faults.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;

interface Started {
  readonly tasks: readonly { readonly taskArn: string }[];
  readonly failures: readonly { readonly reason: string }[];
}

describe('a cluster', () => {
  let cluster: SimulatedCluster;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (hosts = 1, more: { cpus?: number; memoryMiB?: number } = {}): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 1, hosts, ...more });
  };

  const register = (family: string, ...containerDefinitions: object[]) =>
    cluster.ask('RegisterTaskDefinition', { family, containerDefinitions });

  const run = async (behaviour: BehaviourName, count = 1, more: object = {}): Promise<readonly string[]> => {
    await register(behaviour, containerLike(behaviour, 'app', more));
    const { tasks } = await cluster.ask<Started>('RunTask', { taskDefinition: behaviour, count });
    return tasks.map(({ taskArn }) => taskArn);
  };

  const runOne = async (behaviour: BehaviourName, more: object = {}): Promise<string> =>
    (await run(behaviour, 1, more))[0]!;

  const reaches = (arn: string, lastStatus: Task['lastStatus']) =>
    cluster.until(`${arn} is ${lastStatus}`, () => cluster.task(arn)?.lastStatus === lastStatus);

  const running = () =>
    cluster.hosts.flatMap(({ engine }) => engine.containers).filter(({ status }) => status === 'running')
      .length;

  it('runs a task and stops it', async () => {
    await open();
    const arn = await runOne('server');
    await reaches(arn, 'RUNNING');
    expect(running()).toBe(1);
    await cluster.ask('StopTask', { task: arn, reason: 'enough' });
    await reaches(arn, 'STOPPED');
    expect(running()).toBe(0);
    expect(cluster.task(arn)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 0, lastStatus: 'STOPPED' }],
    });
  });

  const ends: [BehaviourName, string, string, number | undefined][] = [
    ['job', 'EssentialContainerExited', 'Essential container in task exited', 0],
    ['crasher', 'EssentialContainerExited', 'Essential container in task exited', 1],
    ['missing', 'TaskFailedToStart', 'Task failed to start', undefined],
    ['broken', 'TaskFailedToStart', 'Task failed to start', undefined],
  ];

  it.each(ends)('says why a %s ended', async (behaviour, stopCode, stoppedReason, exitCode) => {
    await open();
    const arn = await runOne(behaviour);
    await reaches(arn, 'STOPPED');
    expect(cluster.task(arn)).toMatchObject({ desiredStatus: 'STOPPED', stopCode, stoppedReason });
    expect(cluster.task(arn)?.containers[0]?.exitCode).toBe(exitCode);
  });

  it('kills what hears no stop signal once its time is up', async () => {
    await open();
    const arn = await runOne('stubborn', { stopTimeout: 20 });
    await reaches(arn, 'RUNNING');
    await cluster.ask('StopTask', { task: arn });
    const asked = cluster.clock.now();
    await reaches(arn, 'STOPPED');
    expect(cluster.clock.now() - asked).toBeGreaterThanOrEqual(20_000);
    expect(cluster.task(arn)?.containers[0]?.exitCode).toBe(137);
  });

  it('gives the resources of a stopped task to the next one', async () => {
    await open(1, { cpus: 1, memoryMiB: 1024 });
    const [first, second] = await run('server', 2);
    await reaches(first!, 'RUNNING');
    const refused = await cluster.ask<Started>('RunTask', { taskDefinition: 'server' });
    expect(refused).toMatchObject({ tasks: [], failures: [{ reason: 'RESOURCE:MEMORY' }] });
    await cluster.ask('StopTask', { task: second! });
    await reaches(second!, 'STOPPED');
    const third = await runOne('server');
    await reaches(third, 'RUNNING');
  });

  it('spreads tasks that want the same host port over hosts', async () => {
    await open(2);
    const portMappings = [{ containerPort: 80, hostPort: 8080 }];
    const arns = await run('server', 3, { portMappings });
    expect(arns).toHaveLength(2);
    for (const arn of arns) await reaches(arn, 'RUNNING');
    expect(new Set(arns.map((arn) => cluster.task(arn)?.containerInstanceArn)).size).toBe(2);
  });

  it('reports the host ports that the agent chose', async () => {
    await open();
    const arns = await run('server', 3, { portMappings: [{ containerPort: 80 }] });
    for (const arn of arns) await reaches(arn, 'RUNNING');
    const ports = arns.map((arn) => cluster.task(arn)?.containers[0]?.networkBindings[0]?.hostPort);
    expect(new Set(ports).size).toBe(3);
  });

  it('starts containers in the order of their dependencies', async () => {
    await open();
    await register(
      'ordered',
      containerLike('server', 'web', { dependsOn: [{ containerName: 'setup', condition: 'SUCCESS' }] }),
      containerLike('job', 'setup', { essential: false }),
    );
    const { tasks } = await cluster.ask<Started>('RunTask', { taskDefinition: 'ordered' });
    const arn = tasks[0]!.taskArn;
    await reaches(arn, 'RUNNING');
    expect(cluster.task(arn)?.containers.find(({ name }) => name === 'setup')?.exitCode).toBe(0);
  });

  it('keeps health as the agent reports it', async () => {
    await open();
    const healthCheck = { command: ['CMD', 'true'] };
    const environment = [
      { name: 'FAKE_HEALTHY_AFTER', value: '1000' },
      { name: 'FAKE_UNHEALTHY_AFTER', value: '90000' },
    ];
    const arn = await runOne('server', { healthCheck, environment });
    const health = (): string | undefined => cluster.task(arn)?.containers[0]?.healthStatus;
    await cluster.until('it is healthy', () => health() === 'HEALTHY');
    await cluster.until('it is unhealthy', () => health() === 'UNHEALTHY');
    expect(cluster.task(arn)?.lastStatus).toBe('RUNNING');
  });

  it('sends again what was lost on the way, long before the agent reconnects', async () => {
    await open();
    await register('server', containerLike('server'));
    cluster.messageFaults.faults = { ...noFaults, loss: 1 };
    const { tasks } = await cluster.ask<Started>('RunTask', { taskDefinition: 'server' });
    cluster.messageFaults.faults = noFaults;
    const asked = cluster.clock.now();
    await reaches(tasks[0]!.taskArn, 'RUNNING');
    expect(cluster.clock.now() - asked).toBeLessThan(minute);
  });

  it('stops what the store does not know, as after a restored backup', async () => {
    await open();
    const arn = await runOne('server');
    await reaches(arn, 'RUNNING');
    cluster.hosts[0]!.killAgent();
    await cluster.until('the loss is noticed', () => cluster.connected === 0);
    cluster.store.update((tx) => {
      tx.table(tasksTable).delete(arn);
    });
    cluster.hosts[0]!.startAgent();
    await cluster.until('nothing runs any more', () => running() === 0);
    expect(cluster.invariants.violations.splice(0)).toEqual([`${arn} was removed`]);
  });

  describe('whose agent is lost', () => {
    it('keeps the tasks as they were, and places nothing new there', async () => {
      await open();
      const arn = await runOne('server');
      await reaches(arn, 'RUNNING');
      cluster.network.cutOff('host-0');
      await cluster.until('the loss is noticed', () => cluster.connected === 0, 3 * minute);
      expect(cluster.task(arn)).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' });
      const refused = await cluster.ask<Started>('RunTask', { taskDefinition: 'server' });
      expect(refused.failures).toMatchObject([{ reason: 'AGENT' }]);
    });

    it('hears of everything that happened once it is back', async () => {
      await open();
      const [stays, goes] = [await runOne('server'), await runOne('job')];
      for (const arn of [stays, goes]) await reaches(arn, 'RUNNING');
      cluster.network.cutOff('host-0');
      await cluster.until('the loss is noticed', () => cluster.connected === 0, 3 * minute);
      await cluster.ask('StopTask', { task: stays });
      await cluster.clock.advance(5 * minute);
      expect(cluster.task(goes)?.lastStatus).toBe('RUNNING');
      cluster.network.reconnect('host-0');
      for (const arn of [stays, goes]) await reaches(arn, 'STOPPED');
      expect(cluster.task(goes)?.stopCode).toBe('EssentialContainerExited');
      expect(cluster.task(stays)?.stopCode).toBe('UserInitiated');
    });

    it('finds its containers again after the agent was killed', async () => {
      await open();
      const arn = await runOne('server');
      await reaches(arn, 'RUNNING');
      const id = cluster.task(arn)?.containers[0]?.runtimeId;
      cluster.hosts[0]!.killAgent();
      await cluster.until('the loss is noticed', () => cluster.connected === 0);
      expect(running()).toBe(1);
      cluster.hosts[0]!.startAgent();
      await cluster.until('it is back', () => cluster.connected === 1);
      await cluster.clock.advance(minute);
      expect(cluster.task(arn)).toMatchObject({ lastStatus: 'RUNNING', containers: [{ runtimeId: id }] });
      expect(cluster.store.view(() => cluster.hosts[0]!.engine.containers)).toHaveLength(1);
    });

    it('learns from a restarted agent what ended meanwhile', async () => {
      await open();
      const arn = await runOne('job');
      await reaches(arn, 'RUNNING');
      cluster.hosts[0]!.killAgent();
      await cluster.clock.advance(5 * minute);
      cluster.hosts[0]!.startAgent();
      await reaches(arn, 'STOPPED');
      expect(cluster.task(arn)?.containers[0]?.exitCode).toBe(0);
    });
  });

  describe('whose control plane dies', () => {
    it('runs on, and is the same when it is back', async () => {
      await open(2);
      const arns = await run('server', 4);
      for (const arn of arns) await reaches(arn, 'RUNNING');
      cluster.controlPlane.crash();
      await cluster.clock.advance(10 * minute);
      expect(running()).toBe(4);
      await cluster.startControlPlane();
      await cluster.until('the agents are back', () => cluster.connected === 2, 3 * minute);
      expect(arns.map((arn) => cluster.task(arn)?.lastStatus)).toEqual(Array(4).fill('RUNNING'));
      await cluster.ask('StopTask', { task: arns[0]! });
      await reaches(arns[0]!, 'STOPPED');
    });

    it('takes what ended while it was away', async () => {
      await open();
      const arn = await runOne('job');
      await reaches(arn, 'RUNNING');
      cluster.controlPlane.crash();
      await cluster.clock.advance(2 * minute);
      await cluster.startControlPlane();
      await reaches(arn, 'STOPPED');
    });

    it('never lets an agent hear of a task that the crash took back', async () => {
      await open();
      await register('server', containerLike('server'));
      const answer = cluster.call('RunTask', { taskDefinition: 'server' });
      await flushPromises();
      expect(cluster.tasks).toHaveLength(1);
      cluster.controlPlane.crash();
      await expect(answer).rejects.toMatchObject({ code: 'Unreachable' });
      await cluster.startControlPlane();
      await cluster.until('the agent is back', () => cluster.connected === 1, 3 * minute);
      await cluster.clock.advance(minute);
      // The commit may or may not have reached the disk; either way both sides agree.
      expect(running()).toBe(cluster.tasks.length);
    });

    it('delivers after its return the stop that was asked for just before', async () => {
      await open();
      const arn = await runOne('server');
      await reaches(arn, 'RUNNING');
      cluster.network.cutOff('host-0');
      await cluster.ask('StopTask', { task: arn });
      cluster.controlPlane.crash();
      cluster.network.reconnect('host-0');
      await cluster.startControlPlane();
      await reaches(arn, 'STOPPED');
      expect(running()).toBe(0);
    });
  });

  it('holds for a day of nothing', async () => {
    await open(2);
    const arns = await run('server', 2);
    for (const arn of arns) await reaches(arn, 'RUNNING');
    for (let hour = 0; hour < 24; hour++) {
      await cluster.clock.advance(60 * minute);
      expect(cluster.connected).toBe(2);
    }
    cluster.invariants.checkConverged();
  });
});
