// Longshore's own API on services: other images in one step, and what a service waits for.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
  type CreateServiceCommandInput,
  type Service,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type {
  ExplainServiceInput,
  ExplainServiceOutput,
  UpdateServiceImagesInput,
  UpdateServiceImagesOutput,
} from '../../src/longshore/contract.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open({ healthyAfter: 5_000 });
  await rig.ecs.send(new CreateClusterCommand({}));
  const { taskDefinition } = await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      cpu: '256',
      containerDefinitions: [
        { name: 'app', image: 'app:1', memory: 100, portMappings: [{ containerPort: 80 }] },
        { name: 'side', image: 'side:1', memory: 100, essential: false },
      ],
      volumes: [{ name: 'scratch' }],
      placementConstraints: [{ type: 'memberOf', expression: 'not(attribute:stack exists)' }],
      tags: [{ key: 'team', value: 'a' }],
    }),
  );
  // What the definition shows, and what its size needs beside that.
  const shown = taskDefinition!.requiresAttributes!.map(({ name }) => name!);
  await rig.instance({ attributes: [...shown, 'ecs.capability.task-cpu-mem-limit'] });
});

const create = async (more: Partial<CreateServiceCommandInput> = {}): Promise<Service> => {
  const input = { serviceName: 'web', taskDefinition: 'web', desiredCount: 2, ...more };
  return (await rig.ecs.send(new CreateServiceCommand(input))).service!;
};
const now = async (): Promise<Service> =>
  (await rig.ecs.send(new DescribeServicesCommand({ services: ['web'] }))).services![0]!;
const revisions = async (): Promise<number> =>
  (await rig.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'web' }))).taskDefinitionArns!.length;
const taskArns = async (): Promise<string[]> => (await rig.ecs.send(new ListTasksCommand({}))).taskArns!;
const images = (input: Partial<UpdateServiceImagesInput> = {}) =>
  longshoreCall<UpdateServiceImagesOutput>(rig, 'UpdateServiceImages', {
    service: 'web',
    images: [{ containerName: 'app', image: 'app:2' }],
    ...input,
  });
const explain = (input: Partial<ExplainServiceInput> = {}) =>
  longshoreCall<ExplainServiceOutput>(rig, 'ExplainService', { service: 'web', ...input });

describe('UpdateServiceImages', () => {
  test('registers the definition with the image and puts the service on it', async () => {
    await create();
    const before = await rig.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1', include: ['TAGS'] }),
    );
    const told = await images();
    const service = await now();
    expect(told).toEqual({
      serviceArn: service.serviceArn,
      clusterArn: service.clusterArn,
      previousTaskDefinitionArn: before.taskDefinition!.taskDefinitionArn,
      taskDefinitionArn: service.taskDefinition,
      changes: [{ containerName: 'app', from: 'app:1', to: 'app:2' }],
      deployment: {
        id: service.deployments![0]!.id,
        serviceDeploymentArn: service.currentServiceDeployment,
      },
    });
    const after = await rig.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'web:2', include: ['TAGS'] }),
    );
    expect(after.tags).toEqual(before.tags);
    const { containerDefinitions, ...rest } = before.taskDefinition!;
    const [app, side] = containerDefinitions!;
    expect(after.taskDefinition).toEqual({
      ...rest,
      taskDefinitionArn: service.taskDefinition,
      revision: 2,
      registeredAt: expect.any(Date),
      containerDefinitions: [{ ...app, image: 'app:2' }, side],
    });
  });

  test('goes on from what the service runs, not from the latest revision of the family', async () => {
    await create({ taskDefinition: 'web:1' });
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        containerDefinitions: [{ name: 'other', image: 'other', memory: 10 }],
      }),
    );
    expect((await images()).taskDefinitionArn).toMatch(/web:3$/);
  });

  test('does nothing when every image is the same, unless it is forced', async () => {
    const { currentServiceDeployment } = await create();
    const same = [{ containerName: 'app', image: 'app:1' }];
    const told = await images({ images: same });
    expect(told).toMatchObject({ changes: [], taskDefinitionArn: told.previousTaskDefinitionArn });
    expect(told.deployment).toBeUndefined();
    expect((await now()).currentServiceDeployment).toBe(currentServiceDeployment);
    const forced = await images({ images: same, forceNewDeployment: true });
    expect(forced.deployment!.serviceDeploymentArn).not.toBe(currentServiceDeployment);
    expect((await now()).currentServiceDeployment).toBe(forced.deployment!.serviceDeploymentArn);
    expect(await revisions()).toBe(1);
  });

  test.each<[Partial<UpdateServiceImagesInput>, string, string]>([
    [
      { images: [{ containerName: 'nope', image: 'x' }] },
      'InvalidParameterException',
      'The task definition web:1 has no container nope. Its containers are: app, side.',
    ],
    [{ images: [] }, 'InvalidParameterException', 'images cannot be empty.'],
    [
      {
        images: [
          { containerName: 'app', image: 'x' },
          { containerName: 'app', image: 'y' },
        ],
      },
      'InvalidParameterException',
      'more than once',
    ],
    [
      { images: [{ containerName: 'app', image: 'not an image' }] },
      'ClientException',
      "Container.image contains invalid characters or is too long: 'not an image'.",
    ],
    [{ service: 'nope' }, 'ServiceNotFoundException', 'Service not found.'],
    [{ cluster: 'nope' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ])('refuses %j and registers nothing', async (input, code, text) => {
    await create();
    await expect(images(input)).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
    expect(await revisions()).toBe(1);
  });

  test('leaves no revision behind when the service cannot be updated', async () => {
    await create({ deploymentController: { type: 'EXTERNAL' }, taskDefinition: undefined });
    await expect(images()).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect(await revisions()).toBe(1);
  });
});

