// The main job from end to end, in order: clusters, an instance, a definition, tasks that run, fail, and stop.
import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { freePort } from './free-port.ts';
import { sleeper, webServer } from './programs.ts';
import { Rig, until } from './rig.ts';

const reserved = ['22', '2375', '2376', '51678', '51679'];

describeWithDocker('the main job', (engine) => {
  let rig: Rig;
  let hostPort: number;
  let definition: string;
  let task: Task;

  beforeAll(async () => {
    rig = await Rig.up(engine);
    hostPort = await freePort();
  });
  afterAll(() => rig.close());

  const instance = async (): Promise<ContainerInstance> => {
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    const containerInstances = containerInstanceArns!;
    const described = await rig.ecs.describeContainerInstances({ cluster: rig.name, containerInstances });
    return described.containerInstances![0]!;
  };
  const amounts = (resources: ContainerInstance['registeredResources']): Record<string, unknown> =>
    Object.fromEntries(
      resources!.map(({ name, type, integerValue, stringSetValue }) => [
        name,
        type === 'INTEGER' ? integerValue : stringSetValue,
      ]),
    );
  const failureOf = async (taskDefinition: string): Promise<string | undefined> => {
    const { tasks, failures } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition });
    expect(tasks).toEqual([]);
    expect(failures![0]!.arn).toBe((await instance()).containerInstanceArn);
    return failures![0]!.reason;
  };
  const linked = () => [
    {
      name: 'web',
      essential: false,
      links: ['db'],
      portMappings: [{ containerPort: 80, hostPort }],
      command: webServer(80, 'web speaking'),
    },
    { name: 'db', command: webServer(5432, 'db speaking') },
  ];

  it('creates clusters', async () => {
    const names = [`${rig.name}-one`, `${rig.name}-two`];
    for (const clusterName of names) {
      expect((await rig.ecs.createCluster({ clusterName })).cluster).toMatchObject({
        clusterName,
        status: 'ACTIVE',
      });
    }
    const { clusterArns } = await rig.ecs.listClusters({});
    expect(new Set(clusterArns!.map((arn) => arn.split('/')[1]))).toEqual(new Set([rig.name, ...names]));
  });

  it('has one container instance, all of it free', async () => {
    const { status, agentConnected, registeredResources, remainingResources } = await instance();
    expect({ status, agentConnected }).toEqual({ status: 'ACTIVE', agentConnected: true });
    const { NCPU, MemTotal } = (await rig.docker.info()) as { NCPU: number; MemTotal: number };
    expect(amounts(registeredResources)).toEqual({
      CPU: NCPU * 1024,
      MEMORY: Math.floor(MemTotal / 2 ** 20),
      PORTS: reserved,
      PORTS_UDP: [],
    });
    expect(remainingResources).toEqual(registeredResources);
  });

  it('registers a definition, and again as its next revision', async () => {
    const first = await rig.register('pair', linked());
    definition = await rig.register('pair', linked());
    expect([first, definition].map((arn) => arn.split('/')[1])).toEqual([
      `${rig.name}-pair:1`,
      `${rig.name}-pair:2`,
    ]);
    const { taskDefinitionArns } = await rig.ecs.listTaskDefinitions({ familyPrefix: `${rig.name}-pair` });
    expect(taskDefinitionArns).toEqual([first, definition]);
  });

  it('runs a task and shows where it is bound', async () => {
    task = await rig.untilRunning(await rig.run(`${rig.name}-pair`));
    expect(task).toMatchObject({
      taskDefinitionArn: definition,
      desiredStatus: 'RUNNING',
      connectivity: 'CONNECTED',
      containerInstanceArn: (await instance()).containerInstanceArn,
    });
    const web = task.containers!.find(({ name }) => name === 'web');
    expect(web).toMatchObject({
      lastStatus: 'RUNNING',
      runtimeId: (await rig.inspect(task, 'web')).Id,
      networkBindings: [{ bindIP: '127.0.0.1', containerPort: 80, hostPort, protocol: 'tcp' }],
    });
  });

  it('takes what the task holds off the instance', async () => {
    const { registeredResources, remainingResources, runningTasksCount } = await instance();
    const [all, free] = [amounts(registeredResources), amounts(remainingResources)];
    expect(runningTasksCount).toBe(1);
    expect(free).toEqual({ ...all, MEMORY: Number(all['MEMORY']) - 64, PORTS: [...reserved, `${hostPort}`] });
  });

  it('answers on the host port, and inside by the name of the link', async () => {
    const page = await until(async () => (await fetch(`http://127.0.0.1:${hostPort}/`)).text());
    expect(page.trim()).toBe('web speaking');
    const inside = await rig.exec(task, 'web', 'wget', '-q', '-O', '-', 'http://db:5432/');
    expect(inside.trim()).toBe('db speaking');
  });

  it('starts a task on the instance that is named', async () => {
    const { containerInstanceArn } = await instance();
    const { tasks, failures } = await rig.ecs.startTask({
      cluster: rig.name,
      taskDefinition: await rig.register('single', [{ name: 'app', command: sleeper() }]),
      containerInstances: [containerInstanceArn!],
    });
    expect(failures).toEqual([]);
    const started = await rig.untilRunning(tasks![0]!.taskArn!);
    expect(started.containerInstanceArn).toBe(containerInstanceArn);
    await rig.ecs.stopTask({ cluster: rig.name, task: started.taskArn });
    await rig.untilStopped(started.taskArn!);
  });

  it('says what is missing for a task that does not fit', async () => {
    const big = await rig.register('big', [{ name: 'app', memory: 100_000_000 }]);
    expect(await failureOf(big)).toBe('RESOURCE:MEMORY');
    const busy = await rig.register('busy', [{ name: 'app', cpu: 1_000_000 }]);
    expect(await failureOf(busy)).toBe('RESOURCE:CPU');
    expect(await failureOf(definition)).toBe('RESOURCE:PORTS');
    const ssh = await rig.register('ssh', [
      { name: 'app', portMappings: [{ containerPort: 22, hostPort: 22 }] },
    ]);
    expect(await failureOf(ssh)).toBe('RESOURCE:PORTS');
  });

  it('goes on without a container that is not essential', async () => {
    await rig.docker.getContainer((await rig.inspect(task, 'web')).Id).kill();
    const after = await rig.untilTask(task.taskArn!, ({ containers }) =>
      containers!.some(({ lastStatus }) => lastStatus === 'STOPPED'),
    );
    expect(after).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' });
    const web = after.containers!.find(({ name }) => name === 'web');
    expect(web).toMatchObject({ lastStatus: 'STOPPED', exitCode: 137 });
    expect((await rig.inspect(task, 'db')).State.Running).toBe(true);
  });

  it('ends with an essential one', async () => {
    await rig.docker.getContainer((await rig.inspect(task, 'db')).Id).kill();
    const after = await rig.untilStopped(task.taskArn!);
    expect(after).toMatchObject({
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect(after.containers!.map(({ exitCode }) => exitCode)).toEqual([137, 137]);
  });

  it('stops a task when it is asked to, and gives back what it held', async () => {
    task = await rig.untilRunning(await rig.run(definition));
    const asked = await rig.ecs.stopTask({ cluster: rig.name, task: task.taskArn, reason: 'enough' });
    expect(asked.task).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'RUNNING' });
    expect(await rig.untilStopped(task.taskArn!)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
    });
    const { registeredResources, remainingResources, runningTasksCount } = await instance();
    expect(remainingResources).toEqual(registeredResources);
    expect(runningTasksCount).toBe(0);
    expect((await rig.ecs.listTasks({ cluster: rig.name })).taskArns).toEqual([]);
  });

  it('keeps an instance that has tasks, unless forced to let it go', async () => {
    const { containerInstanceArn: containerInstance } = await instance();
    task = await rig.untilRunning(await rig.run(definition));
    const order = { cluster: rig.name, containerInstance };
    await expect(rig.ecs.deregisterContainerInstance(order)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
    });
    const { containerInstance: gone } = await rig.ecs.deregisterContainerInstance({ ...order, force: true });
    expect(gone).toMatchObject({ status: 'INACTIVE' });
    expect(await rig.task(task.taskArn!)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'Container instance deregistration forced by user',
    });
    await expect(rig.run(definition)).rejects.toThrow('No Container Instances were found in your cluster.');
  });
});
