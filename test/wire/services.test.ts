import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  ListServicesByNamespaceCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateClusterCommand,
  waitUntilServicesInactive,
  waitUntilServicesStable,
  type CreateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { serviceArn } from '../../src/aws/ecs/state/arn.ts';
import { services } from '../../src/aws/ecs/state/service/services.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { ServiceRig, taskDefinition } from '../../test-support/service-rig.ts';
import { arnPrefix } from '../../test-support/ecs-rig.ts';

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
});

const web = `${arnPrefix}:service/default/web`;
const list = (length: number) => Array.from({ length }, (_, at) => at);

describe('CreateService', () => {
  test('answers the service as ECS does, with its first deployment', async () => {
    const service = await rig.create({ tags: [{ key: 'team', value: 'x' }] });
    const now = new Date(rig.ecs.clock.now());
    const { deployments, currentServiceRevisions, currentServiceDeployment, ...rest } = service;
    expect(rest).toEqual({
      serviceArn: web,
      serviceName: 'web',
      clusterArn: `${arnPrefix}:cluster/default`,
      loadBalancers: [],
      serviceRegistries: [],
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      pendingCount: 0,
      launchType: 'EC2',
      taskDefinition: taskDefinition(1),
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        strategy: 'ROLLING',
        bakeTimeInMinutes: 0,
        deploymentCircuitBreaker: { enable: false, rollback: false },
        alarms: { alarmNames: [], enable: false, rollback: false },
      },
      roleArn: 'arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      events: [],
      createdAt: now,
      placementConstraints: [],
      placementStrategy: [],
      healthCheckGracePeriodSeconds: 0,
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      createdBy: expect.stringMatching(/^arn:aws:iam::000000000000:/),
      enableECSManagedTags: false,
      propagateTags: 'NONE',
      enableExecuteCommand: false,
      availabilityZoneRebalancing: 'ENABLED',
      resourceManagementType: 'CUSTOMER',
      tags: [{ key: 'team', value: 'x' }],
    });
    const [deployment] = deployments!;
    expect(deployments).toEqual([
      {
        id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
        status: 'PRIMARY',
        taskDefinition: taskDefinition(1),
        desiredCount: 2,
        pendingCount: 0,
        runningCount: 0,
        failedTasks: 0,
        createdAt: now,
        updatedAt: now,
        launchType: 'EC2',
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment ${deployment!.id} in progress.`,
      },
    ]);
    expect(currentServiceDeployment).toMatch(/:service-deployment\/default\/web\/[A-Za-z0-9_-]{21}$/);
    expect(currentServiceRevisions).toEqual([
      {
        arn: expect.stringMatching(/:service-revision\/default\/web\/\d{19}$/),
        requestedTaskCount: 2,
        runningTaskCount: 0,
        pendingTaskCount: 0,
      },
    ]);
  });

  test('a DAEMON needs no count, and replaces on the spot', async () => {
    const service = await rig.create({ schedulingStrategy: 'DAEMON', desiredCount: undefined });
    expect(service).toMatchObject({
      schedulingStrategy: 'DAEMON',
      desiredCount: 0,
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    });
  });

  test('an EXTERNAL service needs only a name, and shows no task fields', async () => {
    const { service } = await rig.send(
      new CreateServiceCommand({ serviceName: 'web', deploymentController: { type: 'EXTERNAL' } }),
    );
    expect(service).toMatchObject({ desiredCount: 0, taskSets: [], deployments: [] });
    for (const member of [
      'taskDefinition',
      'launchType',
      'currentServiceDeployment',
      'currentServiceRevisions',
    ])
      expect(service).not.toHaveProperty(member);
  });

  test('keeps every setting', async () => {
    const input = {
      launchType: 'EXTERNAL',
      deploymentConfiguration: {
        maximumPercent: 150,
        minimumHealthyPercent: 50,
        deploymentCircuitBreaker: {
          enable: true,
          rollback: true,
          resetOnHealthyTask: false,
          thresholdConfiguration: { type: 'COUNT', value: 7 },
        },
      },
      placementConstraints: [
        { type: 'distinctInstance' },
        { type: 'memberOf', expression: 'attribute:stack == prod' },
      ],
      placementStrategy: [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'binpack', field: 'memory' },
        { type: 'random' },
      ],
      healthCheckGracePeriodSeconds: 2_147_483_647,
      enableECSManagedTags: true,
      propagateTags: 'SERVICE',
    } satisfies Partial<CreateServiceCommandInput>;
    await rig.create(input);
    expect(await rig.describe()).toMatchObject({ ...input, availabilityZoneRebalancing: 'DISABLED' });
  });

  test('takes the field of binpack in any case', async () => {
    const { placementStrategy } = await rig.create({
      placementStrategy: [{ type: 'binpack', field: 'CPU' }],
    });
    expect(placementStrategy).toEqual([{ type: 'binpack', field: 'cpu' }]);
  });

  describe('sent again', () => {
    test('answers the service of the same parameters, however they are written', async () => {
      const first = await rig.create();
      const again = await rig.create({ taskDefinition: taskDefinition(1), schedulingStrategy: 'REPLICA' });
      expect(again).toEqual(first);
    });

    test.each([
      { desiredCount: 3 },
      { taskDefinition: 'web:2' },
      { propagateTags: 'SERVICE' },
      { tags: [{ key: 'a', value: 'b' }] },
      { placementStrategy: [{ type: 'random' }] },
    ] satisfies Partial<CreateServiceCommandInput>[])('refuses other parameters: %j', async (other) => {
      await rig.create();
      await expect(rig.create(other)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Creation of service was not idempotent.',
      });
    });

    test('refuses a clientToken that made a service of another name, until that is gone', async () => {
      await rig.create({ clientToken: 'token' });
      expect((await rig.create({ clientToken: 'another' })).serviceArn).toBe(web);
      await expect(rig.create({ clientToken: 'token', serviceName: 'other' })).rejects.toMatchObject({
        message: 'Creation of service was not idempotent.',
      });
      await rig.delete({ force: true });
      expect((await rig.create({ clientToken: 'token', serviceName: 'other' })).status).toBe('ACTIVE');
    });

    test('waits for the tasks of a deleted one, then begins anew', async () => {
      await rig.ecs.instance();
      await rig.create();
      await rig.settle();
      const tasks = await rig.tasks();
      expect((await rig.describe()).events).not.toEqual([]);
      await rig.delete({ force: true });
      await expect(rig.create()).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'Unable to Start a service that is still Draining.',
      });
      await rig.settle();
      expect((await rig.describe()).status).toBe('DRAINING');
      await rig.end(...tasks);
      await rig.settle();
      expect(await rig.describe()).toMatchObject({ status: 'INACTIVE', deployments: [], tags: [] });
      expect(await rig.create({ desiredCount: 7 })).toMatchObject({ status: 'ACTIVE', events: [] });
    });
  });

  test.each([
    ['no count', { desiredCount: undefined }, 'desiredCount cannot be null or empty.'],
    ['a negative count', { desiredCount: -1 }, 'desiredCount should be 0 or greater.'],
    ['too great a count', { desiredCount: 5001 }, 'desiredCount should be at most 5000'],
    ['a name with a space', { serviceName: 'a b' }, 'serviceName should have 1 to 255'],
    ['a name too long', { serviceName: 'a'.repeat(256) }, 'serviceName should have 1 to 255'],
    ['a token too long', { clientToken: 'a'.repeat(37) }, 'clientToken should have 1 to 36'],
    ['a token of other characters', { clientToken: 'a b' }, 'clientToken should have 1 to 36'],
    ['no definition', { taskDefinition: undefined }, 'taskDefinition cannot be null or empty.'],
    [
      'a launch type and a strategy',
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'x' }] },
      'Specify either Launch Type or Capacity Provider Strategy, but not both.',
    ],
    [
      'a strategy of a stranger',
      { capacityProviderStrategy: [{ capacityProvider: 'x', weight: 1 }] },
      'not associated with the cluster',
    ],
    [
      'a platform version',
      { platformVersion: 'LATEST' },
      'The platform version must be null when specifying an EC2 launch type.',
    ],
    ['a role for nothing', { role: 'x' }, 'A role is only permitted'],
    ['a negative grace period', { healthCheckGracePeriodSeconds: -1 }, 'between 0 and 2147483647'],
    ['a tag of aws', { tags: [{ key: 'aws:x', value: '' }] }, "may not start with 'aws:'"],
    [
      'a count of a DAEMON',
      { schedulingStrategy: 'DAEMON' },
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    ],
    [
      'a placement strategy of a DAEMON',
      { schedulingStrategy: 'DAEMON', desiredCount: undefined, placementStrategy: [{ type: 'random' }] },
      'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    ],
    [
      'an EXTERNAL DAEMON',
      { schedulingStrategy: 'DAEMON', deploymentController: { type: 'EXTERNAL' } },
      'does not support the EXTERNAL deployment controller',
    ],
    [
      'a CODE_DEPLOY DAEMON',
      { schedulingStrategy: 'DAEMON', deploymentController: { type: 'CODE_DEPLOY' } },
      'does not support the CODE_DEPLOY deployment controller',
    ],
    [
      'CODE_DEPLOY without a load balancer',
      { deploymentController: { type: 'CODE_DEPLOY' } },
      'needs a load balancer',
    ],
    [
      'an EXTERNAL service with a definition',
      { deploymentController: { type: 'EXTERNAL' } },
      'taskDefinition is not supported when you create a service with the EXTERNAL deployment controller.',
    ],
    [
      'eleven constraints',
      { placementConstraints: list(11).map(() => ({ type: 'distinctInstance' })) },
      'maximum of 10',
    ],
    ['six rules', { placementStrategy: list(6).map(() => ({ type: 'random' })) }, 'maximum of 5'],
    [
      'an unreadable expression',
      { placementConstraints: [{ type: 'memberOf', expression: '==' }] },
      'Invalid expression',
    ],
    ['no expression', { placementConstraints: [{ type: 'memberOf' }] }, 'needs an expression'],
    [
      'an expression too long',
      { placementConstraints: [{ type: 'memberOf', expression: 'a'.repeat(2001) }] },
      'maximum of 2000',
    ],
    [
      'an expression too many',
      { placementConstraints: [{ type: 'distinctInstance', expression: 'attribute:a exists' }] },
      'does not take an expression',
    ],
    ['a constraint of no type', { placementConstraints: [{}] }, 'placementConstraints.type cannot be null'],
    ['a rule of no type', { placementStrategy: [{}] }, 'placementStrategy.type cannot be null'],
    ['a field of random', { placementStrategy: [{ type: 'random', field: 'cpu' }] }, 'does not take a field'],
    ['no field of spread', { placementStrategy: [{ type: 'spread' }] }, 'needs a field'],
    [
      'a strange field of spread',
      { placementStrategy: [{ type: 'spread', field: 'cpu' }] },
      'does not know the field cpu',
    ],
    [
      'a strange field of binpack',
      { placementStrategy: [{ type: 'binpack', field: 'disk' }] },
      'does not know the field disk',
    ],
    [
      'percents that would block every deployment',
      { deploymentConfiguration: { maximumPercent: 100 } },
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    ],
    [
      'rebalancing without room',
      {
        availabilityZoneRebalancing: 'ENABLED',
        deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 },
      },
      'Availability Zone rebalancing is not supported with a maximumPercent of 100.',
    ],
    [
      'a network in bridge mode',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      'Network Configuration is not valid for the given networkMode of this task definition.',
    ],
    [
      'a load balancer for a stranger',
      { loadBalancers: [{ targetGroupArn: 'arn:x', containerName: 'db', containerPort: 80 }] },
      'The container db does not exist in the task definition.',
    ],
    [
      'a load balancer for another port',
      { loadBalancers: [{ targetGroupArn: 'arn:x', containerName: 'app', containerPort: 81 }] },
      'The container app did not have a container port 81 defined.',
    ],
    [
      'a load balancer without a target',
      { loadBalancers: [{ containerName: 'app', containerPort: 80 }] },
      'Specify either a targetGroupArn',
    ],
    [
      'two registries',
      { serviceRegistries: list(2).map(() => ({ registryArn: 'arn:aws:servicediscovery:r:1:service/s' })) },
      'service registries can have a maximum of 1 items.',
    ],
  ] satisfies [string, Partial<CreateServiceCommandInput>, string][])(
    'refuses %s',
    async (_what, input, message) => {
      await expect(rig.create(input)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
      expect((await rig.send(new ListServicesCommand({}))).serviceArns).toEqual([]);
    },
  );

  const target = { targetGroupArn: 'arn:x', containerName: 'app', containerPort: 80 };
  test.each([
    [{ launchType: 'FARGATE' }, 'the FARGATE launch type'],
    [{ launchType: 'MANAGED_INSTANCES' }, 'managed instances'],
    [{ enableExecuteCommand: true }, 'enableExecuteCommand (ECS Exec)'],
    [{ loadBalancers: [target] }, 'loadBalancers'],
    [
      { deploymentController: { type: 'CODE_DEPLOY' }, loadBalancers: [target] },
      'the CODE_DEPLOY deployment controller',
    ],
    [
      { serviceRegistries: [{ registryArn: 'arn:aws:servicediscovery:r:1:service/s' }] },
      'serviceRegistries (service discovery)',
    ],
    [{ serviceConnectConfiguration: { enabled: true } }, 'serviceConnectConfiguration (Service Connect)'],
    [{ volumeConfigurations: [{ name: 'data' }] }, 'volumeConfigurations'],
    [
      { vpcLatticeConfigurations: [{ roleArn: 'r', targetGroupArn: 't', portName: 'p' }] },
      'vpcLatticeConfigurations (VPC Lattice)',
    ],
    [
      { deploymentConfiguration: { alarms: { alarmNames: ['a'], enable: true, rollback: true } } },
      'deployment alarms (CloudWatch)',
    ],
  ] satisfies [Partial<CreateServiceCommandInput>, string][])(
    'says that it cannot do %j yet',
    async (input, feature) => {
      await expect(rig.create(input)).rejects.toMatchObject({
        name: 'UnsupportedFeatureException',
        message: expect.stringContaining(`does not support ${feature}`),
      });
    },
  );

  describe('with a definition in awsvpc mode', () => {
    const networkOf = (subnets: string[], securityGroups: string[] = []) => ({
      taskDefinition: 'net',
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups } },
    });
    beforeEach(async () => {
      const containerDefinitions = [{ name: 'app', image: 'busybox', memory: 64 }];
      await rig.send(
        new RegisterTaskDefinitionCommand({ family: 'net', networkMode: 'awsvpc', containerDefinitions }),
      );
    });

    test.each([
      [
        { taskDefinition: 'net' },
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      ],
      [networkOf([]), 'subnets can not be empty.'],
      [networkOf(list(17).map(String)), 'subnets can have'],
      [networkOf(['s'], list(6).map(String)), 'securityGroups can have'],
      [
        { ...networkOf(['s']), launchType: 'EXTERNAL' },
        'Task definition does not support launch_type EXTERNAL.',
      ],
    ] satisfies [Partial<CreateServiceCommandInput>, string][])('refuses %j', async (input, message) => {
      await expect(rig.create(input)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
    });

    test('says that it cannot do that yet', async () => {
      const input = networkOf(list(16).map(String), list(5).map(String));
      await expect(rig.create(input)).rejects.toMatchObject({
        name: 'UnsupportedFeatureException',
        message: "Longshore does not support networkMode 'awsvpc' yet.",
      });
    });
  });

  test('takes what is at the limits', async () => {
    const service = await rig.create({
      serviceName: 'a'.repeat(255),
      clientToken: '!'.repeat(36),
      desiredCount: 5000,
      placementConstraints: list(10).map(() => ({ type: 'distinctInstance' })),
      placementStrategy: list(5).map(() => ({ type: 'random' })),
      serviceConnectConfiguration: { enabled: false },
      loadBalancers: [],
      serviceRegistries: [],
      volumeConfigurations: [],
    });
    expect(service).toMatchObject({ desiredCount: 5000, status: 'ACTIVE' });
  });

  test('refuses the 5,001st service of a cluster', async () => {
    await rig.create();
    // 4,999 calls of CreateService take most of a minute: the others are copies of what one has made.
    rig.ecs.controlPlane.store.update((tx) => {
      const table = tx.table(services);
      const row = table.get(web)!;
      for (const at of list(4999)) {
        const name = `s${at}`;
        table.put({ ...row, name, arn: serviceArn(aScope, 'default', name) });
      }
    });
    await expect(rig.create({ serviceName: 'more' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'A cluster can have a maximum of 5000 services.',
    });
  });

  test('refuses a cluster or a definition that is not there', async () => {
    await expect(rig.create({ cluster: 'x' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(rig.create({ taskDefinition: 'x' })).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition not found.',
    });
    await rig.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    await expect(rig.create()).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    });
  });
});

describe('DescribeServices', () => {
  test('shows what exists, deleted ones too, and lists what does not as MISSING', async () => {
    await rig.create();
    await rig.create({ serviceName: 'gone' });
    await rig.delete({ service: 'gone', force: true });
    const answer = await rig.send(new DescribeServicesCommand({ services: [web, 'web', 'gone', 'x'] }));
    expect(answer.services?.map((service) => [service.serviceName, service.status])).toEqual([
      ['web', 'ACTIVE'],
      ['gone', 'INACTIVE'],
    ]);
    expect(answer.failures).toEqual([{ arn: `${arnPrefix}:service/default/x`, reason: 'MISSING' }]);
  });

  test('shows tags only when asked for', async () => {
    await rig.create({ tags: [{ key: 'team', value: 'x' }] });
    const { services: found } = await rig.send(new DescribeServicesCommand({ services: ['web'] }));
    expect(found![0]).not.toHaveProperty('tags');
    expect((await rig.describe()).tags).toEqual([{ key: 'team', value: 'x' }]);
  });

  test('counts tasks by service and by deployment', async () => {
    await rig.ecs.instance();
    await rig.create({ desiredCount: 1 });
    await rig.settle();
    const [old] = (await rig.tasks()) as [string];
    await rig.run(old);
    await rig.update({ forceNewDeployment: true, desiredCount: 2 });
    await rig.settle();
    const [one, other] = (await rig.tasks()).filter((task) => task !== old) as [string, string];
    await rig.run(one);
    await rig.send(new StopTaskCommand({ task: one }));
    await rig.settle();
    await rig.run(other);
    const service = await rig.describe();
    expect(service).toMatchObject({ runningCount: 2, pendingCount: 1 });
    expect(service.deployments).toMatchObject([
      { runningCount: 1, pendingCount: 1 },
      { runningCount: 1, pendingCount: 0 },
    ]);
    expect(service.currentServiceRevisions).toMatchObject([
      { runningTaskCount: 1, pendingTaskCount: 1 },
      { runningTaskCount: 1, pendingTaskCount: 0 },
    ]);
  });

  test('shows the latest hundred events, newest first', async () => {
    await rig.create();
    for (const at of list(101)) rig.event(`event ${at}`, at * 1000);
    const { events } = await rig.describe();
    expect(events).toHaveLength(100);
    expect(events![0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      createdAt: new Date(100_000),
      message: 'event 100',
    });
    expect(events![99]!.message).toBe('event 1');
  });

  test.each([
    [[], 'Services cannot be empty.'],
    [list(11).map((at) => `s${at}`), 'maximum of 10'],
    [['a b'], 'Invalid identifier'],
    [[`${arnPrefix}:task/default/web`], 'Invalid identifier'],
    [[`${arnPrefix}:service/other/web`], 'Invalid identifier'],
  ])('refuses %j', async (names, message) => {
    await expect(rig.send(new DescribeServicesCommand({ services: names }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('takes ten at once, and ARNs of the old form', async () => {
    await rig.create();
    const names = [`${arnPrefix}:service/web`, ...list(9).map((at) => `s${at}`)];
    const answer = await rig.send(new DescribeServicesCommand({ services: names }));
    expect(answer.services?.map((service) => service.serviceArn)).toEqual([web]);
    expect(answer.failures).toHaveLength(9);
  });

  test('refuses an unknown cluster', async () => {
    const call = rig.send(new DescribeServicesCommand({ cluster: 'x', services: ['web'] }));
    await expect(call).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('the waiters of the SDKs', () => {
  const waiter = () => ({ client: rig.ecs.ecs, maxWaitTime: 20 });

  test('see a service as stable once one deployment has all tasks', async () => {
    await rig.ecs.instance();
    await rig.create();
    await rig.settle();
    await rig.run(...(await rig.tasks()));
    const { state } = await waitUntilServicesStable(waiter(), { services: ['web'] });
    expect(state).toBe('SUCCESS');
  });

  test('give up on a service that was deleted', async () => {
    await rig.create({ desiredCount: 0 });
    await rig.delete();
    await expect(waitUntilServicesStable(waiter(), { services: ['web'] })).rejects.toThrow('FAILURE');
    const { state } = await waitUntilServicesInactive(waiter(), { services: ['web'] });
    expect(state).toBe('SUCCESS');
  });
});

describe('ListServices', () => {
  test('lists ACTIVE services of the cluster, ten a page', async () => {
    for (const at of list(12)) await rig.create({ serviceName: `s${String(at).padStart(2, '0')}` });
    await rig.delete({ service: 's00', force: true });
    const first = await rig.send(new ListServicesCommand({}));
    expect(first.serviceArns).toHaveLength(10);
    expect(first.serviceArns![0]).toBe(`${arnPrefix}:service/default/s01`);
    const second = await rig.send(new ListServicesCommand({ nextToken: first.nextToken }));
    expect(second.serviceArns).toEqual([`${arnPrefix}:service/default/s11`]);
    expect(second.nextToken).toBeUndefined();
    expect((await rig.send(new ListServicesCommand({ maxResults: 100 }))).serviceArns).toHaveLength(11);
  });

  test('filters by launch type, scheduling strategy and who manages the resources', async () => {
    await rig.create({ serviceName: 'a' });
    await rig.create({ serviceName: 'b', launchType: 'EXTERNAL' });
    await rig.create({ serviceName: 'c', schedulingStrategy: 'DAEMON', desiredCount: undefined });
    const names = async (filters: object) => {
      const { serviceArns } = await rig.send(new ListServicesCommand(filters));
      return serviceArns!.map((arn) => arn.slice(-1)).join('');
    };
    expect(await names({})).toBe('abc');
    expect(await names({ launchType: 'EC2' })).toBe('ac');
    expect(await names({ launchType: 'EXTERNAL' })).toBe('b');
    expect(await names({ launchType: 'FARGATE' })).toBe('');
    expect(await names({ schedulingStrategy: 'REPLICA' })).toBe('ab');
    expect(await names({ launchType: 'EC2', schedulingStrategy: 'REPLICA' })).toBe('a');
    expect(await names({ resourceManagementType: 'CUSTOMER' })).toBe('abc');
    expect(await names({ resourceManagementType: 'ECS' })).toBe('');
  });

  test.each([0, 101])('refuses maxResults %i', async (maxResults) => {
    await expect(rig.send(new ListServicesCommand({ maxResults }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('refuses an unknown cluster, and a token of other filters', async () => {
    await expect(rig.send(new ListServicesCommand({ cluster: 'x' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    for (const serviceName of ['a', 'b']) await rig.create({ serviceName });
    const { nextToken } = await rig.send(new ListServicesCommand({ maxResults: 1 }));
    await expect(
      rig.send(new ListServicesCommand({ maxResults: 1, launchType: 'EC2', nextToken })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('ListServicesByNamespace', () => {
  test('knows namespaces, and no service in any of them', async () => {
    await rig.send(
      new UpdateClusterCommand({ cluster: 'default', serviceConnectDefaults: { namespace: 'shop' } }),
    );
    const answer = await rig.send(new ListServicesByNamespaceCommand({ namespace: 'shop' }));
    expect(answer.serviceArns).toEqual([]);
  });

  test('refuses an unknown namespace and a page out of bounds', async () => {
    await expect(rig.send(new ListServicesByNamespaceCommand({ namespace: 'x' }))).rejects.toMatchObject({
      name: 'NamespaceNotFoundException',
    });
    for (const maxResults of [0, 101]) {
      await expect(
        rig.send(new ListServicesByNamespaceCommand({ namespace: 'x', maxResults })),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});

describe('ListTasks', () => {
  test('lists the tasks of a service by name or ARN', async () => {
    await rig.ecs.instance();
    await rig.create();
    await rig.settle();
    const [mine, stopping] = (await rig.tasks()) as [string, string];
    await rig.run(mine);
    await rig.send(new StopTaskCommand({ task: stopping }));
    await rig.send(new RunTaskCommand({ taskDefinition: 'web' }));
    const container = { name: 'app', image: 'busybox', memory: 64 };
    await rig.send(new RegisterTaskDefinitionCommand({ family: 'other', containerDefinitions: [container] }));
    await rig.update({ taskDefinition: 'other' });
    await rig.settle();
    expect(await rig.tasks()).toHaveLength(3);
    const arns = async (filters: object) =>
      (await rig.send(new ListTasksCommand({ family: 'web', ...filters }))).taskArns;
    expect(await arns({ serviceName: 'web' })).toEqual([mine]);
    expect(await arns({ serviceName: web, desiredStatus: 'STOPPED' })).toEqual([stopping]);
  });

  test('refuses an unknown service', async () => {
    await expect(rig.send(new ListTasksCommand({ serviceName: 'x' }))).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
    });
  });
});

describe('DeleteCluster', () => {
  test('refuses a cluster with services', async () => {
    await rig.send(new CreateClusterCommand({ clusterName: 'a' }));
    await rig.create({ cluster: 'a' });
    await expect(rig.send(new DeleteClusterCommand({ cluster: 'a' }))).rejects.toMatchObject({
      name: 'ClusterContainsServicesException',
    });
  });
});
