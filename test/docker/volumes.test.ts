// What containers mount: directories of the host, scratch space, Docker volumes, and what another container mounts.
import type { Task } from '@aws-sdk/client-ecs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { shell, sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

describeWithDocker('a task with volumes', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine, { env: { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: '3s' } });
  });
  afterAll(() => rig.close());

  const volumes = async (): Promise<readonly string[]> => {
    const { Volumes } = await rig.docker.listVolumes({ filters: { name: [rig.name] } });
    return Volumes.map(({ Name }) => Name);
  };
  const stop = async ({ taskArn }: Task): Promise<void> => {
    await rig.ecs.stopTask({ cluster: rig.name, task: taskArn });
    await rig.untilStopped(taskArn!);
  };
  const gone = ({ taskArn }: Task): Promise<void> =>
    until(async () => expect(await rig.containerIds(taskArn!)).toEqual([]));

  describe.concurrent('beside others', () => {
    it('reads and writes a directory of the host, and only reads where it may only read', async () => {
      const sourcePath = join(rig.data, 'shared');
      mkdirSync(sourcePath);
      writeFileSync(join(sourcePath, 'from-host'), 'ahoy');
      const task = await rig.running(
        'bind',
        [
          {
            name: 'writer',
            command: sleeper(),
            mountPoints: [{ sourceVolume: 'dir', containerPath: '/dir' }],
          },
          {
            name: 'reader',
            command: sleeper(),
            mountPoints: [{ sourceVolume: 'dir', containerPath: '/dir', readOnly: true }],
          },
        ],
        { volumes: [{ name: 'dir', host: { sourcePath } }] },
      );
      expect(await rig.exec(task, 'reader', 'cat', '/dir/from-host')).toBe('ahoy');
      expect(await rig.exec(task, 'reader', 'touch', '/dir/refused')).toContain('Read-only file system');
      await rig.exec(task, 'writer', ...shell('echo -n hello > /dir/from-inside'));
      expect(readFileSync(join(sourcePath, 'from-inside'), 'utf8')).toBe('hello');
      expect(await rig.exec(task, 'reader', 'cat', '/dir/from-inside')).toBe('hello');
    });

    it('shares scratch space between its containers, and takes it along in the end', async () => {
      const mountPoints = [{ sourceVolume: 'scratch', containerPath: '/scratch' }];
      const definition = await rig.register(
        'scratch',
        [
          { name: 'one', command: sleeper(), mountPoints },
          { name: 'two', command: sleeper(), mountPoints },
        ],
        { volumes: [{ name: 'scratch' }] },
      );
      const [task, other] = await Promise.all(
        [rig.run(definition), rig.run(definition)].map(async (arn) => rig.untilRunning(await arn)),
      );
      await rig.exec(task!, 'one', ...shell('echo -n mine > /scratch/note'));
      expect(await rig.exec(task!, 'two', 'cat', '/scratch/note')).toBe('mine');
      expect(await rig.exec(other!, 'one', 'ls', '/scratch')).toBe('');
      const ours = async (): Promise<readonly string[]> =>
        (await volumes()).filter((name) => name.includes('-scratch-'));
      expect(await ours()).toHaveLength(2);
      await Promise.all([task!, other!].map(stop));
      await Promise.all([task!, other!].map(gone));
      await until(async () => expect(await ours()).toEqual([]));
    });

    it('makes a Docker volume of its own, which goes with it', async () => {
      const task = await rig.running(
        'own',
        [
          {
            name: 'app',
            command: sleeper(),
            mountPoints: [{ sourceVolume: 'own', containerPath: '/own' }],
          },
        ],
        {
          volumes: [
            {
              name: 'own',
              dockerVolumeConfiguration: {
                scope: 'task',
                driver: 'local',
                driverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' },
                labels: { kept: 'no' },
              },
            },
          ],
        },
      );
      const mount = (await rig.inspect(task, 'app')).Mounts[0]!;
      expect(mount).toMatchObject({ Type: 'volume', Driver: 'local', Destination: '/own', RW: true });
      expect(await rig.docker.getVolume(mount.Name!).inspect()).toMatchObject({
        Labels: { kept: 'no' },
        Options: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' },
      });
      await stop(task);
      await gone(task);
      await until(async () => expect(await volumes()).not.toContain(mount.Name));
    });

    it('finds what an earlier task left in a shared Docker volume', async () => {
      const name = `${rig.name}-common`;
      const definition = await rig.register(
        'common',
        [
          {
            name: 'app',
            command: sleeper(),
            mountPoints: [{ sourceVolume: name, containerPath: '/common' }],
          },
        ],
        { volumes: [{ name, dockerVolumeConfiguration: { scope: 'shared', autoprovision: true } }] },
      );
      const first = await rig.untilRunning(await rig.run(definition));
      await rig.exec(first, 'app', ...shell('echo -n heritage > /common/note'));
      await stop(first);
      await gone(first);
      expect(await volumes()).toContain(name);
      const second = await rig.untilRunning(await rig.run(definition));
      expect(await rig.exec(second, 'app', 'cat', '/common/note')).toBe('heritage');
    });

    it('does not start without a shared volume that it may not make', async () => {
      const name = `${rig.name}-nowhere`;
      const task = await rig.stopped(
        'nowhere',
        [{ name: 'app', command: sleeper(), mountPoints: [{ sourceVolume: name, containerPath: '/x' }] }],
        { volumes: [{ name, dockerVolumeConfiguration: { scope: 'shared', autoprovision: false } }] },
      );
      expect(task.stopCode).toBe('TaskFailedToStart');
      expect(task.stoppedReason).toContain(`CannotCreateVolumeError: no such volume: ${name}`);
      expect(await rig.containerIds(task.taskArn!)).toEqual([]);
    });

    it('mounts what another of its containers mounts', async () => {
      const task = await rig.running(
        'from',
        [
          {
            name: 'borrower',
            command: sleeper(),
            volumesFrom: [{ sourceContainer: 'owner' }],
          },
          {
            name: 'onlooker',
            command: sleeper(),
            volumesFrom: [{ sourceContainer: 'owner', readOnly: true }],
          },
          { name: 'owner', command: sleeper(), mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] },
        ],
        { volumes: [{ name: 'v' }] },
      );
      await rig.exec(task, 'borrower', ...shell('echo -n borrowed > /v/note'));
      expect(await rig.exec(task, 'owner', 'cat', '/v/note')).toBe('borrowed');
      expect(await rig.exec(task, 'onlooker', 'cat', '/v/note')).toBe('borrowed');
      expect(await rig.exec(task, 'onlooker', 'touch', '/v/note')).toContain('Read-only file system');
      await stop(task);
      await gone(task);
    });
  });
});
