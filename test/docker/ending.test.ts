// How tasks end, or fail to begin: exit codes, reasons and stop codes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { shell, sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

describeWithDocker('a task', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine);
  });
  afterAll(() => rig.close());

  /** Runs a line of shell that writes `ready` once it is, and answers how the task ended after StopTask. */
  async function stoppedByUser(family: string, line: string, stopTimeout: number) {
    const running = await rig.running(family, [{ name: 'app', command: shell(line), stopTimeout }]);
    await until(async () => expect(await rig.logs(running, 'app')).toContain('ready'));
    await rig.ecs.stopTask({ cluster: rig.name, task: running.taskArn });
    return rig.untilStopped(running.taskArn!);
  }

  describe.concurrent('beside others', () => {
    it('without its image fails to start', async () => {
      const task = await rig.stopped('absent', [
        { name: 'app', image: '127.0.0.1:1/absent', command: sleeper() },
        { name: 'other', command: sleeper() },
      ]);
      expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' });
      const [app, other] = task.containers!;
      expect(app!.reason).toMatch(/^CannotPullContainerError: .*127\.0\.0\.1:1/);
      expect(app).not.toHaveProperty('exitCode');
      expect(other!.lastStatus).toBe('STOPPED');
    });

    it('without its program fails to start', async () => {
      const task = await rig.stopped('programless', [{ name: 'app', command: ['/no/such/program'] }]);
      expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' });
      expect(task.containers![0]!.reason).toMatch(/^CannotStartContainerError: .*\/no\/such\/program/);
    });

    it('that takes more memory than it has is killed', async () => {
      const definition = await rig.register('hungry', [
        { name: 'app', memory: 8, command: ['tail', '/dev/zero'], linuxParameters: { maxSwap: 0 } },
      ]);
      const { tasks } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition: definition, count: 5 });
      const ended = await Promise.all(tasks!.map(({ taskArn }) => rig.untilStopped(taskArn!)));
      for (const { stopCode, containers } of ended) {
        expect(stopCode).toBe('EssentialContainerExited');
        expect(containers![0]!.exitCode).toBe(137);
      }
      // An engine may learn too late why a container ended, and then never says so: of several it knows.
      const reasons = ended.flatMap(({ containers }) => containers![0]!.reason ?? []);
      expect(new Set(reasons)).toEqual(new Set(['OutOfMemoryError: Container killed due to memory usage']));
    });

    it.for([
      [0, 'true'],
      [3, 'exit 3'],
      [255, 'exit 255'],
    ] as const)('that ends by itself tells its exit code %i', async ([exitCode, line]) => {
      const task = await rig.stopped(`exit-${exitCode}`, [{ name: 'app', command: ['sh', '-c', line] }]);
      expect(task).toMatchObject({
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
      });
      expect(task.containers![0]).toMatchObject({ lastStatus: 'STOPPED', exitCode });
      expect(task.startedAt!.getTime()).toBeLessThanOrEqual(task.stoppedAt!.getTime());
    });

    it('may say goodbye when it is stopped', async () => {
      const task = await stoppedByUser(
        'polite',
        'trap "exit 7" TERM; echo ready; while :; do sleep 0.05; done',
        30,
      );
      expect(task.containers![0]).toMatchObject({ exitCode: 7 });
      expect(task).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' });
    });

    it('that will not end is killed after its stopTimeout', async () => {
      const task = await stoppedByUser(
        'stubborn',
        'trap "" TERM; echo ready; while :; do sleep 0.05; done',
        1,
      );
      expect(task.containers![0]).toMatchObject({ exitCode: 137 });
      const took = task.stoppedAt!.getTime() - task.stoppingAt!.getTime();
      expect(took).toBeGreaterThanOrEqual(1000);
      expect(task).toMatchObject({ stopCode: 'UserInitiated' });
    });

    it('keeps the exit code of a container that ended before', async () => {
      const running = await rig.running('early', [
        { name: 'early', essential: false, command: shell('exit 5') },
        { name: 'app', command: sleeper() },
      ]);
      const early = () => rig.task(running.taskArn!).then(({ containers }) => containers![0]);
      await until(async () => expect(await early()).toMatchObject({ lastStatus: 'STOPPED', exitCode: 5 }));
      await rig.ecs.stopTask({ cluster: rig.name, task: running.taskArn });
      const { containers } = await rig.untilStopped(running.taskArn!);
      expect(containers!.map(({ exitCode }) => exitCode)).toEqual([5, 0]);
    });

    it('can be stopped before it has started', async () => {
      const definition = await rig.register('hasty', [{ name: 'app', command: sleeper() }]);
      const arn = await rig.run(definition);
      await rig.ecs.stopTask({ cluster: rig.name, task: arn });
      const task = await rig.untilStopped(arn);
      expect(task).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' });
      for (const id of await rig.containerIds(arn)) {
        expect((await rig.docker.getContainer(id).inspect()).State.Running).toBe(false);
      }
    });
  });
});
