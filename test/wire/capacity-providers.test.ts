import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  DeleteCapacityProviderCommand,
  DeleteClusterCommand,
  DescribeCapacityProvidersCommand,
  TagResourceCommand,
  UpdateCapacityProviderCommand,
  type CreateCapacityProviderCommandInput,
  type DescribeCapacityProvidersCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCapacityProvider } from '../../test-support/builders/a-capacity-provider.ts';
import { capacityProviders } from '../../src/aws/ecs/state/capacity/capacity-providers.ts';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

const groupArn = (name: string) =>
  `arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:a1b2:autoScalingGroupName/${name}`;
type Group = Partial<NonNullable<CreateCapacityProviderCommandInput['autoScalingGroupProvider']>>;

const create = async (name: string, group: Group = {}, more: object = {}) => {
  const autoScalingGroupProvider = { autoScalingGroupArn: groupArn(name), ...group };
  const command = new CreateCapacityProviderCommand({ name, autoScalingGroupProvider, ...more });
  return (await rig.ecs.send(command)).capacityProvider!;
};
const update = async (name: string, group: Omit<Group, 'autoScalingGroupArn'>, more: object = {}) => {
  const command = new UpdateCapacityProviderCommand({ name, autoScalingGroupProvider: group, ...more });
  return (await rig.ecs.send(command)).capacityProvider!;
};
const remove = async (capacityProvider: string, more: object = {}) =>
  (await rig.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider, ...more }))).capacityProvider!;
const describeAll = (input: DescribeCapacityProvidersCommandInput = {}) =>
  rig.ecs.send(new DescribeCapacityProvidersCommand(input));
const described = async (name: string) =>
  (await describeAll({ capacityProviders: [name] })).capacityProviders![0]!;
const names = async (input: DescribeCapacityProvidersCommandInput = {}) =>
  (await describeAll(input)).capacityProviders!.map((provider) => provider.name);

const managedInstancesProvider = {
  infrastructureRoleArn: 'arn:aws:iam::000000000000:role/r',
  instanceLaunchTemplate: {
    ec2InstanceProfileArn: 'arn:aws:iam::000000000000:instance-profile/i',
    networkConfiguration: { subnets: ['subnet-1'] },
  },
};
const notThere = {
  name: 'ClientException',
  message: 'The specified capacity provider does not exist. Specify a valid name or ARN and try again.',
};
const defaults = {
  managedScaling: {
    status: 'DISABLED',
    targetCapacity: 100,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 10000,
    instanceWarmupPeriod: 300,
  },
  managedTerminationProtection: 'DISABLED',
  managedDraining: 'ENABLED',
};

/** Scaling that is refused, in CreateCapacityProvider and UpdateCapacityProvider alike. */
const refusedGroups: readonly (readonly [Omit<Group, 'autoScalingGroupArn'>, string])[] = [
  [{ managedScaling: { targetCapacity: 0 } }, 'The target capacity value is invalid.'],
  [{ managedScaling: { targetCapacity: 101 } }, 'The target capacity value is invalid.'],
  [
    { managedScaling: { minimumScalingStepSize: 0 } },
    'The minimum or maximum scaling step size value is invalid.',
  ],
  [
    { managedScaling: { maximumScalingStepSize: 10001 } },
    'The minimum or maximum scaling step size value is invalid.',
  ],
  [
    { managedScaling: { minimumScalingStepSize: 3, maximumScalingStepSize: 2 } },
    'The minimum or maximum scaling step size value is invalid.',
  ],
  [{ managedScaling: { instanceWarmupPeriod: -1 } }, 'The instance warmup period value is invalid.'],
  [{ managedScaling: { instanceWarmupPeriod: 10001 } }, 'The instance warmup period value is invalid.'],
  [
    { managedTerminationProtection: 'ENABLED' },
    'The managed termination protection setting for the capacity provider is invalid.',
  ],
];
/** The same at its edges, where it is accepted. */
const acceptedScaling = [
  {
    status: 'ENABLED',
    targetCapacity: 1,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 1,
    instanceWarmupPeriod: 0,
  },
  {
    status: 'DISABLED',
    targetCapacity: 100,
    minimumScalingStepSize: 10000,
    maximumScalingStepSize: 10000,
    instanceWarmupPeriod: 10000,
  },
] as const;

