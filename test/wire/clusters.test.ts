import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  DeregisterContainerInstanceCommand,
  PutAccountSettingDefaultCommand,
  PutClusterCapacityProvidersCommand,
  UpdateClusterCommand,
  UpdateClusterSettingsCommand,
  type ClusterField,
  type CreateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCapacityProvider } from '../../test-support/builders/a-capacity-provider.ts';
import { capacityProviders } from '../../src/aws/ecs/state/capacity/capacity-providers.ts';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

const namespaceArn = /^arn:aws:servicediscovery:us-east-1:000000000000:namespace\/ns-[0-9a-z]{16}$/;

const exec = (executeCommandConfiguration: object) => ({ configuration: { executeCommandConfiguration } });
const namespace = (text: string) => ({ serviceConnectDefaults: { namespace: text } });
const setting = (value: string) => ({ settings: [{ name: 'containerInsights' as const, value }] });
/** Blocks that CreateCluster and UpdateCluster refuse alike. */
const refusedBlocks: readonly (readonly [object, string, string])[] = [
  [setting('on'), 'InvalidParameterException', "Invalid setting 'value'"],
  [{ settings: [{ value: 'enabled' }] }, 'InvalidParameterException', "Invalid setting 'name'"],
  [
    { settings: [{ name: 'insights', value: 'enabled' }] },
    'InvalidParameterException',
    'should be one of [containerInsights]',
  ],
  [
    exec({ logging: 'NONE', logConfiguration: { s3BucketName: 'b' } }),
    'InvalidParameterException',
    "You must set logging to 'OVERRIDE' when you supply a log configuration.",
  ],
  [
    exec({ logConfiguration: { s3BucketName: 'b' } }),
    'InvalidParameterException',
    "You must set logging to 'OVERRIDE' when you supply a log configuration.",
  ],
  [exec({ logging: 'OVERRIDE' }), 'InvalidParameterException', 'You must supply a log configuration'],
  [
    exec({ logging: 'OVERRIDE', logConfiguration: { s3KeyPrefix: 'p' } }),
    'InvalidParameterException',
    'a CloudWatch log group name or an S3 bucket name',
  ],
  [exec({ logging: 'ALL' }), 'InvalidParameterException', 'should be one of [DEFAULT, NONE, OVERRIDE]'],
  [namespace('a<b'), 'InvalidParameterException', 'namespace name is invalid'],
  [namespace('a>b'), 'InvalidParameterException', 'namespace name is invalid'],
  [namespace('a"b'), 'InvalidParameterException', 'namespace name is invalid'],
  [namespace('a/b'), 'InvalidParameterException', 'namespace name is invalid'],
  [namespace('n'.repeat(1025)), 'InvalidParameterException', 'namespace name is invalid'],
  [
    namespace('arn:aws:servicediscovery:us-east-1:000000000000:namespace/ns-0000000000000000'),
    'NamespaceNotFoundException',
    'not found',
  ],
];

const create = (clusterName?: string) =>
  rig.ecs.send(new CreateClusterCommand(clusterName === undefined ? {} : { clusterName }));

/** Makes a service of task definition `f`; its tasks are started as time goes on. */
const createService = (serviceName: string, more: Partial<CreateServiceCommandInput> = {}) =>
  rig.ecs.send(new CreateServiceCommand({ serviceName, taskDefinition: 'f', desiredCount: 0, ...more }));
const deleteService = async (service: string) =>
  (await rig.ecs.send(new DeleteServiceCommand({ service, force: true }))).service!.status;

