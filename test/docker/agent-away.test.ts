// A control plane and an agent as separate processes, and what becomes of tasks while one of them is away.
import type { Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import type { LongshoreProcess } from './longshore-process.ts';
import { sleeper, webServer } from './programs.ts';
import { Rig, until, type ContainerState } from './rig.ts';

describeWithDocker('an agent on its own', (engine) => {
  let rig: Rig;
  let agent: LongshoreProcess;
  let introspectionPort: number;
  let containerInstance: string;
  let definition: string;
  let task: Task;
  let before: readonly ContainerState[];

  const connected = async (): Promise<boolean | undefined> => {
    const order = { cluster: rig.name, containerInstances: [containerInstance] };
    return (await rig.ecs.describeContainerInstances(order)).containerInstances![0]!.agentConnected;
  };
  const untilConnected = (wanted: boolean): Promise<void> =>
    until(async () => {
      if ((await connected()) !== wanted) throw new Error(`agentConnected is not ${wanted}`);
    });
  const containers = (): Promise<readonly ContainerState[]> =>
    Promise.all(['app', 'helper'].map((name) => rig.inspect(task, name)));
  const lives = (states: readonly ContainerState[]) =>
    states.map(({ Id, RestartCount, State: { StartedAt, Running } }) => ({
      Id,
      RestartCount,
      StartedAt,
      Running,
    }));

  beforeAll(async () => {
    rig = await Rig.server(engine);
    introspectionPort = await freePort();
    agent = await rig.agent({
      ECS_RESERVED_MEMORY: '100',
      ECS_INSTANCE_ATTRIBUTES: '{"shelf":"top"}',
      LONGSHORE_INTROSPECTION_PORT: String(introspectionPort),
    });
    containerInstance = (await rig.ecs.listContainerInstances({ cluster: rig.name }))
      .containerInstanceArns![0]!;
    await untilConnected(true);
    definition = await rig.register('app', [
      { name: 'app', portMappings: [{ containerPort: 80 }], command: webServer(80, 'still here') },
      { name: 'helper', essential: false, command: sleeper() },
    ]);
    task = await rig.untilRunning(await rig.run(definition));
    before = await containers();
  });
  afterAll(() => rig.close());

  it('registers what its environment says', async () => {
    const { containerInstances } = await rig.ecs.describeContainerInstances({
      cluster: rig.name,
      containerInstances: [containerInstance],
    });
    const { attributes, registeredResources } = containerInstances![0]!;
    expect(attributes).toContainEqual({ name: 'shelf', value: 'top' });
    const { MemTotal } = (await rig.docker.info()) as { MemTotal: number };
    expect(registeredResources!.find(({ name }) => name === 'MEMORY')?.integerValue).toBe(
      Math.floor(MemTotal / 2 ** 20) - 100,
    );
  });

  it('tells people on its host what it runs', async () => {
    const get = async (path: string): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${introspectionPort}${path}`)).json();
    expect(await get('/v1/metadata')).toMatchObject({
      Cluster: rig.name,
      ContainerInstanceArn: containerInstance,
    });
    expect(await get(`/v1/tasks?dockerid=${before[0]!.Id}`)).toMatchObject({
      Arn: task.taskArn,
      DesiredStatus: 'RUNNING',
      KnownStatus: 'RUNNING',
      Containers: [
        { Name: 'app', DockerId: before[0]!.Id },
        { Name: 'helper', DockerId: before[1]!.Id },
      ],
    });
  });

  it('is known to be away once it has stopped, and gets no tasks', async () => {
    expect(await agent.end('SIGTERM')).toBe(0);
    await untilConnected(false);
    const { tasks, failures } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition: definition });
    expect({ tasks, failures }).toMatchObject({
      tasks: [],
      failures: [{ arn: containerInstance, reason: 'AGENT' }],
    });
    expect(await rig.task(task.taskArn!)).toMatchObject({
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      connectivity: 'DISCONNECTED',
    });
    expect(lives(await containers())).toEqual(lives(before));
  });

  it('comes back as the same instance to containers that ran on', async () => {
    agent = await rig.agent();
    await untilConnected(true);
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    expect(containerInstanceArns).toEqual([containerInstance]);
    expect(await rig.task(task.taskArn!)).toMatchObject({
      lastStatus: 'RUNNING',
      connectivity: 'CONNECTED',
      containers: task.containers!.map(({ name, runtimeId }) => ({ name, runtimeId, lastStatus: 'RUNNING' })),
    });
    expect(lives(await containers())).toEqual(lives(before));
    expect(await rig.containerIds(task.taskArn!)).toHaveLength(2);
  });

  it('reports what happened while it was away', async () => {
    const other = await rig.untilRunning(await rig.run(definition));
    expect(await agent.end('SIGTERM')).toBe(0);
    await rig.docker.getContainer((await rig.inspect(other, 'app')).Id).kill();
    agent = await rig.agent();
    expect(await rig.untilStopped(other.taskArn!)).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect((await rig.task(other.taskArn!)).containers![0]).toMatchObject({ name: 'app', exitCode: 137 });
  });

  it('stops what was ordered to stop while it was away', async () => {
    const other = await rig.untilRunning(await rig.run(definition));
    expect(await agent.end('SIGTERM')).toBe(0);
    await untilConnected(false);
    await rig.ecs.stopTask({ cluster: rig.name, task: other.taskArn });
    expect((await rig.inspect(other, 'app')).State.Running).toBe(true);
    agent = await rig.agent();
    expect(await rig.untilStopped(other.taskArn!)).toMatchObject({ stopCode: 'UserInitiated' });
    expect((await rig.inspect(other, 'app')).State).toMatchObject({ Running: false, ExitCode: 0 });
    expect(lives(await containers())).toEqual(lives(before));
  });
});
