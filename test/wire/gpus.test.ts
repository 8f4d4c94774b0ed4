// GPUs as a user of the SDK meets them: each whole, by its id, to one container; and why there is none.
import {
  CreateClusterCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  type ContainerDefinition,
  type ContainerOverride,
  type RunTaskCommandInput,
  type Task,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { payloadTask } from '../../src/acs/payload/payload-task.ts';
import type { ExplainPlacementOutput } from '../../src/longshore/contract.ts';
import {
  taskDefinitionKey,
  taskDefinitions,
} from '../../src/aws/ecs/state/task-definition/task-definitions.ts';
import { tasks as tasksTable } from '../../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

const gpus = (value: string): ContainerDefinition['resourceRequirements'] => [{ type: 'GPU', value }];

/** A definition with a container for each number of GPUs; 0 is a container that asks for none. */
const define = (family: string, ...counts: number[]) =>
  rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: counts.map((count, at) => ({
        name: `c${at}`,
        image: 'busybox',
        memory: 64,
        ...(count > 0 && { resourceRequirements: gpus(String(count)) }),
      })),
    }),
  );
const run = async (taskDefinition: string, input: Partial<RunTaskCommandInput> = {}) => {
  const { tasks = [], failures = [] } = await rig.ecs.send(new RunTaskCommand({ taskDefinition, ...input }));
  return { tasks, failures };
};
const overriding = (...containerOverrides: ContainerOverride[]) => ({ overrides: { containerOverrides } });
const gpuIdsOf = ({ containers = [] }: Task) => containers.map(({ gpuIds }) => gpuIds);
const gpusLeft = async (instance: string) => {
  const { containerInstances } = await rig.ecs.send(
    new DescribeContainerInstancesCommand({ containerInstances: [instance] }),
  );
  const { remainingResources = [], registeredResources = [] } = containerInstances![0]!;
  const gpu = (of: typeof remainingResources) => of.find(({ name }) => name === 'GPU')?.stringSetValue;
  return { left: gpu(remainingResources), all: gpu(registeredResources) };
};

