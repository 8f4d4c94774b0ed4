// ReplaceTask: what it refuses, and that asking twice is asking once. What the service makes of it, test/cluster shows.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, expect, test } from 'vitest';
import type { ReplaceTaskOutput } from '../../src/longshore/contract.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: EcsRig;
let task: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  const { taskDefinition } = await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'app:1', memory: 100 }],
    }),
  );
  await rig.instance({ attributes: taskDefinition!.requiresAttributes!.map(({ name }) => name!) });
  await rig.ecs.send(
    new CreateServiceCommand({ serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }),
  );
  await rig.clock.advance(0);
  const { taskArns } = await rig.ecs.send(new ListTasksCommand({ serviceName: 'web' }));
  [task] = taskArns as [string];
});

const replace = (input: object = { task }) => longshoreCall<ReplaceTaskOutput>(rig, 'ReplaceTask', input);
const versionOf = async (): Promise<number> =>
  (await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }))).tasks![0]!.version!;

test('takes an id or an ARN, and a second call changes nothing', async () => {
  const told = await replace();
  expect(told).toMatchObject({
    taskArn: task,
    serviceArn: expect.stringContaining('service/default/web') as string,
  });
  const version = await versionOf();
  expect(await replace({ task: task.split('/').at(-1) })).toEqual(told);
  expect(await versionOf()).toBe(version);
});

test('refuses what is unknown, what no service runs, and what is protected', async () => {
  await expect(replace({ task: 'f'.repeat(32) })).rejects.toThrow('was not found');
  await expect(replace({})).rejects.toThrow();
  const { tasks } = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
  await expect(replace({ task: tasks![0]!.taskArn })).rejects.toThrow('belongs to no service');
  await rig.ecs.send(
    new UpdateTaskProtectionCommand({ cluster: 'default', tasks: [task], protectionEnabled: true }),
  );
  await expect(replace()).rejects.toThrow('is protected');
});

test('refuses a daemon: it has no other place', async () => {
  await rig.ecs.send(
    new CreateServiceCommand({ serviceName: 'log', taskDefinition: 'web', schedulingStrategy: 'DAEMON' }),
  );
  await rig.clock.advance(0);
  const { taskArns } = await rig.ecs.send(new ListTasksCommand({ serviceName: 'log' }));
  await expect(replace({ task: taskArns![0] })).rejects.toThrow('one task for each container instance');
});
