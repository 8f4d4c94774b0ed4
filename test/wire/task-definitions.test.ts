import {
  CreateClusterCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { account, arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

const app: ContainerDefinition = { name: 'app', image: 'busybox', memory: 64 };
const register = (input: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [app], ...input }));
const arn = (name: string): string => `${arnPrefix}:task-definition/${name}`;

describe('RegisterTaskDefinition', () => {
  test('fills in what ECS fills in', async () => {
    const { taskDefinition } = await register({
      containerDefinitions: [
        { ...app, portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD', 'true'] } },
      ],
      volumes: [{ name: 'scratch' }],
    });
    expect(taskDefinition).toMatchObject({
      taskDefinitionArn: arn('web:1'),
      family: 'web',
      revision: 1,
      status: 'ACTIVE',
      volumes: [{ name: 'scratch', host: {} }],
      placementConstraints: [],
      compatibilities: ['EXTERNAL', 'EC2'],
      registeredBy: `arn:aws:iam::${account}:user/administrator`,
      registeredAt: new Date(rig.clock.now()),
      containerDefinitions: [
        {
          name: 'app',
          cpu: 0,
          essential: true,
          portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
          environment: [],
          mountPoints: [],
          volumesFrom: [],
          systemControls: [],
          healthCheck: { interval: 30, timeout: 5, retries: 3 },
        },
      ],
    });
    expect(taskDefinition?.requiresAttributes?.map((attribute) => attribute.name)).toEqual([
      'com.amazonaws.ecs.capability.docker-remote-api.1.24',
      'ecs.capability.container-health-check',
    ]);
  });

  test('never gives a revision number out twice', async () => {
    await register();
    await register();
    await rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:2' }));
    expect((await register()).taskDefinition?.revision).toBe(3);
  });

  test('reads task sizes in every spelling', async () => {
    const { taskDefinition } = await register({ cpu: '.25 vCPU', memory: '0.5GB' });
    expect(taskDefinition).toMatchObject({ cpu: '256', memory: '512' });
  });

  const two = (
    first: Partial<ContainerDefinition>,
    second: Partial<ContainerDefinition> = {},
  ): ContainerDefinition[] => [
    { ...app, name: 'a', ...first },
    { ...app, name: 'b', ...second },
  ];
  test.each<[string, Partial<RegisterTaskDefinitionCommandInput>, string]>([
    ['no containers', { containerDefinitions: [] }, 'Container list cannot be empty.'],
    [
      'no name',
      { containerDefinitions: [{ ...app, name: '' }] },
      'Container.name should not be null or empty.',
    ],
    [
      'no image',
      { containerDefinitions: [{ name: 'a', memory: 6 }] },
      'Container.image should not be null or empty.',
    ],
    [
      'no memory',
      { containerDefinitions: [{ name: 'a', image: 'i' }] },
      "Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    ['memory below 6', { containerDefinitions: [{ ...app, memory: 5 }] }, 'at least 6 MiB'],
    [
      'hard under soft',
      { containerDefinitions: [{ ...app, memoryReservation: 65 }] },
      "'memory' must not be less than 'memoryReservation'",
    ],
    [
      'eleven containers',
      { containerDefinitions: Array.from({ length: 11 }, (_, at) => ({ ...app, name: `c${at}` })) },
      'Too many containers.',
    ],
    ['a name twice', { containerDefinitions: [app, app] }, 'must be unique'],
    [
      'none essential',
      { containerDefinitions: [{ ...app, essential: false }] },
      'At least one container must be marked as essential.',
    ],
    ['a bad family', { family: 'a b' }, 'Family should have'],
    [
      'an unknown volume',
      { containerDefinitions: [{ ...app, mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] }] },
      "Unknown volume 'v'.",
    ],
    ['an unknown link', { containerDefinitions: two({ links: ['c:x'] }) }, "Unknown container: 'c'"],
    [
      'itself',
      { containerDefinitions: two({ dependsOn: [{ containerName: 'a', condition: 'START' }] }) },
      'cannot depend on itself',
    ],
    [
      'a circle',
      { containerDefinitions: two({ links: ['b'] }, { links: ['a'] }) },
      'circular dependency: a -> b -> a',
    ],
    [
      'SUCCESS of an essential container',
      { containerDefinitions: two({ dependsOn: [{ containerName: 'b', condition: 'SUCCESS' }] }) },
      'cannot be an essential container',
    ],
    [
      'HEALTHY without a check',
      { containerDefinitions: two({ dependsOn: [{ containerName: 'b', condition: 'HEALTHY' }] }) },
      'must have health check configured',
    ],
    [
      'a port beyond 65535',
      { containerDefinitions: [{ ...app, portMappings: [{ containerPort: 65_536 }] }] },
      'between 1 and 65535',
    ],
    [
      'a host port twice',
      {
        containerDefinitions: two(
          { portMappings: [{ containerPort: 1, hostPort: 9 }] },
          { portMappings: [{ containerPort: 2, hostPort: 9 }] },
        ),
      },
      'Host port 9/tcp is mapped twice',
    ],
    [
      'ports without a network',
      { networkMode: 'none', containerDefinitions: [{ ...app, portMappings: [{ containerPort: 1 }] }] },
      'networkMode=none',
    ],
    [
      'links on the host network',
      { networkMode: 'host', containerDefinitions: two({ links: ['b'] }) },
      'networkMode=host',
    ],
    ['too little cpu', { cpu: '127' }, "Invalid 'cpu' setting for task."],
    [
      'containers over the task',
      { memory: '63' },
      "The 'memory' setting for container 'app' is greater than for the task.",
    ],
    [
      'a short interval',
      { containerDefinitions: [{ ...app, healthCheck: { command: ['CMD', 'x'], interval: 4 } }] },
      'between 5 and 300',
    ],
    [
      'a check without a command',
      { containerDefinitions: [{ ...app, healthCheck: { command: [] } }] },
      'A health check needs a command',
    ],
    [
      'a check that runs nothing',
      { containerDefinitions: [{ ...app, healthCheck: { command: ['CMD-SHELL'] } }] },
      'A health check needs a command',
    ],
  ])('refuses %s', async (_name, input, text) => {
    await expect(register(input)).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining(text),
    });
    expect((await rig.ecs.send(new ListTaskDefinitionsCommand({}))).taskDefinitionArns).toEqual([]);
  });

  test('holds the limit of 64 KiB', async () => {
    const environment = [{ name: 'A', value: 'x'.repeat(66_000) }];
    await expect(register({ containerDefinitions: [{ ...app, environment }] })).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringContaining('65536'),
    });
  });
});

