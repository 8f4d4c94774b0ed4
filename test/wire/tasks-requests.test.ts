// What RunTask and StartTask make of the rest of their request: where to run, networks, references, connectivity.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  type CapacityProviderStrategyItem,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
let instance: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  instance = await rig.instance();
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
    }),
  );
});

const run = (input: Partial<RunTaskCommandInput> = {}) =>
  rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', ...input }));
const start = (input: object = {}) =>
  rig.ecs.send(new StartTaskCommand({ taskDefinition: 'web', containerInstances: [instance], ...input }));
const associate = async (defaultCapacityProviderStrategy: CapacityProviderStrategyItem[] = []) => {
  await rig.ecs.send(
    new CreateCapacityProviderCommand({
      name: 'group',
      autoScalingGroupProvider: { autoScalingGroupArn: 'group' },
    }),
  );
  await rig.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: ['FARGATE', 'group'],
      defaultCapacityProviderStrategy,
    }),
  );
};
const network = { awsvpcConfiguration: { subnets: ['subnet-1'] } };

describe('RunTask', () => {
  test.each<[CapacityProviderStrategyItem[], string, RegExp]>([
    [
      [{ capacityProvider: 'FARGATE', weight: 1 }],
      'UnsupportedFeatureException',
      /the FARGATE capacity provider/,
    ],
    [
      [{ capacityProvider: 'group', weight: 1 }],
      'InvalidParameterException',
      /No Container Instances were found in your capacity provider/,
    ],
    [[{ capacityProvider: 'group' }], 'InvalidParameterException', /weight value greater than zero/],
    [
      [{ capacityProvider: 'other', weight: 1 }],
      'InvalidParameterException',
      /not associated with the cluster/,
    ],
  ])('refuses the strategy %j', async (capacityProviderStrategy, name, message) => {
    await associate();
    await expect(run({ capacityProviderStrategy })).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  test("goes by the cluster's own strategy, unless a launch type is given", async () => {
    await associate([{ capacityProvider: 'group', weight: 1 }]);
    await expect(run()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your capacity provider.',
    });
    expect((await run({ launchType: 'EC2' })).tasks).toMatchObject([{ launchType: 'EC2' }]);
    await expect(
      run({ launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'group', weight: 1 }] }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Specify either Launch Type or Capacity Provider Strategy, but not both.',
    });
  });
});

