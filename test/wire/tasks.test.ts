import {
  CreateClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
  SubmitContainerStateChangeCommand,
  SubmitAttachmentStateChangesCommand,
  type ContainerDefinition,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
let instance: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  instance = await rig.instance({ attributes: ['com.amazonaws.ecs.capability.docker-remote-api.1.21'] });
  await define('web', [{ name: 'web', image: 'busybox', cpu: 100, memory: 256, memoryReservation: 128 }]);
});

const define = (family: string, containerDefinitions: ContainerDefinition[], more: object = {}) =>
  rig.ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions, ...more }));
const run = (input: Partial<RunTaskCommandInput> = {}) =>
  rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', ...input }));
const runOne = async (input: Partial<RunTaskCommandInput> = {}): Promise<string> =>
  (await run(input)).tasks![0]!.taskArn!;
const show = async (task: string) =>
  (await rig.ecs.send(new DescribeTasksCommand({ tasks: [task], include: ['TAGS'] }))).tasks![0]!;
const list = async (input: object = {}) => (await rig.ecs.send(new ListTasksCommand(input))).taskArns;
const missing = `${arnPrefix}:task/default/${'0'.repeat(32)}`;

describe('RunTask', () => {
  test('answers a task that is placed and PENDING', async () => {
    const { tasks, failures } = await run({
      startedBy: 'me',
      tags: [{ key: 'a', value: 'b' }],
      enableECSManagedTags: true,
    });
    expect(failures).toEqual([]);
    expect(tasks).toMatchObject([
      {
        containerInstanceArn: instance,
        clusterArn: `${arnPrefix}:cluster/default`,
        taskDefinitionArn: `${arnPrefix}:task-definition/web:1`,
        lastStatus: 'PENDING',
        desiredStatus: 'RUNNING',
        connectivity: 'CONNECTED',
        launchType: 'EC2',
        group: 'family:web',
        startedBy: 'me',
        cpu: '100',
        memory: '128',
        version: 1,
        createdAt: new Date(rig.clock.now()),
        availabilityZone: 'us-east-1a',
        overrides: { containerOverrides: [{ name: 'web' }], inferenceAcceleratorOverrides: [] },
        tags: [
          { key: 'a', value: 'b' },
          { key: 'aws:ecs:clusterName', value: 'default' },
        ],
        containers: [
          {
            name: 'web',
            image: 'busybox',
            lastStatus: 'PENDING',
            cpu: '100',
            memory: '256',
            memoryReservation: '128',
            healthStatus: 'UNKNOWN',
            networkInterfaces: [],
          },
        ],
      },
    ]);
    expect(tasks![0]!.containers![0]!.containerArn).toMatch(
      /:container\/default\/[0-9a-f]{32}\/[0-9a-f-]{36}$/,
    );
  });

  test('counts overrides', async () => {
    const overrides = {
      containerOverrides: [{ name: 'web', memoryReservation: 200, cpu: 7, command: ['x'] }],
    };
    expect((await run({ overrides })).tasks![0]).toMatchObject({ cpu: '7', memory: '200', overrides });
  });

  test('places what fits and explains the rest, instance by instance, in numbers', async () => {
    await define('big', [{ name: 'a', image: 'i', memory: 1500 }]);
    const { tasks, failures } = await run({ taskDefinition: 'big', count: 5 });
    expect(tasks).toHaveLength(2);
    expect(failures).toEqual([
      { arn: instance, reason: 'RESOURCE:MEMORY', detail: 'needs 1500 MiB, 1096 MiB of 4096 MiB are free' },
    ]);
  });

  test.each<[string, ContainerDefinition, object]>([
    ['RESOURCE:CPU', { name: 'a', image: 'i', memory: 6, cpu: 2049 }, {}],
    [
      'RESOURCE:PORTS',
      { name: 'a', image: 'i', memory: 6, portMappings: [{ containerPort: 1, hostPort: 22 }] },
      {},
    ],
    ['ATTRIBUTE', { name: 'a', image: 'i', memory: 6, privileged: true }, {}],
  ])('fails with %s', async (reason, container, more) => {
    await define('f', [container], more);
    expect((await run({ taskDefinition: 'f' })).failures).toMatchObject([{ arn: instance, reason }]);
  });

  test('a host port that a task holds is taken until that task is STOPPED', async () => {
    await define('port', [
      { name: 'a', image: 'i', memory: 6, portMappings: [{ containerPort: 1, hostPort: 8080 }] },
    ]);
    const first = await runOne({ taskDefinition: 'port' });
    expect((await run({ taskDefinition: 'port' })).failures).toMatchObject([{ reason: 'RESOURCE:PORTS' }]);
    await rig.ecs.send(new StopTaskCommand({ task: first }));
    expect((await run({ taskDefinition: 'port' })).failures).toMatchObject([{ reason: 'RESOURCE:PORTS' }]);
    await rig.report(first, 'STOPPED');
    expect((await run({ taskDefinition: 'port' })).failures).toEqual([]);
  });

  test('fails with AGENT when the agent is not connected', async () => {
    await rig.disconnect(instance);
    expect((await run()).failures).toMatchObject([{ arn: instance, reason: 'AGENT' }]);
  });

  test('answers the same tasks for the same clientToken, and a conflict for other parameters', async () => {
    const clientToken = 'token-1';
    const first = await run({ clientToken });
    const again = await run({ clientToken });
    expect(again.tasks?.map((task) => task.taskArn)).toEqual(first.tasks?.map((task) => task.taskArn));
    await expect(run({ clientToken, count: 2 })).rejects.toMatchObject({
      name: 'ConflictException',
      resourceIds: [first.tasks![0]!.taskArn],
    });
  });

  test.each<[Partial<RunTaskCommandInput>, string, string]>([
    [{ count: 0 }, 'InvalidParameterException', 'between 1 and 10'],
    [{ count: 11 }, 'InvalidParameterException', 'between 1 and 10'],
    [{ taskDefinition: 'nope' }, 'ClientException', 'TaskDefinition not found.'],
    [{ cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
    [{ launchType: 'FARGATE' }, 'UnsupportedFeatureException', 'FARGATE'],
    [{ placementStrategy: [{ type: 'spread' }] }, 'InvalidParameterException', 'needs a field'],
    [{ propagateTags: 'SERVICE' }, 'InvalidParameterException', 'only for tasks of a service'],
    [{ group: 'service:x' }, 'InvalidParameterException', 'reserved'],
    [{ startedBy: 'x'.repeat(129) }, 'InvalidParameterException', 'startedBy longer than 128.'],
    [
      { overrides: { containerOverrides: [{ name: 'x' }] } },
      'InvalidParameterException',
      'Override for container named x',
    ],
    [
      { overrides: { containerOverrides: [{ name: 'web', command: ['y'.repeat(8192)] }] } },
      'InvalidParameterException',
      'maximum of 8192',
    ],
  ])('refuses %j', async (input, name, text) => {
    await expect(run(input)).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
    expect(await list()).toEqual([]);
  });

  test('refuses an INACTIVE definition, and a cluster without instances', async () => {
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'empty' }));
    await expect(run({ cluster: 'empty' })).rejects.toMatchObject({
      message: 'No Container Instances were found in your cluster.',
    });
    await rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    await expect(run({ taskDefinition: 'web:1' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    });
  });
});