describe('CreateCluster', () => {
  test('is called default when it has no name', async () => {
    const { cluster } = await create();
    expect(cluster).toMatchObject({
      clusterArn: `${arnPrefix}:cluster/default`,
      clusterName: 'default',
      status: 'ACTIVE',
      registeredContainerInstancesCount: 0,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      activeServicesCount: 0,
      statistics: [],
      tags: [],
      settings: [{ name: 'containerInsights', value: 'disabled' }],
      capacityProviders: [],
      defaultCapacityProviderStrategy: [],
    });
  });

  test('answers the one of that name, and makes an INACTIVE one ACTIVE again', async () => {
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'a', tags: [{ key: 'team', value: 'x' }] }));
    expect((await create('a')).cluster?.tags).toEqual([{ key: 'team', value: 'x' }]);
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'a' }));
    expect((await create('a')).cluster?.status).toBe('ACTIVE');
  });

  test.each(['with space', 'a'.repeat(256), 'ä'])('refuses the name %s', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('completes what it is given', async () => {
    const { cluster } = await rig.ecs.send(
      new CreateClusterCommand({
        settings: [{ name: 'containerInsights', value: 'enhanced' }],
        configuration: {
          executeCommandConfiguration: { logConfiguration: { s3BucketName: 'b' }, logging: 'OVERRIDE' },
          managedStorageConfiguration: { kmsKeyId: 'k' },
        },
        capacityProviders: ['FARGATE', 'FARGATE_SPOT', 'FARGATE'],
        defaultCapacityProviderStrategy: [
          { capacityProvider: 'FARGATE_SPOT', weight: 1 },
          { capacityProvider: 'FARGATE', base: 2 },
        ],
        serviceConnectDefaults: { namespace: 'internal' },
      }),
    );
    expect(cluster).toMatchObject({
      settings: [{ name: 'containerInsights', value: 'enhanced' }],
      configuration: {
        executeCommandConfiguration: {
          logging: 'OVERRIDE',
          logConfiguration: {
            s3BucketName: 'b',
            s3EncryptionEnabled: false,
            cloudWatchEncryptionEnabled: false,
          },
        },
        managedStorageConfiguration: { kmsKeyId: 'k' },
      },
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [
        { capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 },
        { capacityProvider: 'FARGATE', weight: 0, base: 2 },
      ],
      serviceConnectDefaults: { namespace: expect.stringMatching(namespaceArn) },
      attachments: [{ type: 'sc', status: 'ATTACHED', details: [] }],
      attachmentsStatus: 'UPDATE_COMPLETE',
    });
  });

  test('takes Container Insights from the account setting, unless it says otherwise', async () => {
    await rig.ecs.send(new PutAccountSettingDefaultCommand({ name: 'containerInsights', value: 'enhanced' }));
    expect((await create('a')).cluster).toMatchObject(setting('enhanced'));
    const command = new CreateClusterCommand({ clusterName: 'b', ...setting('disabled') });
    expect((await rig.ecs.send(command)).cluster).toMatchObject(setting('disabled'));
  });

  test('asked twice, wants the same capacity providers in any order, or none at all', async () => {
    const input = {
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    };
    await rig.ecs.send(new CreateClusterCommand(input));
    for (const same of [{}, input, { capacityProviders: ['FARGATE_SPOT', 'FARGATE'] }]) {
      expect((await rig.ecs.send(new CreateClusterCommand(same))).cluster).toMatchObject({
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      });
    }
    for (const other of [
      { capacityProviders: ['FARGATE'] },
      { capacityProviders: [] },
      { defaultCapacityProviderStrategy: [] },
      { defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 2 }] },
    ]) {
      await expect(rig.ecs.send(new CreateClusterCommand(other))).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message:
          'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
      });
    }
  });

  test('made again after its deletion, has nothing of the old one', async () => {
    await rig.ecs.send(
      new CreateClusterCommand({
        tags: [{ key: 'a', value: 'b' }],
        settings: [{ name: 'containerInsights', value: 'enabled' }],
        capacityProviders: ['FARGATE'],
        serviceConnectDefaults: { namespace: 'n' },
      }),
    );
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));
    const { cluster } = await create();
    expect(cluster).toMatchObject({
      tags: [],
      settings: [{ name: 'containerInsights', value: 'disabled' }],
      capacityProviders: [],
    });
    expect(cluster).not.toHaveProperty('serviceConnectDefaults');
    expect(cluster).not.toHaveProperty('attachments');
  });

  test.each(refusedBlocks)('refuses %j', async (block, name, text) => {
    const call = rig.ecs.send(new CreateClusterCommand(block as object));
    await expect(call).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
    expect((await rig.ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([]);
  });

  test.each([
    [[{ key: 'aws:x', value: '' }], "may not start with 'aws:'"],
    [[{ key: '', value: '' }], 'invalid'],
    [[{ key: 'a', value: 'b'.repeat(257) }], 'at most 256'],
    [Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: '' })), 'maximum of 50'],
    [[{ key: 'a' }, { key: 'a' }], 'Duplicate'],
  ])('refuses tags %#', async (tags, text) => {
    const call = rig.ecs.send(new CreateClusterCommand({ tags }));
    await expect(call).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(text),
    });
  });
});