describe('ExplainService', () => {
  /** Every task that is wanted runs. */
  const runAll = async (): Promise<void> => {
    for (const task of await taskArns()) await rig.report(task, 'RUNNING');
  };

  test('tells how long a task without checks must run, and what is waited for until then', async () => {
    await create();
    await rig.clock.advance(0);
    expect(await explain()).toMatchObject({
      status: 'ACTIVE',
      desiredCount: 2,
      pendingCount: 2,
      taskDefinition: 'web:1',
      health: { checkedContainers: [], healthyAfterSeconds: 5, gracePeriodSeconds: 0 },
      deployments: [
        { status: 'PRIMARY', taskDefinition: 'web:1', pendingCount: 2, rolloutState: 'IN_PROGRESS' },
      ],
      rollout: { status: 'IN_PROGRESS' },
      waiting: [{ kind: 'starting', count: 2 }],
      failedTaskCount: 0,
    });
    await runAll();
    const until = (rig.clock.now() + 5_000) / 1000;
    expect((await explain()).waiting).toEqual([{ kind: 'settling', count: 2, until }]);
    await rig.clock.advance(5_000);
    expect(await explain()).toMatchObject({
      waiting: [],
      healthyCount: 2,
      rollout: { status: 'SUCCESSFUL' },
    });
  });

  test('tells the failed tasks, and when the launch backoff ends', async () => {
    const noImage = 'CannotPullContainerError: no such image';
    await create({ desiredCount: 1 });
    for (const _ of [1, 2, 3]) {
      await rig.clock.advance(0);
      const [task] = await taskArns();
      await rig.report(task!, 'STOPPED', [{ containerName: 'app', reason: noImage }]);
    }
    await rig.clock.advance(0);
    const told = await explain();
    expect(told.waiting).toEqual([
      { kind: 'heldBack', until: (rig.clock.now() + 10_000) / 1000, failedTasks: 3 },
    ]);
    expect(told.failedTaskCount).toBe(3);
    expect(told.failedTasks[0]).toMatchObject({
      taskDefinition: 'web:1',
      stopCode: 'TaskFailedToStart',
      containers: [{ name: 'app', reason: noImage }, { name: 'side' }],
    });
  });

  test('tells that no instance has room', async () => {
    await create({ desiredCount: 50 });
    await rig.clock.advance(0);
    const { waiting } = await explain();
    expect(waiting).toContainEqual(
      expect.objectContaining({ kind: 'noPlace', missing: 50 - (await taskArns()).length }),
    );
  });

  test('tells the percents that allow no move, with their numbers', async () => {
    const percents = { minimumHealthyPercent: 75, maximumPercent: 100 };
    await create({ deploymentConfiguration: percents, availabilityZoneRebalancing: 'DISABLED' });
    await rig.clock.advance(0);
    await runAll();
    await rig.clock.advance(5_000);
    await images();
    await rig.clock.advance(0);
    expect((await explain()).waiting).toEqual([
      { kind: 'percents', tasks: 2, healthy: 2, minimum: 2, maximum: 2, ...percents },
    ]);
  });

  test('tells tasks that are protected', async () => {
    await create();
    await rig.clock.advance(0);
    await runAll();
    await rig.clock.advance(5_000);
    const protectedUntil = (rig.clock.now() + 60 * 60_000) / 1000;
    const [task] = await taskArns();
    await rig.ecs.send(
      new UpdateTaskProtectionCommand({
        cluster: 'default',
        tasks: [task!],
        protectionEnabled: true,
        expiresInMinutes: 60,
      }),
    );
    expect((await explain()).waiting).toEqual([]);
    await rig.ecs.send(new UpdateServiceCommand({ service: 'web', desiredCount: 0 }));
    await rig.clock.advance(0);
    expect((await explain()).waiting).toEqual([
      { kind: 'stopping', count: 1 },
      { kind: 'protected', count: 1, until: protectedUntil },
    ]);
  });

  test('is of an earlier service deployment where that is asked for', async () => {
    const { currentServiceDeployment: first } = await create({ desiredCount: 1 });
    await rig.clock.advance(0);
    const [task] = await taskArns();
    await rig.report(task!, 'STOPPED', [{ containerName: 'app', exitCode: 1 }]);
    await images();
    await rig.clock.advance(0);
    expect((await explain()).failedTaskCount).toBe(0);
    const told = await explain({ serviceDeploymentArn: first! });
    expect(told).toMatchObject({ failedTaskCount: 1, rollout: { status: 'STOPPED' } });
    await expect(explain({ serviceDeploymentArn: 'nope' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('is of a service without deployments too', async () => {
    await create({ deploymentController: { type: 'EXTERNAL' }, taskDefinition: undefined });
    const told = await explain();
    expect(told).toMatchObject({ deploymentController: 'EXTERNAL', deployments: [], waiting: [] });
    expect(told.taskDefinition).toBeUndefined();
    expect(told.rollout).toBeUndefined();
  });
});
