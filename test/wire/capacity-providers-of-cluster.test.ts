// A cluster's capacity providers and its default strategy: who may be in them, and what is shown of them.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeClustersCommand,
  ListTasksCommand,
  PutAttributesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateCapacityProviderCommand,
  type CapacityProviderStrategyItem,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

const provide = (name: string, status: 'ENABLED' | 'DISABLED' = 'DISABLED') =>
  rig.ecs.send(
    new CreateCapacityProviderCommand({
      name,
      autoScalingGroupProvider: { autoScalingGroupArn: name, managedScaling: { status } },
    }),
  );
/** An instance of the provider's group. */
const instanceOf = async (value: string): Promise<void> => {
  const targetId = await rig.instance();
  const attributes = [{ name: 'longshore.auto-scaling-group', value, targetId }];
  await rig.ecs.send(new PutAttributesCommand({ attributes }));
};
const register = () =>
  rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64 }],
    }),
  );
const put = async (names: string[], strategy: CapacityProviderStrategyItem[] = [], cluster = 'default') => {
  const command = new PutClusterCapacityProvidersCommand({
    cluster,
    capacityProviders: names,
    defaultCapacityProviderStrategy: strategy,
  });
  return (await rig.ecs.send(command)).cluster!;
};
const shown = async () =>
  (await rig.ecs.send(new DescribeClustersCommand({ include: ['ATTACHMENTS'] }))).clusters![0]!;
const item = (capacityProvider: string, weight?: number, base?: number): CapacityProviderStrategyItem => ({
  capacityProvider,
  ...(weight !== undefined && { weight }),
  ...(base !== undefined && { base }),
});

describe('PutClusterCapacityProviders', () => {
  beforeEach(async () => {
    await rig.ecs.send(new CreateClusterCommand({}));
  });

  test('replaces providers and strategy as a whole', async () => {
    await put(['FARGATE', 'FARGATE_SPOT'], [item('FARGATE', 1)]);
    expect(await put(['FARGATE_SPOT'], [item('FARGATE_SPOT', 3, 4)])).toMatchObject({
      capacityProviders: ['FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 3, base: 4 }],
    });
    expect(await put([])).toMatchObject({ capacityProviders: [], defaultCapacityProviderStrategy: [] });
    expect(await shown()).toMatchObject({ capacityProviders: [], defaultCapacityProviderStrategy: [] });
  });

  test('takes ARNs for names, and names each provider once', async () => {
    await provide('p');
    const arn = `${arnPrefix}:capacity-provider/p`;
    expect(await put([arn, 'p', 'FARGATE'], [item(arn, 1)])).toMatchObject({
      capacityProviders: ['p', 'FARGATE'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'p', weight: 1, base: 0 }],
    });
  });

  test('shows attachments come and go, and keeps those that stay', async () => {
    await provide('p', 'ENABLED');
    await provide('q');
    const policy = (status: string) => ({
      type: 'as_policy',
      status,
      details: [
        { name: 'capacityProviderName', value: 'p' },
        {
          name: 'scalingPolicyName',
          value: expect.stringMatching(/^ECSManagedAutoScalingPolicy-[0-9a-f-]{36}$/),
        },
      ],
    });
    const draining = (name: string, status: string) => ({
      type: 'managed_draining',
      status,
      details: [
        { name: 'capacityProviderName', value: name },
        { name: 'autoScalingLifecycleHookName', value: 'ecs-managed-draining-termination-hook' },
      ],
    });
    expect(await put(['p', 'q'])).toMatchObject({
      status: 'ACTIVE',
      attachments: [policy('ACTIVE'), draining('p', 'ACTIVE'), draining('q', 'ACTIVE')],
      attachmentsStatus: 'UPDATE_IN_PROGRESS',
    });
    const before = await shown();
    expect(before).toMatchObject({
      attachments: [policy('CREATED'), draining('p', 'CREATED'), draining('q', 'CREATED')],
      attachmentsStatus: 'UPDATE_COMPLETE',
    });
    expect(await put(['q'])).toMatchObject({
      attachments: [draining('q', 'ACTIVE'), policy('DELETING'), draining('p', 'DELETING')],
      attachmentsStatus: 'UPDATE_IN_PROGRESS',
    });
    expect((await shown()).attachments).toEqual([before.attachments![2]]);
    expect((await put(['q'])).attachmentsStatus).toBe('UPDATE_COMPLETE');
  });

  test('has no attachments for Fargate alone', async () => {
    expect(await put(['FARGATE'])).not.toHaveProperty('attachments');
    expect(await shown()).not.toHaveProperty('attachmentsStatus');
  });

  test('follows when a provider begins to be scaled', async () => {
    await provide('p');
    await put(['p']);
    const [draining] = (await shown()).attachments!;
    await rig.ecs.send(
      new UpdateCapacityProviderCommand({
        name: 'p',
        autoScalingGroupProvider: { managedScaling: { status: 'ENABLED' } },
      }),
    );
    expect((await shown()).attachments).toMatchObject([{ type: 'as_policy' }, draining!]);
  });

  test('refuses to part with a provider that runs tasks, until they are STOPPED', async () => {
    await provide('p');
    await provide('q');
    await put(['p', 'q']);
    await instanceOf('p');
    await register();
    const { tasks } = await rig.ecs.send(
      new RunTaskCommand({ taskDefinition: 'web', capacityProviderStrategy: [item('p', 1)] }),
    );
    const task = tasks![0]!.taskArn!;
    await rig.report(task, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
    await expect(put(['q'])).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'The specified capacity provider is in use and cannot be removed.',
    });
    expect(await put(['p'])).toMatchObject({ capacityProviders: ['p'] });
    await rig.report(task, 'STOPPED');
    expect(await put([])).toMatchObject({ capacityProviders: [] });
  });

  test('refuses to part with a provider of a service, until it is INACTIVE', async () => {
    await provide('p');
    await put(['p']);
    await instanceOf('p');
    await register();
    const capacityProviderStrategy = [item('p', 1)];
    await rig.ecs.send(
      new CreateServiceCommand({
        serviceName: 'web',
        taskDefinition: 'web',
        desiredCount: 1,
        capacityProviderStrategy,
      }),
    );
    await expect(put([])).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await rig.clock.advance(1000);
    const { taskArns } = await rig.ecs.send(new ListTasksCommand({}));
    const remove = new DeleteServiceCommand({ service: 'web', force: true });
    expect((await rig.ecs.send(remove)).service!.status).toBe('DRAINING');
    await expect(put([])).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await rig.report(taskArns![0]!, 'STOPPED');
    await rig.clock.advance(1000);
    expect(await put([])).toMatchObject({ capacityProviders: [] });
  });

  test('scales for one cluster only', async () => {
    await provide('p', 'ENABLED');
    await provide('q');
    await put(['p', 'q']);
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'b', capacityProviders: ['q'] }));
    await expect(put(['p'], [], 'b')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('already associated with the cluster default'),
    });
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));
    expect(await put(['p'], [], 'b')).toMatchObject({ capacityProviders: ['p'] });
  });

  test('takes twenty providers and a strategy of twenty, no more', async () => {
    const many = Array.from({ length: 21 }, (_, at) => `p${at}`);
    for (const name of many) await provide(name);
    const twenty = many.slice(1);
    await put(
      twenty,
      twenty.map((name) => item(name, 1)),
    );
    await expect(put(many)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The maximum number of capacity providers per cluster has been exceeded.',
    });
    await expect(
      put(
        twenty,
        [...twenty, 'p1'].map((name) => item(name, 1)),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(
        'maximum number of capacity providers in a capacity provider strategy',
      ),
    });
  });

  test('refuses clusters that are unknown or INACTIVE', async () => {
    await expect(put([], [], 'x')).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));
    await expect(put([])).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