describe('DescribeTaskDefinition', () => {
  const describeDefinition = (taskDefinition: string) =>
    rig.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));

  test('finds the latest ACTIVE revision of a family, and any revision by number or ARN', async () => {
    await register({ tags: [{ key: 'k', value: 'v' }] });
    await register();
    await register();
    await rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:3' }));
    expect((await describeDefinition('web')).taskDefinition?.revision).toBe(2);
    expect((await describeDefinition('web:3')).taskDefinition?.status).toBe('INACTIVE');
    expect((await describeDefinition(arn('web:1'))).tags).toEqual([{ key: 'k', value: 'v' }]);
  });

  test.each(['nope', 'web:9', 'web:1:2', 'arn:aws:ecs:us-east-1:000000000000:cluster/x'])(
    'refuses %s',
    async (name) => {
      await register();
      await expect(describeDefinition(name)).rejects.toMatchObject({ name: 'ClientException' });
    },
  );
});

describe('DeregisterTaskDefinition', () => {
  const deregister = (taskDefinition: string) =>
    rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));

  test('makes a revision INACTIVE, once', async () => {
    await register();
    const first = (await deregister('web:1')).taskDefinition;
    expect(first).toMatchObject({ status: 'INACTIVE', deregisteredAt: new Date(rig.clock.now()) });
    await rig.clock.advance(5000);
    expect((await deregister('web:1')).taskDefinition?.deregisteredAt).toEqual(first?.deregisteredAt);
  });

  test('wants a revision', async () => {
    await register();
    await expect(deregister('web')).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Revision is missing.',
    });
    await expect(deregister('web:x')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid revision number. Number: x',
    });
  });
});