describe('CreateCapacityProvider', () => {
  test('completes the group, and shows the tags', async () => {
    expect(await create('p', {}, { tags: [{ key: 'a', value: 'b' }] })).toEqual({
      capacityProviderArn: `${arnPrefix}:capacity-provider/p`,
      name: 'p',
      status: 'ACTIVE',
      type: 'EC2_AUTOSCALING',
      autoScalingGroupProvider: { autoScalingGroupArn: groupArn('p'), ...defaults },
      tags: [{ key: 'a', value: 'b' }],
    });
  });

  test.each(acceptedScaling)('keeps managed scaling %#', async (managedScaling) => {
    const provider = await create('p', { managedScaling });
    expect(provider.autoScalingGroupProvider).toMatchObject({ managedScaling });
  });

  test('protects instances only of a group that it scales', async () => {
    const protection = { managedTerminationProtection: 'ENABLED', managedDraining: 'DISABLED' } as const;
    const provider = await create('p', { managedScaling: { status: 'ENABLED' }, ...protection });
    expect(provider.autoScalingGroupProvider).toMatchObject(protection);
  });

  test.each(refusedGroups)('refuses %j', async (group, message) => {
    await expect(create('p', group)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(message),
    });
    await expect(names()).resolves.toEqual(['FARGATE', 'FARGATE_SPOT']);
  });

  test.each(['a b', 'x'.repeat(256), 'aws-p', 'ecsp', 'fargate', 'Fargate_x', 'ECS', 'FARGATE_SPOT'])(
    'refuses the name %s',
    async (name) => {
      await expect(create(name, { autoScalingGroupArn: 'g' })).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringMatching(/^The specified capacity provider name is invalid\./),
      });
    },
  );

  test('takes a name of 255 characters, and a group by its name', async () => {
    const name = 'x'.repeat(255);
    expect((await create(name, { autoScalingGroupArn: 'g' })).autoScalingGroupProvider).toMatchObject({
      autoScalingGroupArn: 'g',
    });
  });

  test.each(['arn:aws:autoscaling:us-east-1:0:x', 'arn:aws:ecs:us-east-1:000000000000:cluster/a'])(
    'refuses the group %s',
    async (autoScalingGroupArn) => {
      await expect(create('p', { autoScalingGroupArn })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining('Auto Scaling group ARN is invalid'),
      });
    },
  );

  test('refuses a name or a group that is taken, until its provider is deleted', async () => {
    await create('p');
    await expect(create('p', { autoScalingGroupArn: 'other' })).rejects.toMatchObject({
      name: 'ClientException',
      message:
        'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
    });
    for (const autoScalingGroupArn of [groupArn('p'), 'p']) {
      await expect(create('q', { autoScalingGroupArn })).rejects.toMatchObject({
        name: 'ClientException',
        message:
          'The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.',
      });
    }
    await remove('p');
    expect(await create('p')).toMatchObject({ status: 'ACTIVE' });
    expect(await described('p')).not.toHaveProperty('updateStatus');
  });

  test.each([
    [{ autoScalingGroupProvider: undefined }, 'InvalidParameterException', 'Exactly one of'],
    [{ managedInstancesProvider }, 'InvalidParameterException', 'Exactly one of'],
    [
      { autoScalingGroupProvider: undefined, managedInstancesProvider, cluster: 'default' },
      'UnsupportedFeatureException',
      'Longshore does not support managedInstancesProvider (Amazon ECS Managed Instances) yet.',
    ],
    [{ cluster: 'default' }, 'InvalidParameterException', 'only with managedInstancesProvider'],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'InvalidParameterException', "may not start with 'aws:'"],
    [{ autoScalingGroupProvider: {} }, 'InvalidParameterException', 'autoScalingGroupArn cannot be null'],
  ])('refuses %j', async (more, name, message) => {
    await expect(create('p', {}, more)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

describe('DescribeCapacityProviders', () => {
  test('shows FARGATE and FARGATE_SPOT to everybody', async () => {
    expect((await describeAll()).capacityProviders).toEqual(
      (['FARGATE', 'FARGATE_SPOT'] as const).map((name) => ({
        capacityProviderArn: `${arnPrefix}:capacity-provider/${name}`,
        name,
        status: 'ACTIVE',
        type: name,
        tags: [],
      })),
    );
  });

  test('shows tags only when asked for', async () => {
    const tags = [{ key: 'a', value: 'b' }];
    await create('p', {}, { tags });
    expect(await described('p')).toMatchObject({ tags: [] });
    expect(await describeAll({ capacityProviders: ['p'], include: ['TAGS'] })).toMatchObject({
      capacityProviders: [{ tags }],
    });
  });

  test('finds names and ARNs, each once, and lists what there is not as MISSING', async () => {
    await create('p');
    const arn = (name: string) => `${arnPrefix}:capacity-provider/${name}`;
    const answer = await describeAll({ capacityProviders: ['q', arn('p'), 'FARGATE', 'p', arn('r')] });
    expect(answer.capacityProviders?.map((provider) => provider.name)).toEqual(['p', 'FARGATE']);
    expect(answer.failures).toEqual([
      { arn: arn('q'), reason: 'MISSING' },
      { arn: arn('r'), reason: 'MISSING' },
    ]);
  });

  test.each([
    ['a b', 'Invalid identifier: a b.'],
    ['arn:aws:s3:::bucket', 'Invalid identifier: arn:aws:s3:::bucket.'],
    [`${arnPrefix}:capacity-provider/a/b`, 'Invalid identifier'],
    [`${arnPrefix}:cluster/default`, 'Identifier is for cluster. Expected capacity-provider'],
    [
      'arn:aws:ecs:eu-west-1:000000000000:capacity-provider/FARGATE',
      'Identifier is for eu-west-1. Your region is us-east-1',
    ],
    [
      'arn:aws:ecs:us-east-1:999999999999:capacity-provider/p',
      'Identifier is for 999999999999. Your accountId is 000000000000',
    ],
  ])('refuses to look for %s', async (reference, message) => {
    await expect(describeAll({ capacityProviders: [reference] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('gives ten a page, of all or of up to 100 that are named', async () => {
    const made = Array.from({ length: 12 }, (_, at) => `p${at}`);
    for (const name of made) await create(name);
    const first = await describeAll();
    expect(first.capacityProviders).toHaveLength(10);
    const rest = await describeAll({ nextToken: first.nextToken });
    expect(rest.nextToken).toBeUndefined();
    expect([...first.capacityProviders!, ...rest.capacityProviders!].map(({ name }) => name)).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
      ...made.toSorted(),
    ]);

    const capacityProviders = [...made.toReversed(), 'nope'];
    const named = await describeAll({ capacityProviders });
    expect(named.capacityProviders?.map(({ name }) => name)).toEqual(made.toReversed().slice(0, 10));
    expect(named.failures).toEqual([]);
    expect(await describeAll({ capacityProviders, nextToken: named.nextToken })).toMatchObject({
      capacityProviders: [{ name: 'p1' }, { name: 'p0' }],
      failures: [{ reason: 'MISSING' }],
    });
  });

  test('walks page by page through the built-in ones too', async () => {
    await create('p');
    const walk = async (nextToken?: string): Promise<(string | undefined)[]> => {
      const page = await describeAll({ maxResults: 1, ...(nextToken && { nextToken }) });
      const shown = page.capacityProviders!.map(({ name }) => name);
      return page.nextToken ? [...shown, ...(await walk(page.nextToken))] : shown;
    };
    expect(await walk()).toEqual(['FARGATE', 'FARGATE_SPOT', 'p']);
  });

  test.each([{ maxResults: 0 }, { maxResults: 11 }, { capacityProviders: Array<string>(101).fill('p') }])(
    'refuses %j',
    async (input) => {
      await expect(describeAll(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    },
  );

  test('refuses a token of another list of names', async () => {
    const { nextToken } = await describeAll({ capacityProviders: ['p', 'q'], maxResults: 1 });
    await expect(describeAll({ capacityProviders: ['q'], nextToken })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Invalid token'),
    });
  });

  test('of a cluster: only what it is associated with', async () => {
    await create('p');
    await create('q');
    await rig.ecs.send(new CreateClusterCommand({ capacityProviders: ['q', 'FARGATE_SPOT'] }));
    expect(await names({ cluster: 'default' })).toEqual(['FARGATE_SPOT', 'q']);
    // Of one cluster alone: only Managed Instances will have such, and no operation makes them yet.
    rig.controlPlane.store.update((tx) => {
      const clusterArn = `${arnPrefix}:cluster/default`;
      tx.table(capacityProviders).put(aCapacityProvider({ name: 'r', clusterArn }));
    });
    expect(await names({ cluster: 'default' })).toEqual(['FARGATE_SPOT', 'q', 'r']);
    const first = await describeAll({ cluster: 'default', maxResults: 1 });
    expect(await names({ cluster: 'default', nextToken: first.nextToken })).toEqual(['q', 'r']);
    const answer = await describeAll({ cluster: 'default', capacityProviders: ['p', 'q'] });
    expect(answer).toMatchObject({
      capacityProviders: [{ name: 'q' }],
      failures: [{ arn: `${arnPrefix}:capacity-provider/p`, reason: 'MISSING' }],
    });
    await expect(describeAll({ cluster: 'x' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });

  test('keeps regions apart', async () => {
    await create('p');
    const elsewhere = await rig.client('eu-west-1').send(new DescribeCapacityProvidersCommand({}));
    expect(elsewhere.capacityProviders?.map(({ capacityProviderArn }) => capacityProviderArn)).toEqual([
      'arn:aws:ecs:eu-west-1:000000000000:capacity-provider/FARGATE',
      'arn:aws:ecs:eu-west-1:000000000000:capacity-provider/FARGATE_SPOT',
    ]);
  });
});

describe('UpdateCapacityProvider', () => {
  test('answers what was, under way, and has changed what was given', async () => {
    await create('p', { managedScaling: { status: 'ENABLED', targetCapacity: 90 } });
    const answer = await update('p', {
      managedScaling: { targetCapacity: 50 },
      managedTerminationProtection: 'ENABLED',
      managedDraining: 'DISABLED',
    });
    expect(answer).toMatchObject({
      updateStatus: 'UPDATE_IN_PROGRESS',
      autoScalingGroupProvider: { managedScaling: { targetCapacity: 90 }, managedDraining: 'ENABLED' },
    });
    expect(await described('p')).toMatchObject({
      status: 'ACTIVE',
      updateStatus: 'UPDATE_COMPLETE',
      autoScalingGroupProvider: {
        autoScalingGroupArn: groupArn('p'),
        managedScaling: { ...defaults.managedScaling, status: 'ENABLED', targetCapacity: 50 },
        managedTerminationProtection: 'ENABLED',
        managedDraining: 'DISABLED',
      },
    });
  });

  test.each(acceptedScaling)('keeps managed scaling %#', async (managedScaling) => {
    await create('p');
    await update('p', { managedScaling });
    expect((await described('p')).autoScalingGroupProvider).toMatchObject({ managedScaling });
  });

  test.each(refusedGroups)('refuses %j', async (group, message) => {
    await create('p');
    await expect(update('p', group)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(message),
    });
    expect((await described('p')).autoScalingGroupProvider).toMatchObject(defaults);
  });

  test('refuses to stop scaling what stays protected', async () => {
    await create('p', { managedScaling: { status: 'ENABLED' }, managedTerminationProtection: 'ENABLED' });
    await expect(update('p', { managedScaling: { status: 'DISABLED' } })).rejects.toMatchObject({
      name: 'ClientException',
    });
  });

  test('refuses to scale for two clusters', async () => {
    await create('p');
    for (const clusterName of ['a', 'b'])
      await rig.ecs.send(new CreateClusterCommand({ clusterName, capacityProviders: ['p'] }));
    await expect(update('p', { managedScaling: { status: 'ENABLED' } })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('already associated with the cluster b'),
    });
  });

  test.each([
    ['x', {}, notThere],
    ['FARGATE', {}, { name: 'ClientException', message: expect.stringContaining('reserved') }],
    ['p', { cluster: 'x' }, { name: 'ClusterNotFoundException' }],
    ['p', { cluster: 'default' }, notThere],
    ['p', { autoScalingGroupProvider: undefined }, { name: 'InvalidParameterException' }],
    ['p', { managedInstancesProvider }, { name: 'UnsupportedFeatureException' }],
  ])('refuses %s with %j', async (name, more, error) => {
    await create('p');
    await rig.ecs.send(new CreateClusterCommand({}));
    await expect(update(name, {}, more)).rejects.toMatchObject(error);
  });
});

describe('DeleteCapacityProvider', () => {
  test('ends a provider, by name or ARN: INACTIVE when asked for by name, not listed', async () => {
    await create('p');
    await create('q');
    expect(await remove('p')).toMatchObject({ status: 'ACTIVE', updateStatus: 'DELETE_IN_PROGRESS' });
    expect(await described('p')).toMatchObject({ status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' });
    expect(await remove(`${arnPrefix}:capacity-provider/q`)).toMatchObject({ name: 'q' });
    expect(await names()).toEqual(['FARGATE', 'FARGATE_SPOT']);
  });

  test('says why one of a cluster stays, and ends it once the cluster is gone', async () => {
    await create('p');
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'a', capacityProviders: ['p'] }));
    const failed = {
      status: 'ACTIVE',
      updateStatus: 'DELETE_FAILED',
      updateStatusReason:
        'The capacity provider cannot be deleted because it is associated with cluster: a. Remove the capacity provider from the cluster and try again.',
    };
    expect(await remove('p', { cluster: 'a' })).toMatchObject(failed);
    expect(await described('p')).toMatchObject(failed);
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'a' }));
    expect(await remove('p')).not.toHaveProperty('updateStatusReason');
    expect(await described('p')).toMatchObject({ status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' });
    expect(await described('p')).not.toHaveProperty('updateStatusReason');
  });

  test.each([
    ['x', {}, notThere],
    ['gone', {}, notThere],
    ['FARGATE', {}, { name: 'ClientException', message: expect.stringContaining('reserved') }],
    ['FARGATE_SPOT', {}, { name: 'ClientException', message: expect.stringContaining('reserved') }],
    ['p', { cluster: 'x' }, { name: 'ClusterNotFoundException' }],
    ['p', { cluster: 'default' }, notThere],
    ['a b', {}, { name: 'InvalidParameterException' }],
  ])('refuses %s with %j', async (name, more, error) => {
    await create('p');
    await create('gone');
    await remove('gone');
    await rig.ecs.send(new CreateClusterCommand({}));
    await expect(remove(name, more)).rejects.toMatchObject(error);
  });
});

describe('TagResource', () => {
  const tag = (name: string) =>
    rig.ecs.send(
      new TagResourceCommand({
        resourceArn: `${arnPrefix}:capacity-provider/${name}`,
        tags: [{ key: 'a', value: 'b' }],
      }),
    );

  test('tags a capacity provider', async () => {
    await create('p');
    await tag('p');
    expect(await describeAll({ capacityProviders: ['p'], include: ['TAGS'] })).toMatchObject({
      capacityProviders: [{ tags: [{ key: 'a', value: 'b' }] }],
    });
  });

  test('refuses one that is deleted, built in or unknown', async () => {
    await create('p');
    await remove('p');
    await expect(tag('p')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    for (const name of ['FARGATE', 'x'])
      await expect(tag(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