describe('DescribeClusters', () => {
  test('shows what exists and lists what does not as MISSING', async () => {
    await create('a');
    const answer = await rig.ecs.send(
      new DescribeClustersCommand({
        clusters: ['a', 'b', `${arnPrefix}:cluster/c`],
        include: ['STATISTICS'],
      }),
    );
    expect(answer.clusters?.map((cluster) => cluster.clusterName)).toEqual(['a']);
    expect(answer.clusters?.[0]?.statistics).toContainEqual({ name: 'runningEC2TasksCount', value: '0' });
    expect(answer.failures).toEqual([
      { arn: `${arnPrefix}:cluster/b`, reason: 'MISSING' },
      { arn: `${arnPrefix}:cluster/c`, reason: 'MISSING' },
    ]);
  });

  test('means default when it names none, and counts instances and tasks', async () => {
    await create();
    await rig.instance();
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'f',
        containerDefinitions: [{ name: 'c', image: 'i', memory: 64 }],
      }),
    );
    await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'f', count: 2 }));
    const { clusters } = await rig.ecs.send(new DescribeClustersCommand({}));
    expect(clusters).toMatchObject([
      { registeredContainerInstancesCount: 1, pendingTasksCount: 2, runningTasksCount: 0 },
    ]);
  });

  test('keeps regions apart', async () => {
    await create('a');
    const { failures } = await rig.client('eu-west-1').send(new DescribeClustersCommand({ clusters: ['a'] }));
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-west-1:000000000000:cluster/a', reason: 'MISSING' }]);
  });
});

