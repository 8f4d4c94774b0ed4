// An agent that has nothing but a key of its own, made by `longshore keys create --for-agent`.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { longshore } from '../cli/longshore-command.ts';
import { describeWithDocker } from './engine.ts';
import { sleeper } from './programs.ts';
import { Rig } from './rig.ts';

describeWithDocker('an agent with a key for agents', (engine) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.server(engine);
  });
  afterAll(() => rig.close());

  it('runs tasks, comes back as the same instance, and reports how they end', async () => {
    const created = await longshore(
      ...['keys', 'create', 'rack-7', '--for-agent', '--cluster', rig.name, '--data', rig.data],
    );
    const key = Object.fromEntries(
      created.stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2) as [string, string]),
    );
    const agent = await rig.agent(key);
    const task = await rig.running('own', [{ name: 'app', command: sleeper() }]);
    await agent.end('SIGKILL');
    await rig.agent(key);
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    expect(containerInstanceArns).toEqual([task.containerInstanceArn]);
    await rig.ecs.stopTask({ cluster: rig.name, task: task.taskArn });
    expect(await rig.untilStopped(task.taskArn!)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
    });
  });
});