describe.each([
  ['RunTask', run],
  ['StartTask', start],
] as const)('%s', (_operation, call) => {
  test('takes empty texts and enums for what is left out', async () => {
    const empty = { cluster: '', group: '', startedBy: '', referenceId: '', propagateTags: '' };
    const also = { clientToken: '', launchType: '', overrides: { cpu: '', memory: '', taskRoleArn: '' } };
    const { tasks: [task] = [] } = await call({ ...empty, ...also } as object);
    expect(task).toMatchObject({ group: 'family:web', launchType: 'EC2' });
    expect(task).not.toHaveProperty('startedBy');
    const { tasks: [again] = [] } = await call({ ...empty, ...also } as object);
    expect(again?.taskArn).not.toBe(task?.taskArn);
  });

  test('keeps the empty values of variables and tags', async () => {
    const environment = [{ name: 'A', value: '' }];
    const { tasks: [task] = [] } = await call({
      tags: [{ key: 'k', value: '' }],
      overrides: { containerOverrides: [{ name: 'web', environment }] },
    });
    expect(task).toMatchObject({
      tags: [{ key: 'k', value: '' }],
      overrides: { containerOverrides: [{ environment }] },
    });
  });

  test.each(['AWS Step Functions', 'deploy-pipeline/portal-api#2291', 'x'.repeat(128)])(
    'is started by %j, and ListTasks finds it by that',
    async (startedBy) => {
      const { tasks: [task] = [] } = await call({ startedBy });
      expect(task).toMatchObject({ startedBy });
      const listed = await rig.ecs.send(new ListTasksCommand({ startedBy }));
      expect(listed.taskArns).toEqual([task?.taskArn]);
    },
  );

  test.each<[object, string, string]>([
    [{ referenceId: 'r'.repeat(1025) }, 'InvalidParameterException', 'maximum of 1024'],
    [{ networkConfiguration: network }, 'InvalidParameterException', 'Network Configuration is not valid'],
    [{ enableExecuteCommand: true }, 'UnsupportedFeatureException', 'enableExecuteCommand'],
    [{ overrides: { taskRoleArn: 'r' } }, 'UnsupportedFeatureException', 'taskRoleArn'],
    [
      { overrides: { ephemeralStorage: { sizeInGiB: 30 } } },
      'UnsupportedFeatureException',
      'ephemeralStorage',
    ],
    [
      {
        overrides: {
          containerOverrides: [{ name: 'web', environmentFiles: [{ type: 's3', value: 'arn' }] }],
        },
      },
      'UnsupportedFeatureException',
      'environmentFiles',
    ],
    [{ volumeConfigurations: [{ name: 'v' }] }, 'UnsupportedFeatureException', 'volumeConfigurations'],
  ])('refuses %j', async (input, name, text) => {
    await expect(call(input)).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });

  test('keeps a referenceId, which nothing shows', async () => {
    const [task] = (await call({ referenceId: 'r'.repeat(1024) })).tasks!;
    expect(JSON.stringify(task)).not.toContain('rrr');
    rig.controlPlane.store.view((tx) => {
      expect(tx.table(tasks).get(task!.taskArn!)?.referenceId).toHaveLength(1024);
    });
  });

  test('takes the definition’s tags, the own before them, and ECS’s', async () => {
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
        tags: [
          { key: 'team', value: 'definition' },
          { key: 'tier', value: 'web' },
        ],
      }),
    );
    const [task] = (
      await call({
        propagateTags: 'TASK_DEFINITION',
        enableECSManagedTags: true,
        tags: [{ key: 'team', value: 'own' }],
      })
    ).tasks!;
    expect(task!.tags).toEqual([
      { key: 'team', value: 'own' },
      { key: 'tier', value: 'web' },
      { key: 'aws:ecs:clusterName', value: 'default' },
    ]);
  });
});

describe('RunTask', () => {
  test('refuses a platform version, which only Fargate has', async () => {
    await expect(run({ platformVersion: 'LATEST' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The platform version must be null when specifying an EC2 launch type.',
    });
  });

  test('wants a network for awsvpc', async () => {
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'vpc',
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
      }),
    );
    await expect(run({ taskDefinition: 'vpc' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    });
    await expect(run({ taskDefinition: 'vpc', networkConfiguration: network })).rejects.toMatchObject({
      name: 'UnsupportedFeatureException',
    });
  });
});

describe('DescribeTasks', () => {
  test('tells whether the agent is connected, and since when the task is', async () => {
    const show = async (task: string) =>
      (await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }))).tasks![0]!;
    await rig.clock.advance(5000);
    const task = (await run()).tasks![0]!.taskArn!;
    const createdAt = new Date(rig.clock.now());
    expect(await show(task)).toMatchObject({ connectivity: 'CONNECTED', connectivityAt: createdAt });
    await rig.disconnect(instance);
    const disconnected = await show(task);
    expect(disconnected.connectivity).toBe('DISCONNECTED');
    expect(disconnected).not.toHaveProperty('connectivityAt');
    await rig.clock.advance(5000);
    rig.connect(instance);
    expect(await show(task)).toMatchObject({
      connectivity: 'CONNECTED',
      connectivityAt: new Date(rig.clock.now()),
    });
  });

  test('answers each task once, in the order asked for', async () => {
    const one = (await run()).tasks![0]!.taskArn!;
    const two = (await run()).tasks![0]!.taskArn!;
    const answer = await rig.ecs.send(new DescribeTasksCommand({ tasks: [two, one, two] }));
    expect(answer.tasks!.map((task) => task.taskArn)).toEqual([two, one]);
    expect(answer.tasks![0]).toMatchObject({ attachments: [], attributes: [], version: 1, tags: [] });
  });
});
