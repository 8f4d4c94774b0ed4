// A control plane, or an agent, that is set back to an earlier state or has lost it: within seconds both know the same again.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containerLike, type BehaviourName } from './behaviours.ts';
import { containersIn, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const second = 1000;
const minute = 60 * second;
/** Hosts keep stopped containers for two minutes. */
const cleanedUp = 3 * minute;
const reconnected = 3 * minute;

describe('a cluster', () => {
  let cluster: SimulatedCluster;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (hosts = 2): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 7, hosts });
  };
  const run = async (behaviour: BehaviourName = 'server', containers = ['app']): Promise<string> => {
    const containerDefinitions = containers.map((name) => containerLike(behaviour, name));
    await cluster.ask('RegisterTaskDefinition', { family: 'lone', containerDefinitions });
    const { tasks } = await cluster.ask<{ tasks: { taskArn: string }[] }>('RunTask', {
      taskDefinition: 'lone',
    });
    return tasks[0]!.taskArn;
  };
  const reaches = (arn: string, lastStatus: Task['lastStatus'], limit?: number): Promise<void> =>
    cluster.until(`${arn} is ${lastStatus}`, () => cluster.task(arn)?.lastStatus === lastStatus, limit);
  const stop = async (arn: string): Promise<void> => {
    await cluster.ask('StopTask', { task: arn });
    await reaches(arn, 'STOPPED');
  };
  const connected = (): Promise<void> =>
    cluster.until('all are connected', () => cluster.connected === cluster.hosts.length, reconnected);
  /** Copies the control plane's disk, and goes on. */
  const backUp = async () => {
    // What was written is durable by then.
    await cluster.clock.advance(second);
    const backup = cluster.controlPlane.backUp();
    await cluster.startControlPlane();
    await connected();
    return backup;
  };
  const restore = async (backup: Awaited<ReturnType<typeof backUp>>): Promise<void> => {
    cluster.controlPlane.restore(backup);
    await cluster.startControlPlane();
    await connected();
  };
  /** Store and machines agree. */
  const agreed = async (): Promise<void> => {
    await cluster.clock.advance(15 * second);
    cluster.invariants.checkConverged();
  };

  describe('whose control plane is restored from a backup', () => {
    it.each([
      ['have stopped', 0],
      ['have been cleaned up', cleanedUp],
    ])('takes no task for running whose containers %s', async (_what, later) => {
      await open();
      const [ended, kept] = [await run(), await run()];
      for (const arn of [ended, kept]) await reaches(arn, 'RUNNING');
      const backup = await backUp();
      await stop(ended);
      await cluster.clock.advance(later);
      await restore(backup);
      await agreed();
      expect(cluster.task(kept)?.lastStatus).toBe('RUNNING');
      expect(cluster.task(ended)).toMatchObject({
        lastStatus: 'STOPPED',
        stoppedReason:
          later === 0 ? 'Essential container in task exited' : expect.stringMatching(/had ended before/),
      });
      if (later === 0) expect(cluster.task(ended)!.containers[0]!.exitCode).toBe(0);
    });

    it('replaces what its services have lost, and runs nothing else', async () => {
      await open();
      const web = new ServiceClient(cluster);
      await web.register();
      await web.create(4);
      await web.stable();
      const backup = await backUp();
      await web.register('server', { memory: 256 });
      await web.update({ taskDefinition: 'web:2' });
      await web.stable();
      await cluster.clock.advance(cleanedUp);
      await restore(backup);
      await cluster.clock.advance(minute);
      const now = await web.stable();
      expect([now.runningCount, containersIn(cluster)]).toEqual([4, 4]);
      // No task of it has failed: they were lost.
      expect(web.wantedOf(1)).toHaveLength(4);
      expect((await web.history())[0]!.deploymentCircuitBreaker.failureCount).toBe(0);
      await agreed();
    });

    it('gets to know the tasks that it had only just begun to start', async () => {
      await open();
      const [runs, ends] = [await run(), await run('crasher')];
      const backup = cluster.controlPlane.backUp();
      await cluster.startControlPlane();
      await connected();
      await reaches(runs, 'RUNNING');
      await reaches(ends, 'STOPPED');
      await cluster.clock.advance(cleanedUp);
      await restore(backup);
      expect(cluster.task(ends)!.lastStatus).not.toBe('RUNNING');
      await agreed();
      expect(cluster.task(runs)?.lastStatus).toBe('RUNNING');
      expect(cluster.task(ends)?.lastStatus).toBe('STOPPED');
    });

    it('can stop what it takes for running', async () => {
      await open();
      const arn = await run();
      await reaches(arn, 'RUNNING');
      const backup = await backUp();
      await stop(arn);
      await cluster.clock.advance(cleanedUp);
      for (const { name } of cluster.hosts) cluster.network.cutOff(name);
      cluster.controlPlane.restore(backup);
      await cluster.startControlPlane();
      await cluster.ask('StopTask', { task: arn, reason: 'enough' });
      expect(cluster.task(arn)?.lastStatus).toBe('RUNNING');
      for (const { name } of cluster.hosts) cluster.network.reconnect(name);
      await connected();
      await agreed();
      expect(cluster.task(arn)).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'enough' });
    });

    it('hears again of containers that have ended in a task that runs on', async () => {
      await open(1);
      await cluster.ask('RegisterTaskDefinition', {
        family: 'lone',
        containerDefinitions: [
          containerLike('server', 'app'),
          containerLike('job', 'init', { essential: false }),
        ],
      });
      const { tasks } = await cluster.ask<{ tasks: { taskArn: string }[] }>('RunTask', {
        taskDefinition: 'lone',
      });
      const arn = tasks[0]!.taskArn;
      const init = () => cluster.task(arn)!.containers.find(({ name }) => name === 'init')!;
      await reaches(arn, 'RUNNING');
      expect(init().lastStatus).toBe('RUNNING');
      const backup = await backUp();
      await cluster.until('init has ended', () => init().lastStatus === 'STOPPED');
      await restore(backup);
      await cluster.clock.advance(5 * second);
      expect(init()).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 });
      expect(cluster.task(arn)?.lastStatus).toBe('RUNNING');
    });

    it('leaves nothing running that began after the backup', async () => {
      await open();
      const backup = await backUp();
      const arn = await run();
      await reaches(arn, 'RUNNING');
      await restore(backup);
      await agreed();
      expect(cluster.task(arn)).toBeUndefined();
      expect(containersIn(cluster)).toBe(0);
    });
  });

  describe('with an agent whose state', () => {
    it('is older than its tasks has them STOPPED, with nothing left of them', async () => {
      await open(1);
      const [host] = cluster.hosts;
      const before = await run();
      await reaches(before, 'RUNNING');
      const backup = host!.backUpState();
      const after = await run();
      await reaches(after, 'RUNNING');
      await stop(before);
      host!.restoreState(backup);
      await connected();
      await agreed();
      expect(cluster.task(after)).toMatchObject({
        lastStatus: 'STOPPED',
        stoppedReason: expect.stringMatching(/did not know the task/) as unknown,
      });
      expect(containersIn(cluster)).toBe(0);
    });

    it('is older than tasks of which nothing is left has them STOPPED', async () => {
      await open(1);
      const [host] = cluster.hosts;
      const backup = host!.backUpState();
      const arn = await run();
      await reaches(arn, 'RUNNING');
      host!.killAgent();
      host!.engine.wipe();
      host!.restoreState(backup);
      await connected();
      await agreed();
      expect(cluster.task(arn)).toMatchObject({
        lastStatus: 'STOPPED',
        stoppedReason: expect.stringMatching(/does not know the task/) as unknown,
      });
    });

    it('is gone has what it left STOPPED, and as many tasks as are wanted', async () => {
      await open(2);
      const web = new ServiceClient(cluster);
      await web.register();
      await web.create(5);
      await web.stable();
      const [host] = cluster.hosts;
      const old = host!.instanceArn;
      const left = web.wantedOn(host!);
      expect(left.length).toBeGreaterThan(0);
      host!.restoreState();
      await cluster.until('it has another instance', () => ![undefined, old].includes(host!.instanceArn));
      await connected();
      await cluster.clock.advance(10 * second);
      const now = await web.stable();
      expect([now.runningCount, containersIn(cluster)]).toEqual([5, 5]);
      for (const { arn } of left)
        expect(cluster.task(arn)).toMatchObject({
          lastStatus: 'STOPPED',
          stoppedReason: expect.stringMatching(/state was lost/) as unknown,
        });
      cluster.invariants.checkConverged();
    });
  });
});
