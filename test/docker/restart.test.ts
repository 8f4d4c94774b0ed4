// `longshore up` ended and started again on its data directory: everything is as it was, and containers never noticed.
import type { Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import type { LongshoreProcess } from './longshore-process.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

describeWithDocker('longshore up, again', (engine) => {
  let rig: Rig;
  let up: LongshoreProcess;
  let task: Task;

  beforeAll(async () => {
    rig = new Rig(engine, await freePort());
    up = await rig.up();
    task = await rig.running('app', [
      { name: 'app', portMappings: [{ containerPort: 80 }], command: sleeper() },
    ]);
  });
  afterAll(() => rig.close());

  it('leaves tasks running, and finds them again with everything else', async () => {
    const stopped = await rig.stopped('brief', [{ name: 'app', command: ['true'] }]);
    const container = await rig.inspect(task, 'app');
    const access = rig.access();
    const instances = await rig.ecs.listContainerInstances({ cluster: rig.name });
    const definitions = await rig.ecs.listTaskDefinitions({});
    expect(await up.end('SIGTERM')).toBe(0);
    expect((await rig.inspect(task, 'app')).State).toEqual(container.State);

    up = await rig.up();
    expect(rig.access()).toEqual(access);
    expect((await rig.ecs.listContainerInstances({ cluster: rig.name })).containerInstanceArns).toEqual(
      instances.containerInstanceArns,
    );
    expect((await rig.ecs.listTaskDefinitions({})).taskDefinitionArns).toEqual(
      definitions.taskDefinitionArns,
    );
    // The agent is connected anew; nothing else of the task may differ.
    const again = await rig.task(task.taskArn!);
    expect(again.connectivityAt! >= task.connectivityAt!).toBe(true);
    expect({ ...again, connectivityAt: task.connectivityAt }).toEqual(task);
    expect(await rig.task(stopped.taskArn!)).toEqual(stopped);
    expect((await rig.inspect(task, 'app')).State).toEqual(container.State);
  });

  it('can stop a task that an earlier process started', async () => {
    await rig.ecs.stopTask({ cluster: rig.name, task: task.taskArn });
    const { containers } = await rig.untilStopped(task.taskArn!);
    expect(containers![0]).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 });
  });

  it('stops its tasks at the end when it is told to, those of services too', async () => {
    await up.end('SIGTERM');
    up = await rig.up({ flags: ['--stop-tasks'] });
    const cluster = rig.name;
    const other = await rig.untilRunning(await rig.run(`${cluster}-app`));
    const service = { serviceName: 'web', taskDefinition: `${cluster}-app`, desiredCount: 1 };
    await rig.ecs.createService({ cluster, ...service });
    const { taskArns } = await until(async () => {
      const found = await rig.ecs.listTasks({ cluster, serviceName: 'web' });
      expect(found.taskArns).toHaveLength(1);
      return found;
    });
    const ofService = await rig.untilRunning(taskArns![0]!);
    expect(await up.end('SIGTERM')).toBe(0);
    expect(up.output()).toContain('Stopped, and all tasks too.');
    for (const task of [other, ofService])
      expect((await rig.inspect(task, 'app')).State).toMatchObject({ Running: false, ExitCode: 0 });
    const containers = await rig.docker.listContainers({ filters: { label: [rig.clusterLabel] } });
    expect(containers).toEqual([]);
  });
});