/** Providers and a strategy that no cluster can have, and why. */
const refused: readonly (readonly [string[], CapacityProviderStrategyItem[], string])[] = [
  [
    ['x'],
    [],
    'The specified capacity provider was not found. Specify a valid capacity provider and try again.',
  ],
  [['a b'], [], 'Invalid identifier: a b.'],
  [
    ['gone'],
    [],
    "The specified capacity provider 'gone' is not in an ACTIVE state. Specify a valid capacity provider and try again.",
  ],
  [
    ['FARGATE'],
    [item('FARGATE_SPOT', 1)],
    'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
  ],
  [
    ['FARGATE', 'p'],
    [item('FARGATE', 1), item('p', 1)],
    'A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.',
  ],
  [
    ['FARGATE', 'FARGATE_SPOT'],
    [item('FARGATE', 1, 1), item('FARGATE_SPOT', 1, 1)],
    'There are multiple capacity providers in the specified capacity provider strategy with a base value defined.',
  ],
  [['FARGATE'], [item('FARGATE', -1)], 'weight should be between 0 and 1000.'],
  [['FARGATE'], [item('FARGATE', 1001)], 'weight should be between 0 and 1000.'],
  [['FARGATE'], [item('FARGATE', 1, -1)], 'base should be between 0 and 100000.'],
  [['FARGATE'], [item('FARGATE', 1, 100_001)], 'base should be between 0 and 100000.'],
  [['FARGATE'], [item('FARGATE', 1), item('FARGATE', 2)], "'FARGATE' is more than once"],
];

describe.each(['PutClusterCapacityProviders', 'CreateCluster'])('%s, as both do,', (operation) => {
  const give = async (names: string[], strategy: CapacityProviderStrategyItem[]) => {
    if (operation === 'CreateCluster') {
      const command = new CreateClusterCommand({
        capacityProviders: names,
        defaultCapacityProviderStrategy: strategy,
      });
      return (await rig.ecs.send(command)).cluster!;
    }
    await rig.ecs.send(new CreateClusterCommand({}));
    return put(names, strategy);
  };

  beforeEach(async () => {
    await provide('p');
    await provide('gone');
    await rig.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider: 'gone' }));
  });

  test.each(refused)('refuses %j with %j', async (names, strategy, message) => {
    await expect(give(names, strategy)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('accepts every value at its edge', async () => {
    const strategy = [item('FARGATE', 1000, 100_000), item('FARGATE_SPOT', 0, 0)];
    expect(await give(['FARGATE', 'FARGATE_SPOT'], strategy)).toMatchObject({
      defaultCapacityProviderStrategy: strategy,
    });
  });
});