describe('DeleteTaskDefinitions', () => {
  const remove = (...taskDefinitions: string[]) =>
    rig.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions }));
  const deregister = (taskDefinition: string) =>
    rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  const listed = async (status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS') =>
    (await rig.ecs.send(new ListTaskDefinitionsCommand({ status }))).taskDefinitionArns;

  test('makes an INACTIVE revision DELETE_IN_PROGRESS, then takes it away', async () => {
    await register();
    await deregister('web:1');
    const { taskDefinitions, failures } = await remove('web:1');
    expect(failures).toEqual([]);
    expect(taskDefinitions).toMatchObject([
      {
        taskDefinitionArn: arn('web:1'),
        status: 'DELETE_IN_PROGRESS',
        deleteRequestedAt: new Date(rig.clock.now()),
      },
    ]);
    expect(await listed('INACTIVE')).toEqual([]);
    expect(await listed('DELETE_IN_PROGRESS')).toEqual([arn('web:1')]);
    await rig.clock.advance(1);
    expect(await listed('DELETE_IN_PROGRESS')).toEqual([]);
    await expect(
      rig.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' })),
    ).rejects.toMatchObject({ name: 'ClientException', message: 'Unable to describe task definition.' });
  });

  test('never frees a revision number', async () => {
    await register();
    await deregister('web:1');
    await remove('web:1');
    await rig.clock.advance(1);
    expect((await rig.ecs.send(new ListTaskDefinitionFamiliesCommand({}))).families).toEqual([]);
    expect((await register()).taskDefinition?.revision).toBe(2);
    expect((await rig.ecs.send(new ListTaskDefinitionFamiliesCommand({}))).families).toEqual(['web']);
  });

  test('keeps a revision until its last task has stopped, and starts none of it', async () => {
    await rig.ecs.send(new CreateClusterCommand({}));
    await rig.instance();
    await register();
    const { tasks } = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web:1' }));
    await deregister('web:1');
    await remove('web:1');
    await rig.clock.advance(1000);
    expect(await listed('DELETE_IN_PROGRESS')).toEqual([arn('web:1')]);
    const described = await rig.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    expect(described.taskDefinition?.status).toBe('DELETE_IN_PROGRESS');
    await expect(rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web:1' }))).rejects.toMatchObject({
      name: 'ClientException',
    });
    await rig.report(tasks![0]!.taskArn!, 'STOPPED');
    await rig.clock.advance(1);
    expect(await listed('DELETE_IN_PROGRESS')).toEqual([]);
  });

  test('may be asked for again meanwhile, and twice in a call', async () => {
    await register();
    await deregister('web:1');
    const first = (await remove('web:1')).taskDefinitions![0]!;
    const again = await remove('web:1', 'web:1');
    expect(again).toMatchObject({ taskDefinitions: [first], failures: [] });
    expect(again.taskDefinitions).toHaveLength(1);
  });

  test('tells what it cannot delete in failures, and deletes the rest', async () => {
    await register();
    await register();
    await deregister('web:2');
    const foreign = 'arn:aws:ecs:us-east-1:111111111111:task-definition/web:1';
    const { taskDefinitions, failures } = await remove('web:1', 'web:2', 'web:9', 'web', 'a b', foreign);
    expect(taskDefinitions?.map((one) => one.taskDefinitionArn)).toEqual([arn('web:2')]);
    const invalid =
      'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.';
    expect(failures).toEqual([
      {
        arn: arn('web:1'),
        reason:
          'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      },
      {
        arn: arn('web:9'),
        reason:
          'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
      },
      { arn: 'web', reason: invalid },
      { arn: 'a b', reason: invalid },
      { arn: foreign, reason: invalid },
    ]);
  });

  test('takes one to ten', async () => {
    const names = Array.from({ length: 11 }, (_, at) => `web:${at + 1}`);
    expect((await remove(...names.slice(1))).failures).toHaveLength(10);
    await expect(remove(...names)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Task definitions can have a maximum of 10 entries.',
    });
    await expect(remove()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Task definitions cannot be empty.',
    });
  });
});

describe('ListTaskDefinitions', () => {
  test('come by family, then revision, in both directions and in pages', async () => {
    for (let at = 0; at < 11; at++) await register();
    await register({ family: 'api' });
    const all = async (sort: 'ASC' | 'DESC'): Promise<string[]> => {
      const found: string[] = [];
      for (let nextToken: string | undefined, more = true; more; more = nextToken !== undefined) {
        const page = await rig.ecs.send(new ListTaskDefinitionsCommand({ sort, maxResults: 5, nextToken }));
        found.push(...page.taskDefinitionArns!);
        nextToken = page.nextToken;
      }
      return found;
    };
    const expected = [arn('api:1'), ...Array.from({ length: 11 }, (_, at) => arn(`web:${at + 1}`))];
    expect(await all('ASC')).toEqual(expected);
    expect(await all('DESC')).toEqual(expected.toReversed());
    const family = await rig.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'ap' }));
    expect(family.taskDefinitionArns).toEqual([]);
  });

  test.each([0, 101])('refuses pages of %i', async (maxResults) => {
    await expect(rig.ecs.send(new ListTaskDefinitionsCommand({ maxResults }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('refuses a token of another list', async () => {
    await register();
    await register();
    const { nextToken } = await rig.ecs.send(new ListTaskDefinitionsCommand({ maxResults: 1 }));
    expect(nextToken).toBeDefined();
    await expect(
      rig.ecs.send(new ListTaskDefinitionsCommand({ nextToken, status: 'INACTIVE' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('ListTaskDefinitionFamilies', () => {
  test('tells families by prefix and by whether a revision is ACTIVE', async () => {
    await register();
    await register({ family: 'webhook' });
    await register({ family: 'api' });
    await rig.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    const families = async (input: { familyPrefix?: string; status?: 'ACTIVE' | 'INACTIVE' }) =>
      (await rig.ecs.send(new ListTaskDefinitionFamiliesCommand(input))).families;
    expect(await families({})).toEqual(['api', 'web', 'webhook']);
    expect(await families({ familyPrefix: 'web' })).toEqual(['web', 'webhook']);
    expect(await families({ status: 'ACTIVE' })).toEqual(['api', 'webhook']);
    expect(await families({ status: 'INACTIVE' })).toEqual(['web']);
  });
});
