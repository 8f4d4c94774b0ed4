// Containers that run though nobody ordered it: started by hand after their end, or left by an agent whose state is gone.
import type { Task } from '@aws-sdk/client-ecs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import { sleeper, webServer } from './programs.ts';
import { Rig, until } from './rig.ts';

describeWithDocker('containers that somebody starts by hand', (engine) => {
  let rig: Rig;
  let hostPort: number;
  let definition: string;

  const container = async (task: Task) => rig.docker.getContainer((await rig.inspect(task, 'app')).Id);
  const untilEnded = (task: Task): Promise<void> =>
    until(async () => expect((await rig.inspect(task, 'app')).State.Running).toBe(false));

  beforeAll(async () => {
    rig = await Rig.up(engine);
    hostPort = await freePort();
    definition = await rig.register('app', [
      { name: 'app', portMappings: [{ containerPort: 80, hostPort }], command: webServer(80, 'here') },
    ]);
  });
  afterAll(() => rig.close());

  it('are stopped again when they are restarted, and their task has ended', async () => {
    const task = await rig.untilRunning(await rig.run(definition));
    await (await container(task)).restart({ t: 0 });
    expect(await rig.untilStopped(task.taskArn!)).toMatchObject({ stopCode: 'EssentialContainerExited' });
    await untilEnded(task);
  });

  it('leave their fixed host port to the next task', async () => {
    const task = await rig.untilRunning(await rig.run(definition));
    await rig.ecs.stopTask({ cluster: rig.name, task: task.taskArn });
    await rig.untilStopped(task.taskArn!);
    await (await container(task)).start();
    await untilEnded(task);
    const next = await rig.untilRunning(await rig.run(definition));
    expect((await rig.inspect(next, 'app')).State.Running).toBe(true);
    await rig.ecs.stopTask({ cluster: rig.name, task: next.taskArn });
  });
});

describeWithDocker('an agent whose data directory was deleted', (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.server(engine);
  });
  afterAll(() => rig.close());

  it('ends and reports what it had left, and touches nothing of another agent on the engine', async () => {
    const directory = (name: string): string => join(rig.data, name);
    const agent = await rig.agent({ ECS_DATADIR: directory('one') });
    const definition = await rig.register('app', [{ name: 'app', command: sleeper() }]);
    const mine = await rig.untilRunning(await rig.run(definition));
    await agent.end('SIGKILL');
    await rig.agent({ ECS_DATADIR: directory('two') });
    const other = await rig.untilRunning(await until(() => rig.run(definition)));
    expect(other.containerInstanceArn).not.toBe(mine.containerInstanceArn);
    expect((await rig.inspect(mine, 'app')).State.Running).toBe(true);

    rmSync(directory('one'), { recursive: true });
    await rig.agent({ ECS_DATADIR: directory('one') });
    expect((await rig.untilStopped(mine.taskArn!)).stoppedReason).toMatch(/its state was lost/);
    expect((await rig.inspect(mine, 'app')).State.Running).toBe(false);
    expect((await rig.inspect(other, 'app')).State.Running).toBe(true);
    expect((await rig.task(other.taskArn!)).lastStatus).toBe('RUNNING');
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    expect(containerInstanceArns).toHaveLength(3);
  });
});
