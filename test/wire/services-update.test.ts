import {
  CreateCapacityProviderCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  PutClusterCapacityProvidersCommand,
  type CreateServiceCommandInput,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { ServiceRig, taskDefinition } from '../../test-support/service-rig.ts';

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
});

/** Puts capacity providers `one` and `two` into the cluster; its default strategy is `defaults`. */
async function withProviders(defaults: string[] = []): Promise<void> {
  for (const name of ['one', 'two']) {
    await rig.send(
      new CreateCapacityProviderCommand({
        name,
        autoScalingGroupProvider: { autoScalingGroupArn: `group-${name}` },
      }),
    );
  }
  await rig.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: ['one', 'two', 'FARGATE'],
      defaultCapacityProviderStrategy: defaults.map((name) => strategy(name)),
    }),
  );
}
const strategy = (capacityProvider: string) => ({ capacityProvider, weight: 1, base: 0 });

describe('UpdateService', () => {
  describe('a new deployment', () => {
    test('begins with a task definition: the old one is ACTIVE, the new one PRIMARY', async () => {
      await rig.ecs.instance();
      const { deployments } = await rig.create();
      const old = deployments![0]!.id!;
      await rig.settle();
      await rig.run(...(await rig.tasks()));
      await rig.settle(60_000);
      const service = await rig.update({ taskDefinition: 'web:2' });
      expect(service.taskDefinition).toBe(taskDefinition(2));
      const [primary] = service.deployments!;
      expect(service.deployments).toMatchObject([
        {
          status: 'PRIMARY',
          taskDefinition: taskDefinition(2),
          desiredCount: 0,
          runningCount: 0,
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: `ECS deployment ${primary!.id} in progress.`,
        },
        {
          id: old,
          status: 'ACTIVE',
          taskDefinition: taskDefinition(1),
          desiredCount: 2,
          runningCount: 2,
          rolloutState: 'COMPLETED',
          rolloutStateReason: `ECS deployment ${old} completed.`,
          updatedAt: new Date(rig.ecs.clock.now()),
        },
      ]);
      expect(service.currentServiceRevisions).toMatchObject([
        { requestedTaskCount: 0, runningTaskCount: 0 },
        { requestedTaskCount: 2, runningTaskCount: 2 },
      ]);
    });

    test('begins with a family: its latest revision', async () => {
      await rig.create();
      expect((await rig.update({ taskDefinition: 'web' })).taskDefinition).toBe(taskDefinition(2));
    });

    test('begins when forced, with the same definition and its own revision', async () => {
      const before = await rig.create();
      const after = await rig.update({ forceNewDeployment: true });
      expect(after.deployments).toHaveLength(2);
      expect(after.taskDefinition).toBe(before.taskDefinition);
      expect(after.currentServiceDeployment).not.toBe(before.currentServiceDeployment);
      const arns = after.currentServiceRevisions!.map(({ arn }) => arn!);
      const { serviceRevisions } = await rig.send(
        new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }),
      );
      expect(serviceRevisions?.map((revision) => revision.containerImages)).toEqual([
        [{ containerName: 'app', image: 'busybox:1' }],
        [{ containerName: 'app', image: 'busybox:1' }],
      ]);
    });

    test('begins when forced, though the definition is gone from use', async () => {
      await rig.create();
      await rig.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:1' }));
      expect((await rig.update({ forceNewDeployment: true })).deployments).toHaveLength(2);
    });

    test('stops the one that is under way', async () => {
      const before = await rig.create();
      const after = await rig.update({ taskDefinition: 'web:2' });
      const { serviceDeployments } = await rig.send(
        new DescribeServiceDeploymentsCommand({
          serviceDeploymentArns: [before.currentServiceDeployment!, after.currentServiceDeployment!],
        }),
      );
      expect(serviceDeployments).toMatchObject([
        { status: 'STOPPED', finishedAt: expect.any(Date), stoppedAt: expect.any(Date) },
        {
          status: 'PENDING',
          sourceServiceRevisions: [{ arn: before.currentServiceRevisions![0]!.arn }],
          targetServiceRevision: { arn: after.currentServiceRevisions![0]!.arn },
        },
      ]);
    });

    test.each([
      {},
      { desiredCount: 5 },
      { taskDefinition: 'web:1' },
      { forceNewDeployment: false },
      { deploymentConfiguration: { maximumPercent: 150 } },
      { availabilityZoneRebalancing: 'DISABLED' },
      { placementConstraints: [{ type: 'distinctInstance' }] },
      { placementStrategy: [] },
      { healthCheckGracePeriodSeconds: 5 },
      { enableECSManagedTags: true },
      { enableExecuteCommand: false },
      { propagateTags: 'SERVICE' },
      { deploymentController: { type: 'ECS' } },
      { loadBalancers: [], serviceRegistries: [], volumeConfigurations: [] },
    ] satisfies Partial<UpdateServiceCommandInput>[])('does not begin with %j', async (input) => {
      const before = await rig.create();
      const after = await rig.update(input);
      expect(after.deployments!.map(({ id }) => id)).toEqual(before.deployments!.map(({ id }) => id));
      expect(after.currentServiceDeployment).toBe(before.currentServiceDeployment);
    });
  });

  test('leaves what is not given, and clears lists that are empty', async () => {
    const input = {
      placementConstraints: [{ type: 'distinctInstance' }],
      placementStrategy: [{ type: 'random' }],
      healthCheckGracePeriodSeconds: 30,
      enableECSManagedTags: true,
      propagateTags: 'SERVICE',
      deploymentConfiguration: {
        maximumPercent: 150,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    } satisfies Partial<CreateServiceCommandInput>;
    await rig.create(input);
    expect(await rig.update({ desiredCount: 1 })).toMatchObject({ ...input, desiredCount: 1 });
    expect(
      await rig.update({
        placementConstraints: [],
        placementStrategy: [],
        deploymentConfiguration: { minimumHealthyPercent: 50 },
      }),
    ).toMatchObject({
      desiredCount: 1,
      placementConstraints: [],
      placementStrategy: [],
      deploymentConfiguration: { ...input.deploymentConfiguration, minimumHealthyPercent: 50 },
    });
  });

  test('the only deployment follows the count at once, and one beside others as soon as it has begun', async () => {
    await rig.ecs.instance();
    await rig.create();
    const desired = async (input: Partial<UpdateServiceCommandInput>) =>
      (await rig.update(input)).deployments!.map(({ desiredCount }) => desiredCount);
    expect(await desired({ desiredCount: 3 })).toEqual([3]);
    await rig.settle();
    await rig.run(...(await rig.tasks()));
    await rig.settle();
    expect(await desired({ forceNewDeployment: true })).toEqual([0, 3]);
    expect(await desired({ desiredCount: 4 })).toEqual([0, 3]);
    await rig.settle();
    expect(await desired({ desiredCount: 5 })).toEqual([5, 3]);
  });

  test('rebalancing can be turned off and on, where it can be', async () => {
    await rig.create();
    const setting = async (input: Partial<UpdateServiceCommandInput>) =>
      (await rig.update(input)).availabilityZoneRebalancing;
    expect(await setting({})).toBe('ENABLED');
    expect(await setting({ availabilityZoneRebalancing: 'DISABLED' })).toBe('DISABLED');
    expect(await setting({ placementStrategy: [{ type: 'random' }] })).toBe('DISABLED');
    await expect(rig.update({ availabilityZoneRebalancing: 'ENABLED' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await setting({ availabilityZoneRebalancing: 'ENABLED', placementStrategy: [] })).toBe('ENABLED');
  });

  describe('capacity providers', () => {
    test('a service takes the default strategy of its cluster, and shows no launch type then', async () => {
      await withProviders(['one']);
      const service = await rig.create();
      expect(service.capacityProviderStrategy).toEqual([strategy('one')]);
      expect(service).not.toHaveProperty('launchType');
      expect(service.deployments![0]).toMatchObject({ capacityProviderStrategy: [strategy('one')] });
      expect((await rig.create({ serviceName: 'other', launchType: 'EC2' })).launchType).toBe('EC2');
    });

    test('a DAEMON has none, not even the default one', async () => {
      await withProviders(['one']);
      const daemon = { schedulingStrategy: 'DAEMON', desiredCount: undefined } as const;
      await expect(rig.create(daemon)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message:
          'Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.',
      });
      expect((await rig.create({ ...daemon, launchType: 'EC2' })).status).toBe('ACTIVE');
      await expect(
        rig.update({ capacityProviderStrategy: [strategy('one')], forceNewDeployment: true }),
      ).rejects.toMatchObject({ message: expect.stringContaining('using the DAEMON scheduling strategy') });
    });

    test('a change needs a new deployment, and an empty strategy goes back to the launch type', async () => {
      await withProviders();
      await rig.create();
      const text =
        'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.';
      const one = [strategy('one')];
      await expect(rig.update({ capacityProviderStrategy: one })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: text,
      });
      const moved = await rig.update({ capacityProviderStrategy: one, forceNewDeployment: true });
      expect(moved.deployments).toMatchObject([{ capacityProviderStrategy: one }, { launchType: 'EC2' }]);
      expect((await rig.update({ capacityProviderStrategy: one })).deployments).toHaveLength(2);
      await expect(rig.update({ capacityProviderStrategy: [] })).rejects.toMatchObject({ message: text });
      const back = await rig.update({ capacityProviderStrategy: [], forceNewDeployment: true });
      expect(back).toMatchObject({ launchType: 'EC2' });
      expect(back).not.toHaveProperty('capacityProviderStrategy');
    });

    test('Fargate is not built', async () => {
      await withProviders();
      const call = rig.create({ capacityProviderStrategy: [strategy('FARGATE')] });
      await expect(call).rejects.toMatchObject({ name: 'UnsupportedFeatureException' });
    });
  });

  test.each([
    ['a negative count', { desiredCount: -1 }, 'desiredCount should be 0 or greater.'],
    ['too great a count', { desiredCount: 5001 }, 'desiredCount should be at most 5000'],
    ['a negative grace period', { healthCheckGracePeriodSeconds: -1 }, 'between 0 and 2147483647'],
    ['a platform version', { platformVersion: '1.4.0' }, 'The platform version must be null'],
    [
      'a strategy of a stranger',
      { capacityProviderStrategy: [strategy('x')] },
      'not associated with the cluster',
    ],
    [
      'a network in bridge mode',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      'Network Configuration is not valid for the given networkMode',
    ],
    ['a maximum under 100', { deploymentConfiguration: { maximumPercent: 99 } }, 'maximumPercent should be'],
    [
      'no room while rebalancing',
      { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } },
      'a maximumPercent of 100',
    ],
  ] satisfies [string, Partial<UpdateServiceCommandInput>, string][])(
    'refuses %s',
    async (_what, input, message) => {
      const before = await rig.create();
      await expect(rig.update(input)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
      expect(await rig.describe()).toEqual(before);
    },
  );

  test.each([
    [{ enableExecuteCommand: true }, 'enableExecuteCommand (ECS Exec)'],
    [{ deploymentController: { type: 'CODE_DEPLOY' } }, 'changing the deploymentController'],
    [
      { loadBalancers: [{ targetGroupArn: 'arn:x', containerName: 'app', containerPort: 80 }] },
      'loadBalancers',
    ],
    [{ serviceConnectConfiguration: { enabled: true } }, 'serviceConnectConfiguration'],
    [{ volumeConfigurations: [{ name: 'data' }] }, 'volumeConfigurations'],
  ] satisfies [Partial<UpdateServiceCommandInput>, string][])(
    'says that it cannot do %j yet',
    async (input, feature) => {
      await rig.create();
      await expect(rig.update(input)).rejects.toMatchObject({
        name: 'UnsupportedFeatureException',
        message: expect.stringContaining(feature),
      });
    },
  );

  test('a DAEMON has no count and no placement strategy', async () => {
    await rig.create({ schedulingStrategy: 'DAEMON', desiredCount: undefined });
    await expect(rig.update({ desiredCount: 1 })).rejects.toMatchObject({
      message:
        'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    });
    await expect(rig.update({ placementStrategy: [{ type: 'random' }] })).rejects.toMatchObject({
      message:
        'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    });
    expect((await rig.update({ taskDefinition: 'web:2' })).deployments).toHaveLength(2);
  });

  describe('an EXTERNAL service', () => {
    const external = {
      deploymentController: { type: 'EXTERNAL' },
      taskDefinition: undefined,
    } satisfies Partial<CreateServiceCommandInput>;

    test('is scaled and placed', async () => {
      await rig.create(external);
      const input = {
        desiredCount: 4,
        healthCheckGracePeriodSeconds: 9,
        placementStrategy: [{ type: 'random' }],
        propagateTags: 'SERVICE',
        enableECSManagedTags: true,
      } satisfies Partial<UpdateServiceCommandInput>;
      expect(await rig.update(input)).toMatchObject(input);
    });

    test.each([
      [
        { taskDefinition: 'web:2' },
        'Unable to update task definition on services with a EXTERNAL deployment controller.',
      ],
      [{ networkConfiguration: {} }, 'Unable to update network parameters on services'],
      [{ loadBalancers: [] }, 'Unable to update load balancers on services'],
      [{ capacityProviderStrategy: [] }, 'Unable to update capacity provider strategy on services'],
      [{ deploymentConfiguration: {} }, 'Unable to update deployment configuration on services'],
      [
        { forceNewDeployment: true },
        'Cannot force a new deployment on services with a EXTERNAL deployment controller.',
      ],
    ] satisfies [Partial<UpdateServiceCommandInput>, string][])('refuses %j', async (input, message) => {
      await rig.create(external);
      await expect(rig.update(input)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
    });
  });

  test('refuses what is not there or no longer ACTIVE', async () => {
    await expect(rig.update({ cluster: 'x' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(rig.update({})).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
    });
    await rig.ecs.instance();
    await rig.create();
    await rig.settle();
    await expect(rig.update({ taskDefinition: 'x' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition not found.',
    });
    const tasks = await rig.tasks();
    expect((await rig.delete({ force: true })).status).toBe('DRAINING');
    const inactive = { name: 'ServiceNotActiveException', message: 'Service was not ACTIVE.' };
    await expect(rig.update({ desiredCount: 1 })).rejects.toMatchObject(inactive);
    await rig.end(...tasks);
    await rig.settle();
    expect((await rig.describe()).status).toBe('INACTIVE');
    await expect(rig.update({ desiredCount: 1 })).rejects.toMatchObject(inactive);
  });
});

describe('DeleteService', () => {
  test('makes a service without tasks INACTIVE at once', async () => {
    await rig.create({ desiredCount: 0, tags: [{ key: 'team', value: 'x' }] });
    expect(await rig.delete()).toMatchObject({
      status: 'INACTIVE',
      desiredCount: 0,
      deployments: [],
      tags: [],
    });
    expect((await rig.describe()).status).toBe('INACTIVE');
  });

  test('lets one with tasks drain, wanting none of them', async () => {
    await rig.ecs.instance();
    const { deployments, currentServiceDeployment } = await rig.create();
    const id = deployments![0]!.id!;
    await rig.settle();
    const [one] = await rig.tasks();
    await rig.run(one!);
    const draining = {
      status: 'DRAINING',
      desiredCount: 0,
      runningCount: 1,
      deployments: [{ id, status: 'PRIMARY', desiredCount: 0, runningCount: 1 }],
    };
    expect(await rig.delete({ force: true })).toMatchObject(draining);
    expect(await rig.delete()).toMatchObject(draining);
    const { serviceDeployments } = await rig.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [currentServiceDeployment!] }),
    );
    expect(serviceDeployments).toMatchObject([{ status: 'STOPPED' }]);
  });

  test('refuses a service that is scaled above 0, unless forced', async () => {
    await rig.create({ desiredCount: 1 });
    await expect(rig.delete()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    });
    expect((await rig.delete({ force: true })).status).toBe('INACTIVE');
  });

  test('refuses a service that is being deployed over an older deployment, unless forced', async () => {
    await rig.create({ desiredCount: 0 });
    await rig.update({ taskDefinition: 'web:2' });
    await expect(rig.delete()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The service cannot be stopped while deployments are active.',
    });
    expect((await rig.delete({ force: true })).status).toBe('INACTIVE');
  });

  test('a DAEMON needs no force', async () => {
    await rig.create({ schedulingStrategy: 'DAEMON', desiredCount: undefined });
    expect((await rig.delete()).status).toBe('INACTIVE');
  });

  test('refuses what is not there, or not any more', async () => {
    await expect(rig.delete()).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
    });
    await rig.create({ desiredCount: 0 });
    await rig.delete();
    await expect(rig.delete()).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
  });
});
