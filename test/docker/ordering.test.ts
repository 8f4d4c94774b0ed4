// Which container of a task waits for which, and what health checks say.
import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { shell, sleeper } from './programs.ts';
import { Rig } from './rig.ts';

/** The shortest that ECS takes. */
const quickly = { interval: 5, timeout: 2, retries: 1 };

describeWithDocker('containers of a task', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine);
  });
  afterAll(() => rig.close());

  const startOf = async (task: Task, name: string): Promise<string> =>
    (await rig.inspect(task, name)).State.StartedAt;
  const endOf = async (task: Task, name: string): Promise<string> =>
    (await rig.inspect(task, name)).State.FinishedAt;
  const after = (
    containerName: string,
    condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY',
  ): Partial<ContainerDefinition> => ({ dependsOn: [{ containerName, condition }] });

  describe.concurrent('beside others', () => {
    it('START after those they wait for, and stop before them', async () => {
      const task = await rig.running('chain', [
        { name: 'third', command: sleeper(), ...after('second', 'START') },
        { name: 'second', command: sleeper(), ...after('first', 'START') },
        { name: 'first', command: sleeper() },
      ]);
      const order = ['first', 'second', 'third'];
      const starts = await Promise.all(order.map((name) => startOf(task, name)));
      expect(starts).toEqual(starts.toSorted());
      await rig.ecs.stopTask({ cluster: rig.name, task: task.taskArn });
      await rig.untilStopped(task.taskArn!);
      const ends = await Promise.all(order.map((name) => endOf(task, name)));
      expect(ends).toEqual(ends.toSorted().toReversed());
    });

    it.for(['COMPLETE', 'SUCCESS'] as const)('wait for %s', async (condition) => {
      const task = await rig.running(condition.toLowerCase(), [
        { name: 'app', command: sleeper(), ...after('init', condition) },
        { name: 'init', essential: false, command: shell('sleep 1') },
      ]);
      expect((await startOf(task, 'app')) > (await endOf(task, 'init'))).toBe(true);
      expect(task.containers!.find(({ name }) => name === 'init')).toMatchObject({
        lastStatus: 'STOPPED',
        exitCode: 0,
      });
    });

    it('COMPLETE whatever the exit code', async () => {
      const task = await rig.running('complete-anyway', [
        { name: 'app', command: sleeper(), ...after('init', 'COMPLETE') },
        { name: 'init', essential: false, command: shell('exit 9') },
      ]);
      expect(task.containers!.find(({ name }) => name === 'init')).toMatchObject({ exitCode: 9 });
    });

    it('are never started when SUCCESS does not come', async () => {
      const task = await rig.stopped('failure', [
        { name: 'app', command: sleeper(), ...after('init', 'SUCCESS') },
        { name: 'init', essential: false, command: shell('exit 9') },
      ]);
      expect(task).toMatchObject({ stopCode: 'TaskFailedToStart' });
      const app = task.containers!.find(({ name }) => name === 'app');
      expect(app!.reason).toMatch(/^CannotStartContainerError: .*did not exit successfully/);
      expect(await rig.containerIds(task.taskArn!, 'app')).toEqual([]);
    });

    it('are never started when what they wait for takes longer than its startTimeout', async () => {
      const task = await rig.stopped('late', [
        { name: 'app', command: sleeper(), ...after('init', 'COMPLETE') },
        { name: 'init', essential: false, command: sleeper(), startTimeout: 1 },
      ]);
      const app = task.containers!.find(({ name }) => name === 'app');
      expect(app!.reason).toMatch(/^CannotStartContainerError: .*has timed out/);
    });

    it('wait until others are HEALTHY', async () => {
      const healthCheck = { ...quickly, retries: 5, command: ['CMD-SHELL', 'test -e /tmp/well'] };
      const task = await rig.running('healthy', [
        { name: 'app', command: sleeper(), ...after('db', 'HEALTHY') },
        { name: 'db', command: shell('touch /tmp/well; sleep 1000'), healthCheck },
      ]);
      const db = await rig.inspect(task, 'db');
      const app = await startOf(task, 'app');
      expect(db.State.Health!.Status).toBe('healthy');
      expect(new Date(app).getTime()).toBeGreaterThan(new Date(db.State.Health!.Log[0]!.End).getTime());
      const shown = await rig.untilTask(task.taskArn!, ({ containers }) =>
        containers!.some(({ healthStatus }) => healthStatus === 'HEALTHY'),
      );
      expect(shown.containers!.map(({ name, healthStatus }) => [name, healthStatus])).toEqual([
        ['app', 'UNKNOWN'],
        ['db', 'HEALTHY'],
      ]);
    });

    it('show that they are well, and later that they are not, and run on', async () => {
      const healthCheck = { ...quickly, command: ['CMD', 'test', '!', '-e', '/tmp/ill'] };
      const { taskArn } = await rig.running('fickle', [{ name: 'app', command: sleeper(), healthCheck }]);
      const is = (status: string) => (task: Task) => task.healthStatus === status;
      const well = await rig.untilTask(taskArn!, is('HEALTHY'));
      expect(well.containers![0]!.healthStatus).toBe('HEALTHY');
      await rig.exec(well, 'app', 'touch', '/tmp/ill');
      const ill = await rig.untilTask(taskArn!, is('UNHEALTHY'));
      expect(ill).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' });
      expect(ill.containers![0]!.healthStatus).toBe('UNHEALTHY');
    });
  });
});