describe('StartTask', () => {
  const start = (...containerInstances: string[]) =>
    rig.ecs.send(new StartTaskCommand({ taskDefinition: 'web', containerInstances }));

  test('starts one task an instance and lists what is MISSING', async () => {
    const { tasks, failures } = await start(instance, '0'.repeat(32));
    expect(tasks).toMatchObject([{ containerInstanceArn: instance, lastStatus: 'PENDING' }]);
    expect(failures).toEqual([
      { arn: `${arnPrefix}:container-instance/default/${'0'.repeat(32)}`, reason: 'MISSING' },
    ]);
  });

  test('refuses no instances and more than ten', async () => {
    await expect(start()).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Container Instances cannot be empty.',
    });
    await expect(start(...Array.from({ length: 11 }, () => instance))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('counts each task that it starts in the same call', async () => {
    await define('half', [{ name: 'a', image: 'i', memory: 3000 }]);
    const { tasks, failures } = await rig.ecs.send(
      new StartTaskCommand({ taskDefinition: 'half', containerInstances: [instance, instance] }),
    );
    expect(tasks).toHaveLength(1);
    expect(failures).toMatchObject([{ arn: instance, reason: 'RESOURCE:MEMORY' }]);
  });
});

describe('a task as its agent reports it', () => {
  test('runs, and stops because an essential container exited', async () => {
    const task = await runOne();
    await rig.clock.advance(1000);
    await rig.report(task, 'RUNNING', [{ containerName: 'web', status: 'RUNNING' }]);
    expect(await show(task)).toMatchObject({
      lastStatus: 'RUNNING',
      startedAt: new Date(rig.clock.now()),
      version: 2,
    });
    await rig.report(task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', exitCode: 3 }]);
    expect(await show(task)).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ lastStatus: 'STOPPED', exitCode: 3 }],
    });
    expect(await list()).toEqual([]);
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual([task]);
  });

  test('fails to start', async () => {
    const task = await runOne();
    const reason = 'CannotPullContainerError: no such image';
    await rig.report(task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', reason }]);
    const stopped = await show(task);
    expect(stopped).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'Task failed to start',
      containers: [{ reason }],
    });
    expect(stopped.startedAt).toBeUndefined();
  });

  test('never goes back: late and doubled reports change nothing', async () => {
    const task = await runOne();
    await rig.report(task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', exitCode: 0 }]);
    const before = await show(task);
    await rig.report(task, 'RUNNING', [{ containerName: 'web', status: 'RUNNING' }]);
    await rig.report(task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', exitCode: 9 }]);
    expect(await show(task)).toEqual(before);
  });

  test('an unknown task is refused with the error that makes the agent drop it', async () => {
    await expect(rig.report('0'.repeat(32), 'RUNNING')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(rig.report(await runOne(), 'BROKEN' as 'RUNNING')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('SubmitContainerStateChange moves the container only', async () => {
    const task = await runOne();
    await rig.ecs.send(
      new SubmitContainerStateChangeCommand({
        task,
        containerName: 'web',
        status: 'RUNNING',
        runtimeId: 'r1',
      }),
    );
    expect(await show(task)).toMatchObject({
      lastStatus: 'PENDING',
      containers: [{ lastStatus: 'RUNNING', runtimeId: 'r1' }],
    });
  });

  test('SubmitAttachmentStateChanges knows no attachments', async () => {
    const submit = (attachments: { attachmentArn: string; status: string }[]) =>
      rig.ecs.send(new SubmitAttachmentStateChangesCommand({ attachments }));
    expect((await submit([])).acknowledgment).toBe('ACK');
    await expect(submit([{ attachmentArn: 'x', status: 'ATTACHED' }])).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('StopTask', () => {
  const stop = (task: string, reason?: string) =>
    rig.ecs.send(new StopTaskCommand({ task, ...(reason === undefined ? {} : { reason }) }));

  test('asks the task to stop and keeps the first reason', async () => {
    const task = await runOne();
    await rig.report(task, 'RUNNING', [{ containerName: 'web', status: 'RUNNING' }]);
    const { task: stopping } = await stop(task);
    expect(stopping).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'RUNNING',
      stopCode: 'UserInitiated',
      stoppedReason: 'Task stopped by user',
    });
    await stop(task, 'again');
    await rig.report(task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', exitCode: 137 }]);
    expect(await show(task)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'Task stopped by user',
    });
  });

  test('refuses what it does not know', async () => {
    await expect(stop('0'.repeat(32))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The referenced task was not found.',
    });
    await expect(stop('abc')).rejects.toMatchObject({ message: 'taskId length should be one of [32,36]' });
  });
});

describe('DescribeTasks', () => {
  const describeTasks = (tasks: string[]) => rig.ecs.send(new DescribeTasksCommand({ tasks }));

  test('lists what it does not know as MISSING', async () => {
    expect((await describeTasks(['0'.repeat(32)])).failures).toEqual([{ arn: missing, reason: 'MISSING' }]);
  });

  test('refuses an empty and too long a list', async () => {
    await expect(describeTasks([])).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Tasks cannot be empty.',
    });
    const many = Array.from({ length: 101 }, (_, at) => String(at).padStart(32, '0'));
    await expect(describeTasks(many)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('forgets a stopped task after the retention, not before', async () => {
    const task = await runOne();
    await rig.report(task, 'STOPPED');
    await rig.clock.advance(3_599_000);
    expect((await describeTasks([task])).tasks).toHaveLength(1);
    await rig.clock.advance(20_000);
    expect((await describeTasks([task])).failures).toEqual([{ arn: task, reason: 'MISSING' }]);
  });
});

describe('ListTasks', () => {
  test('filters by family, startedBy, instance and launchType, alone and together', async () => {
    await define('api', [{ name: 'a', image: 'i', memory: 6 }]);
    const web = await runOne({ startedBy: 'x' });
    const api = await runOne({ taskDefinition: 'api', startedBy: 'x' });
    expect(await list()).toEqual([web, api].toSorted());
    expect(await list({ family: 'api' })).toEqual([api]);
    expect(await list({ startedBy: 'x' })).toEqual([web, api].toSorted());
    expect(await list({ startedBy: 'y' })).toEqual([]);
    expect(await list({ containerInstance: instance, family: 'web' })).toEqual([web]);
    expect(await list({ launchType: 'EXTERNAL' })).toEqual([]);
    expect(await list({ desiredStatus: 'PENDING' })).toEqual([]);
  });

  test('pages', async () => {
    for (let at = 0; at < 5; at++)
      await run({ overrides: { containerOverrides: [{ name: 'web', cpu: 1 }] } });
    const first = await rig.ecs.send(new ListTasksCommand({ maxResults: 3 }));
    const second = await rig.ecs.send(new ListTasksCommand({ maxResults: 3, nextToken: first.nextToken }));
    expect(new Set([...first.taskArns!, ...second.taskArns!]).size).toBe(5);
    expect(second.nextToken).toBeUndefined();
    await expect(
      rig.ecs.send(new ListTasksCommand({ family: 'web', nextToken: first.nextToken })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('refuses an unknown service', async () => {
    await expect(list({ serviceName: 'x' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
    });
  });
});
