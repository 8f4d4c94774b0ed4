import {
  CreateCapacityProviderCommand,
  CreateTaskSetCommand,
  DeleteTaskSetCommand,
  DescribeTaskSetsCommand,
  PutClusterCapacityProvidersCommand,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
  type CreateTaskSetCommandInput,
  type TaskSet,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { ServiceRig, taskDefinition } from '../../test-support/service-rig.ts';
import { arnPrefix } from '../../test-support/ecs-rig.ts';

const place = { cluster: 'default', service: 'web' };

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
  await rig.create({
    deploymentController: { type: 'EXTERNAL' },
    taskDefinition: undefined,
    desiredCount: 3,
  });
});

async function create(given: Partial<CreateTaskSetCommandInput> = {}): Promise<TaskSet> {
  const input = { ...place, taskDefinition: 'web:1', ...given };
  return (await rig.send(new CreateTaskSetCommand(input))).taskSet!;
}
async function scale(taskSet: string, value: number, service = 'web'): Promise<TaskSet> {
  const input = { ...place, service, taskSet, scale: { value, unit: 'PERCENT' } } as const;
  return (await rig.send(new UpdateTaskSetCommand(input))).taskSet!;
}
const remove = async (taskSet: string, force = false): Promise<TaskSet> =>
  (await rig.send(new DeleteTaskSetCommand({ ...place, taskSet, force }))).taskSet!;
const makePrimary = async (primaryTaskSet: string): Promise<TaskSet> =>
  (await rig.send(new UpdateServicePrimaryTaskSetCommand({ ...place, primaryTaskSet }))).taskSet!;
const describeSets = (taskSets?: string[], service = 'web') =>
  rig.send(new DescribeTaskSetsCommand({ ...place, service, ...(taskSets && { taskSets }) }));