describe('a task with GPUs', () => {
  test('holds them by id until it has stopped', async () => {
    const instance = await rig.instance({ gpuIds: ['GPU-a', 'GPU-b', 'GPU-c'] });
    await define('train', 1, 0, 1);
    const { tasks } = await run('train');
    expect(gpuIdsOf(tasks[0]!)).toEqual([['GPU-a'], undefined, ['GPU-b']]);
    expect(await gpusLeft(instance)).toEqual({ left: ['GPU-c'], all: ['GPU-a', 'GPU-b', 'GPU-c'] });
    const taskArn = tasks[0]!.taskArn!;
    const described = await rig.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    expect(gpuIdsOf(described.tasks![0]!)).toEqual([['GPU-a'], undefined, ['GPU-b']]);
    await rig.report(taskArn, 'STOPPED', [{ containerName: 'c0', status: 'STOPPED', exitCode: 0 }]);
    expect((await gpusLeft(instance)).left).toEqual(['GPU-a', 'GPU-b', 'GPU-c']);
  });

  test('tells the agent which container gets which', async () => {
    await rig.instance({ gpuIds: ['GPU-a', 'GPU-b', 'GPU-c'] });
    await define('train', 2, 1);
    const { tasks } = await run('train');
    const payload = rig.controlPlane.store.view((tx) => {
      const task = tx.table(tasksTable).get(tasks[0]!.taskArn!)!;
      return payloadTask(task, tx.table(taskDefinitions).get(taskDefinitionKey(task, 'train', 1)));
    });
    expect(payload.associations).toEqual([
      { type: 'gpu', name: 'GPU-a', containers: ['c0'] },
      { type: 'gpu', name: 'GPU-b', containers: ['c0'] },
      { type: 'gpu', name: 'GPU-c', containers: ['c1'] },
    ]);
  });

  test('shares none with the others of one call, nor with those of a StartTask', async () => {
    const instance = await rig.instance({ gpuIds: ['GPU-a', 'GPU-b', 'GPU-c', 'GPU-d'] });
    await define('train', 1);
    const { tasks } = await run('train', { count: 2 });
    const started = await rig.ecs.send(
      new StartTaskCommand({ taskDefinition: 'train', containerInstances: [instance] }),
    );
    const ids = [...tasks, ...started.tasks!].flatMap(gpuIdsOf).flat();
    expect(ids).toEqual(['GPU-a', 'GPU-b', 'GPU-c']);
    expect((await gpusLeft(instance)).left).toEqual(['GPU-d']);
  });

  test('goes where there are some, and is no hindrance to those without', async () => {
    await rig.instance({ cpu: 100_000, memory: 100_000 });
    const withGpu = await rig.instance({ gpuIds: ['GPU-a'] });
    await define('train', 1);
    await define('web', 0);
    expect((await run('train')).tasks.map((task) => task.containerInstanceArn)).toEqual([withGpu]);
    expect((await run('web', { count: 3 })).failures).toEqual([]);
  });

  test('has as many as an override says in place of the definition', async () => {
    await rig.instance({ gpuIds: ['GPU-a', 'GPU-b', 'GPU-c'] });
    await define('train', 1, 0);
    const { tasks } = await run('train', overriding({ name: 'c0', resourceRequirements: gpus('2') }));
    expect(gpuIdsOf(tasks[0]!)).toEqual([['GPU-a', 'GPU-b'], undefined]);
    expect(tasks[0]!.overrides!.containerOverrides![0]).toEqual({
      name: 'c0',
      resourceRequirements: gpus('2'),
    });
    const more = await run('train', overriding({ name: 'c1', resourceRequirements: gpus('1') }));
    expect(more.failures).toMatchObject([
      { reason: 'RESOURCE:GPU', detail: 'needs 2 GPUs, 1 of 3 are free' },
    ]);
  });

  test.each([
    ['0', 'ClientException', 'The value of type GPU is a number of GPUs'],
    ['ALL', 'UnsupportedFeatureException', "the value 'ALL'"],
  ])('cannot be asked for by an override of %s', async (value, name, message) => {
    await rig.instance({ gpuIds: ['GPU-a'] });
    await define('train', 1);
    await expect(
      run('train', overriding({ name: 'c0', resourceRequirements: gpus(value) })),
    ).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('where GPUs are missing', () => {
  test('each instance says how many, and who holds them', async () => {
    const none = await rig.instance();
    const some = await rig.instance({ gpuIds: ['GPU-a', 'GPU-b'] });
    await define('train', 1);
    await define('big', 2);
    const { tasks } = await run('train');
    const { failures } = await run('big');
    const expected = [
      { arn: none, reason: 'RESOURCE:GPU', detail: 'needs 2 GPUs, 0 of 0 are free' },
      { arn: some, reason: 'RESOURCE:GPU', detail: 'needs 2 GPUs, 1 of 2 are free' },
    ];
    expect(failures).toHaveLength(2);
    expect(failures).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one))));
    const told = await longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', {
      taskDefinition: 'big',
    });
    expect(told.asks).toMatchObject({ gpus: 2 });
    expect(told.now.verdicts).toMatchObject([
      {
        filter: 'gpus',
        reason: 'RESOURCE:GPU',
        count: 2,
        instances: [
          {
            containerInstanceArn: some,
            asked: 2,
            available: 1,
            of: 2,
            missing: 1,
            holders: [{ taskArn: tasks[0]!.taskArn, gpus: 1 }],
          },
          { containerInstanceArn: none, asked: 2, available: 0, of: 0, missing: 2, holders: [] },
        ],
      },
    ]);
    const texts = told.suggestions.map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^Stop or move the task .*: it holds 1 GPU\.$/));
    expect(texts.at(-1)).toContain('with 2 GPUs free');
    // The question about a running task is about another like it, and not about the very GPUs that it has.
    const ofTask = await longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', {
      task: tasks[0]!.taskArn!,
    });
    expect(ofTask).toMatchObject({ asks: { gpus: 1 }, now: { fitCount: 1 } });
    expect(ofTask.asks).not.toHaveProperty('gpuIds');
  });
});

describe('an instance that returns with other GPUs', () => {
  const again = (containerInstanceArn: string, ...ids: string[]) =>
    rig.ecs.send(
      new RegisterContainerInstanceCommand({
        containerInstanceArn,
        totalResources: [
          { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
          { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
        ],
        platformDevices: ids.map((id) => ({ id, type: 'GPU' })),
      }),
    );

  test('offers those that are there now and that no task has', async () => {
    const instance = await rig.instance({ gpuIds: ['GPU-a', 'GPU-b'] });
    await define('train', 1);
    const { tasks } = await run('train', { count: 2 });
    await again(instance, 'GPU-b', 'GPU-c');
    expect(await gpusLeft(instance)).toEqual({ left: ['GPU-c'], all: ['GPU-b', 'GPU-c'] });
    const more = await run('train', { count: 2 });
    expect(more.tasks.flatMap(gpuIdsOf)).toEqual([['GPU-c']]);
    expect(more.failures).toMatchObject([{ reason: 'RESOURCE:GPU', detail: 'needs 1 GPU, 0 of 2 are free' }]);
    await rig.report(tasks[0]!.taskArn!, 'STOPPED');
    expect((await gpusLeft(instance)).left).toEqual([]);
    await rig.report(tasks[1]!.taskArn!, 'STOPPED');
    expect((await gpusLeft(instance)).left).toEqual(['GPU-b']);
  });

  test('has none to offer when it returns without any', async () => {
    const instance = await rig.instance({ gpuIds: ['GPU-a'] });
    await define('train', 1);
    await run('train');
    await again(instance);
    expect(await gpusLeft(instance)).toEqual({ left: undefined, all: undefined });
    expect((await run('train')).failures).toMatchObject([{ detail: 'needs 1 GPU, 0 of 0 are free' }]);
  });
});