describe('DescribeClusters include', () => {
  const shown = async (...include: ClusterField[]) =>
    (await rig.ecs.send(new DescribeClustersCommand({ include }))).clusters![0]!;

  beforeEach(async () => {
    await rig.ecs.send(
      new CreateClusterCommand({
        tags: [{ key: 'a', value: 'b' }],
        ...exec({ logging: 'NONE' }),
        ...namespace('n'.repeat(1024)),
      }),
    );
  });

  test('nothing: empty lists, no configuration, no attachments', async () => {
    const cluster = await shown();
    expect(cluster).toMatchObject({ tags: [], settings: [], statistics: [] });
    expect(cluster).not.toHaveProperty('configuration');
    expect(cluster).not.toHaveProperty('attachments');
    expect(cluster).not.toHaveProperty('attachmentsStatus');
    expect(cluster.serviceConnectDefaults?.namespace).toMatch(namespaceArn);
  });

  test.each([
    ['TAGS', { tags: [{ key: 'a', value: 'b' }] }],
    ['SETTINGS', { settings: [{ name: 'containerInsights', value: 'disabled' }] }],
    ['CONFIGURATIONS', { configuration: { executeCommandConfiguration: { logging: 'NONE' } } }],
    ['ATTACHMENTS', { attachments: [{ type: 'sc' }], attachmentsStatus: 'UPDATE_COMPLETE' }],
  ] as const)('%s', async (field, part) => {
    expect(await shown(field)).toMatchObject(part);
  });

  test('STATISTICS: tasks and services by launch type, as texts', async () => {
    await rig.instance();
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'f',
        containerDefinitions: [{ name: 'c', image: 'i', memory: 64 }],
      }),
    );
    const { tasks } = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'f', count: 2 }));
    await rig.report(tasks![0]!.taskArn!, 'RUNNING', [{ containerName: 'c', status: 'RUNNING' }]);
    await createService('a');
    await createService('b', { launchType: 'EXTERNAL' });
    await createService('c', { desiredCount: 1 });
    await createService('d');
    await rig.clock.advance(1000);
    expect(await deleteService('c')).toBe('DRAINING');
    expect(await deleteService('d')).toBe('INACTIVE');
    expect((await shown()).activeServicesCount).toBe(2);
    const counts = Object.fromEntries(
      (await shown('STATISTICS')).statistics!.map((one) => [one.name, one.value]),
    );
    expect(counts).toEqual({
      runningEC2TasksCount: '1',
      runningFargateTasksCount: '0',
      runningExternalTasksCount: '0',
      pendingEC2TasksCount: '2',
      pendingFargateTasksCount: '0',
      pendingExternalTasksCount: '0',
      activeEC2ServiceCount: '1',
      activeFargateServiceCount: '0',
      activeExternalServiceCount: '1',
      drainingEC2ServiceCount: '1',
      drainingFargateServiceCount: '0',
      drainingExternalServiceCount: '0',
    });
  });

  test('refuses a field that there is not, and more than 100 clusters', async () => {
    await expect(shown('ALL' as ClusterField)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const many = (count: number) =>
      rig.ecs.send(
        new DescribeClustersCommand({ clusters: Array.from({ length: count }, (_, at) => `c${at}`) }),
      );
    expect((await many(100)).failures).toHaveLength(100);
    await expect(many(101)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('UpdateCluster', () => {
  const update = (block: object, cluster = 'default') =>
    rig.ecs.send(new UpdateClusterCommand({ cluster, ...block }));

  beforeEach(async () => {
    await create();
  });

  test('changes the blocks that are given and leaves the others', async () => {
    await update(exec({ logging: 'NONE', kmsKeyId: 'k' }));
    await update({
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: 'f' } },
    });
    const { cluster } = await update(setting('enabled'));
    expect(cluster).toMatchObject({
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      configuration: {
        executeCommandConfiguration: { logging: 'NONE', kmsKeyId: 'k' },
        managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: 'f' },
      },
    });
    expect((await update(exec({ kmsKeyId: 'l' }))).cluster?.configuration).toEqual({
      executeCommandConfiguration: { logging: 'DEFAULT', kmsKeyId: 'l' },
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: 'f' },
    });
  });

  test('keeps one namespace for one name, takes its ARN, and forgets it for an empty text', async () => {
    const first = (await update(namespace('n'))).cluster!;
    const arn = first.serviceConnectDefaults!.namespace!;
    expect(arn).toMatch(namespaceArn);
    expect((await update(namespace(arn))).cluster).toMatchObject({
      serviceConnectDefaults: { namespace: arn },
      attachments: first.attachments!,
    });
    const other = (await update(namespace('m'))).cluster!;
    expect(other.serviceConnectDefaults?.namespace).not.toBe(arn);
    expect(other.attachments![0]!.id).not.toBe(first.attachments![0]!.id);
    await create('b');
    expect((await update(namespace('n'), 'b')).cluster?.serviceConnectDefaults?.namespace).toBe(arn);
    const without = (await update(namespace(''))).cluster!;
    expect(without).not.toHaveProperty('serviceConnectDefaults');
    expect(without.attachments).toEqual([]);
  });

  test.each(refusedBlocks)('refuses %j', async (block, name, text) => {
    await expect(update(block)).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
  });

  test('refuses a cluster that is unknown or INACTIVE', async () => {
    await expect(update({}, 'x')).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));
    await expect(update({})).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'The referenced cluster was inactive.',
    });
  });
});

describe('UpdateClusterSettings', () => {
  const update = (value: string, cluster = 'default') =>
    rig.ecs.send(new UpdateClusterSettingsCommand({ cluster, ...setting(value) }));

  test.each(['enabled', 'disabled', 'enhanced'])('sets containerInsights to %s', async (value) => {
    await create();
    expect((await update(value)).cluster).toMatchObject(setting(value));
    const { clusters } = await rig.ecs.send(new DescribeClustersCommand({ include: ['SETTINGS'] }));
    expect(clusters).toMatchObject([setting(value)]);
  });

  test('refuses other values and unknown clusters', async () => {
    await expect(update('enabled')).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await create();
    await expect(update('ENABLED')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: "Invalid setting 'value'",
    });
  });
});