/** What all of them refuse alike. */
const refusals = (call: (where: { cluster: string; service: string }) => Promise<unknown>) => {
  test('refuses a cluster or a service that is not there or not ACTIVE', async () => {
    await expect(call({ ...place, cluster: 'x' })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    await expect(call({ ...place, service: 'x' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    });
    await rig.delete({ force: true });
    await expect(call(place)).rejects.toMatchObject({ name: 'ServiceNotActiveException' });
  });
};
const refusesOtherControllers = (call: (where: { cluster: string; service: string }) => Promise<unknown>) => {
  test('refuses a service whose controller is not EXTERNAL', async () => {
    await rig.create({ serviceName: 'ecs' });
    await expect(call({ ...place, service: 'ecs' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Amazon ECS only supports task set management on services configured to use external deployment controllers.',
    });
  });
};
const refusesUnknownSets = (call: (taskSet: string) => Promise<unknown>) => {
  test('refuses a task set that is not there, or of another service', async () => {
    await expect(call('ecs-svc/1')).rejects.toMatchObject({
      name: 'TaskSetNotFoundException',
      message: 'The specified task set does not exist.',
    });
    await expect(call(`${arnPrefix}:task-set/default/other/ecs-svc/1`)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(call('1')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
};

describe('CreateTaskSet', () => {
  test('answers the task set as ECS does', async () => {
    const now = new Date(rig.ecs.clock.now());
    const taskSet = await create({ externalId: 'build-7', tags: [{ key: 'team', value: 'x' }] });
    expect(taskSet).toEqual({
      id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      taskSetArn: `${arnPrefix}:task-set/default/web/${taskSet.id}`,
      serviceArn: `${arnPrefix}:service/default/web`,
      clusterArn: `${arnPrefix}:cluster/default`,
      externalId: 'build-7',
      status: 'ACTIVE',
      taskDefinition: taskDefinition(1),
      computedDesiredCount: 0,
      pendingCount: 0,
      runningCount: 0,
      createdAt: now,
      updatedAt: now,
      launchType: 'EC2',
      loadBalancers: [],
      serviceRegistries: [],
      scale: { value: 0, unit: 'PERCENT' },
      stabilityStatus: 'STABILIZING',
      stabilityStatusAt: now,
      tags: [{ key: 'team', value: 'x' }],
    });
  });

  test.each([
    [0, 0],
    [0.1, 1],
    [33.3, 1],
    [50, 2],
    [100, 3],
  ])('%d %% of 3 tasks are %i', async (value, computedDesiredCount) => {
    expect(await create({ scale: { value, unit: 'PERCENT' } })).toMatchObject({
      scale: { value },
      computedDesiredCount,
    });
  });

  test('the same token answers the same task set, and refuses another', async () => {
    const first = await create({ clientToken: 'token' });
    expect(await create({ clientToken: 'token' })).toEqual(first);
    await expect(create({ clientToken: 'token', externalId: 'x' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Creation of task set was not idempotent.',
    });
    expect((await create()).id).not.toBe((await create()).id);
  });

  test('runs by its own launch type, else by the default strategy of the cluster, else as its service', async () => {
    await rig.create({
      serviceName: 'away',
      deploymentController: { type: 'EXTERNAL' },
      taskDefinition: undefined,
      launchType: 'EXTERNAL',
    });
    expect(await create({ service: 'away' })).toMatchObject({ launchType: 'EXTERNAL' });
    expect(await create({ service: 'away', launchType: 'EC2' })).toMatchObject({ launchType: 'EC2' });
    await rig.send(
      new CreateCapacityProviderCommand({
        name: 'one',
        autoScalingGroupProvider: { autoScalingGroupArn: 'group' },
      }),
    );
    const associate = (capacityProviders: string[]) =>
      rig.send(
        new PutClusterCapacityProvidersCommand({
          cluster: 'default',
          capacityProviders,
          defaultCapacityProviderStrategy: capacityProviders.map((name) => ({
            capacityProvider: name,
            weight: 1,
          })),
        }),
      );
    await associate(['one']);
    const capacityProviderStrategy = [{ capacityProvider: 'one', weight: 1, base: 0 }];
    const { id } = await create({ service: 'away' });
    expect((await describeSets([id!], 'away')).taskSets).toMatchObject([{ capacityProviderStrategy }]);
    expect(await create({ service: 'away', launchType: 'EC2' })).not.toHaveProperty(
      'capacityProviderStrategy',
    );
    // The cluster cannot part with what a task set uses, be it without tasks.
    await expect(associate([])).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await rig.send(new DeleteTaskSetCommand({ ...place, service: 'away', taskSet: id }));
    await associate([]);
  });

  test('five at most', async () => {
    for (let at = 0; at < 5; at++) await create();
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        '5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.',
    });
  });

  test.each([
    [{ scale: { value: 101 } }, 'scale.value should be between 0 and 100.'],
    [{ scale: { value: -1 } }, 'scale.value should be between 0 and 100.'],
    [{ scale: {} }, 'scale.value cannot be null or empty.'],
    [{ clientToken: 'a'.repeat(37) }, 'clientToken should have 1 to 36'],
    [{ platformVersion: 'LATEST' }, 'The platform version must be null'],
    [
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'x' }] },
      'Specify either Launch Type or Capacity Provider Strategy, but not both.',
    ],
    [{ capacityProviderStrategy: [{ capacityProvider: 'x', weight: 1 }] }, 'not associated with the cluster'],
    [{ tags: [{ key: 'aws:x', value: '' }] }, "may not start with 'aws:'"],
    [
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['s'] } } },
      'Network Configuration is not valid for the given networkMode',
    ],
  ] satisfies [Partial<CreateTaskSetCommandInput>, string][])('refuses %j', async (input, message) => {
    await expect(create(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    [{ launchType: 'FARGATE' }, 'the FARGATE launch type'],
    [
      { loadBalancers: [{ targetGroupArn: 'arn:x', containerName: 'app', containerPort: 80 }] },
      'loadBalancers',
    ],
  ] satisfies [Partial<CreateTaskSetCommandInput>, string][])(
    'says that it cannot do %j yet',
    async (input, feature) => {
      await expect(create(input)).rejects.toMatchObject({
        name: 'UnsupportedFeatureException',
        message: expect.stringContaining(feature),
      });
    },
  );

  test('refuses an unknown definition', async () => {
    await expect(create({ taskDefinition: 'x' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition not found.',
    });
  });

  refusals((where) => create(where));
  refusesOtherControllers((where) => create(where));
});

describe('DescribeTaskSets', () => {
  test('shows all, or those that are named; unknown ones are MISSING', async () => {
    const [one, two] = [await create({ tags: [{ key: 'a', value: 'b' }] }), await create()];
    const { taskSets } = await describeSets();
    expect(new Set(taskSets?.map(({ id }) => id))).toEqual(new Set([one.id, two.id]));
    expect(taskSets?.every((taskSet) => taskSet.tags === undefined)).toBe(true);
    const named = await describeSets([two.taskSetArn!, two.id!, 'ecs-svc/1']);
    expect(named.taskSets?.map(({ id }) => id)).toEqual([two.id]);
    expect(named.failures).toEqual([
      { arn: `${arnPrefix}:task-set/default/web/ecs-svc/1`, reason: 'MISSING' },
    ]);
    const tagged = await rig.send(
      new DescribeTaskSetsCommand({ ...place, taskSets: [one.id!], include: ['TAGS'] }),
    );
    expect(tagged.taskSets).toMatchObject([{ tags: [{ key: 'a', value: 'b' }] }]);
  });

  test('counts the tasks of each', async () => {
    await rig.ecs.instance();
    await create({ scale: { value: 50 } });
    await rig.settle();
    const [one] = await rig.tasks();
    await rig.run(one!);
    expect((await describeSets()).taskSets).toMatchObject([{ runningCount: 1, pendingCount: 1 }]);
    expect(await rig.describe()).toMatchObject({
      runningCount: 1,
      pendingCount: 1,
      taskSets: [{ runningCount: 1, pendingCount: 1 }],
    });
  });

  refusals((where) => rig.send(new DescribeTaskSetsCommand(where)));
});

describe('UpdateTaskSet', () => {
  test('changes the share, which is not stable then', async () => {
    const { id } = await create();
    await rig.ecs.clock.advance(1000);
    const now = new Date(rig.ecs.clock.now());
    expect(await scale(id!, 67)).toMatchObject({
      scale: { value: 67, unit: 'PERCENT' },
      computedDesiredCount: 3,
      stabilityStatus: 'STABILIZING',
      stabilityStatusAt: now,
      updatedAt: now,
    });
  });

  test('follows the count of the service', async () => {
    await create({ scale: { value: 50 } });
    await rig.update({ desiredCount: 9 });
    expect((await describeSets()).taskSets).toMatchObject([{ computedDesiredCount: 5 }]);
  });

  test('is steady no more in the very reply that changes the count', async () => {
    await rig.ecs.instance();
    const [half, none] = [await create({ scale: { value: 50 } }), await create()];
    await rig.settle();
    await rig.run(...(await rig.tasks()));
    await rig.settle();
    const { taskSets: before } = await describeSets();
    expect(before!.map(({ stabilityStatus }) => stabilityStatus)).toEqual(['STEADY_STATE', 'STEADY_STATE']);
    const { taskSets } = await rig.update({ desiredCount: 9 });
    const statusOf = ({ id }: TaskSet) => taskSets!.find((one) => one.id === id)!.stabilityStatus;
    expect([statusOf(half), statusOf(none)]).toEqual(['STABILIZING', 'STEADY_STATE']);
  });

  test.each([-1, 100.1])('refuses %d %%', async (value) => {
    const { id } = await create();
    await expect(scale(id!, value)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('refuses one that is DRAINING', async () => {
    await rig.ecs.instance();
    const { id } = await create({ scale: { value: 100 } });
    await rig.settle();
    expect(await remove(id!, true)).toMatchObject({ status: 'DRAINING' });
    await expect(scale(id!, 5)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  refusals((where) =>
    rig.send(new UpdateTaskSetCommand({ ...where, taskSet: 'ecs-svc/1', scale: { value: 1 } })),
  );
  refusesOtherControllers(({ service }) => scale('ecs-svc/1', 1, service));
  refusesUnknownSets((taskSet) => scale(taskSet, 1));
});

describe('UpdateServicePrimaryTaskSet', () => {
  test('makes one PRIMARY, which the service shows, and the other ACTIVE', async () => {
    const [one, two] = [await create(), await create({ taskDefinition: 'web:2' })];
    expect(await makePrimary(one.id!)).toMatchObject({ id: one.id, status: 'PRIMARY' });
    expect(await rig.describe()).toMatchObject({ taskDefinition: taskDefinition(1), launchType: 'EC2' });
    expect((await makePrimary(two.taskSetArn!)).status).toBe('PRIMARY');
    expect((await makePrimary(two.id!)).status).toBe('PRIMARY');
    expect((await rig.describe()).taskDefinition).toBe(taskDefinition(2));
    const { taskSets } = await describeSets([one.id!, two.id!]);
    expect(taskSets?.map(({ status }) => status)).toEqual(['ACTIVE', 'PRIMARY']);
  });

  test('refuses one that is DRAINING', async () => {
    await rig.ecs.instance();
    const { id } = await create({ scale: { value: 100 } });
    await rig.settle();
    expect(await remove(id!, true)).toMatchObject({ status: 'DRAINING' });
    await expect(makePrimary(id!)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  refusals((where) =>
    rig.send(new UpdateServicePrimaryTaskSetCommand({ ...where, primaryTaskSet: 'ecs-svc/1' })),
  );
  refusesOtherControllers((where) =>
    rig.send(new UpdateServicePrimaryTaskSetCommand({ ...where, primaryTaskSet: 'ecs-svc/1' })),
  );
  refusesUnknownSets(makePrimary);
});

describe('DeleteTaskSet', () => {
  test('without tasks it is gone at once', async () => {
    const { id } = await create();
    expect(await remove(id!)).toMatchObject({ id, status: 'DRAINING', computedDesiredCount: 0 });
    expect((await describeSets()).taskSets).toEqual([]);
  });

  test('with tasks it is DRAINING, and wants none of them', async () => {
    await rig.ecs.instance();
    const { id } = await create({ scale: { value: 100 } });
    await rig.settle();
    const [one] = await rig.tasks();
    await rig.run(one!);
    await remove(id!, true);
    expect((await describeSets()).taskSets).toMatchObject([
      { status: 'DRAINING', scale: { value: 0 }, runningCount: 1 },
    ]);
  });

  test('refuses one that is scaled or PRIMARY, unless forced', async () => {
    const { id } = await create({ scale: { value: 1 } });
    await expect(remove(id!)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The task set cannot be deleted while it is scaled above 0.',
    });
    await scale(id!, 0);
    await makePrimary(id!);
    await expect(remove(id!)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('The primary task set cannot be deleted.'),
    });
    await remove(id!, true);
    expect((await describeSets()).taskSets).toEqual([]);
  });

  refusals((where) => rig.send(new DeleteTaskSetCommand({ ...where, taskSet: 'ecs-svc/1' })));
  refusesOtherControllers((where) => rig.send(new DeleteTaskSetCommand({ ...where, taskSet: 'ecs-svc/1' })));
  refusesUnknownSets((taskSet) => remove(taskSet));
});

describe('DeleteService', () => {
  test('refuses a service with task sets, unless forced: then they drain or go', async () => {
    await rig.ecs.instance();
    const [one, two] = [await create({ scale: { value: 100 } }), await create()];
    await rig.settle();
    const tasks = await rig.tasks();
    expect(tasks).not.toEqual([]);
    await rig.update({ desiredCount: 0 });
    await expect(rig.delete()).rejects.toMatchObject({
      message: 'The service cannot be stopped while deployments are active.',
    });
    const { status, taskSets } = await rig.delete({ force: true });
    expect(status).toBe('DRAINING');
    expect(taskSets).toHaveLength(2);
    expect(taskSets).toEqual(
      expect.arrayContaining([one, two].map(({ id }) => expect.objectContaining({ id, status: 'DRAINING' }))),
    );
    await rig.end(...tasks);
    await rig.settle();
    expect(await rig.describe()).toMatchObject({ status: 'INACTIVE', taskSets: [] });
  });
});