describe('ListClusters', () => {
  test('lists ACTIVE clusters, page by page', async () => {
    for (const name of ['c', 'a', 'b', 'gone']) await create(name);
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'gone' }));
    const first = await rig.ecs.send(new ListClustersCommand({ maxResults: 2 }));
    expect(first.clusterArns).toEqual([`${arnPrefix}:cluster/a`, `${arnPrefix}:cluster/b`]);
    const second = await rig.ecs.send(new ListClustersCommand({ maxResults: 2, nextToken: first.nextToken }));
    expect(second.clusterArns).toEqual([`${arnPrefix}:cluster/c`]);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([0, 101])('refuses maxResults %i', async (maxResults) => {
    await expect(rig.ecs.send(new ListClustersCommand({ maxResults }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('refuses a token it did not make', async () => {
    await expect(rig.ecs.send(new ListClustersCommand({ nextToken: 'bogus' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Invalid token'),
    });
  });
});

describe('DeleteCluster', () => {
  const remove = (cluster: string) => rig.ecs.send(new DeleteClusterCommand({ cluster }));

  test('leaves an INACTIVE cluster that is shown but refuses work', async () => {
    await create('a');
    expect((await remove('a')).cluster?.status).toBe('INACTIVE');
    const { clusters } = await rig.ecs.send(new DescribeClustersCommand({ clusters: ['a'] }));
    expect(clusters?.[0]?.status).toBe('INACTIVE');
    await expect(remove('a')).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'The referenced cluster was inactive.',
    });
  });

  test('refuses an unknown cluster, and one that is still used', async () => {
    await expect(remove('x')).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
    await create();
    const instance = await rig.instance();
    await expect(remove('default')).rejects.toMatchObject({
      name: 'ClusterContainsContainerInstancesException',
    });
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: instance }));
    expect((await remove('default')).cluster?.status).toBe('INACTIVE');
  });

  test('names the first thing that is in the way: instances, services, its own capacity providers, tasks', async () => {
    await create();
    const instance = await rig.instance();
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'f',
        containerDefinitions: [{ name: 'c', image: 'i', memory: 64 }],
      }),
    );
    // Their tasks wait for an instance of this provider, so that they are there without one.
    const autoScalingGroupProvider = {
      autoScalingGroupArn: 'g',
      managedScaling: { status: 'ENABLED' },
    } as const;
    await rig.ecs.send(new CreateCapacityProviderCommand({ name: 'waits', autoScalingGroupProvider }));
    await rig.ecs.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'default',
        capacityProviders: ['waits'],
        defaultCapacityProviderStrategy: [],
      }),
    );
    const capacityProviderStrategy = [{ capacityProvider: 'waits', weight: 1 }];
    await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'f', capacityProviderStrategy }));
    await createService('web', { desiredCount: 1, capacityProviderStrategy });
    // Only Managed Instances will have such: of one cluster alone. No operation makes them yet.
    const provider = aCapacityProvider({ clusterArn: `${arnPrefix}:cluster/default` });
    rig.controlPlane.store.update((tx) => {
      tx.table(capacityProviders).put(provider);
    });
    await rig.clock.advance(1000);
    await expect(remove('default')).rejects.toMatchObject({
      name: 'ClusterContainsContainerInstancesException',
      message: 'The Cluster cannot be deleted while Container Instances are active or draining.',
    });
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: instance }));
    const containsServices = {
      name: 'ClusterContainsServicesException',
      message: 'The Cluster cannot be deleted while Services are active.',
    };
    await expect(remove('default')).rejects.toMatchObject(containsServices);
    expect(await deleteService('web')).toBe('DRAINING');
    await expect(remove('default')).rejects.toMatchObject(containsServices);
    await rig.clock.advance(1000);
    await expect(remove('default')).rejects.toMatchObject({
      name: 'ClusterContainsCapacityProviderException',
    });
    await rig.ecs.send(
      new DeleteCapacityProviderCommand({ capacityProvider: provider.name, cluster: 'default' }),
    );
    await expect(remove('default')).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
      message: 'The Cluster cannot be deleted while Tasks are active.',
    });
  });
});
