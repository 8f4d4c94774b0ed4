import {
  CreateClusterCommand,
  DeleteAttributesCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  ListAttributesCommand,
  PutAttributesCommand,
  RegisterContainerInstanceCommand,
  type Attribute,
  type ListAttributesCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
let arn: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  arn = await rig.instance({ attributes: ['ecs.capability.full-sync'] });
});

const id = (of = arn): string => of.split('/').at(-1)!;
const put = async (...attributes: Attribute[]) =>
  (await rig.ecs.send(new PutAttributesCommand({ attributes }))).attributes;
const remove = async (...attributes: Attribute[]) =>
  (await rig.ecs.send(new DeleteAttributesCommand({ attributes }))).attributes;
const list = (input: Partial<ListAttributesCommandInput> = {}) =>
  rig.ecs.send(new ListAttributesCommand({ targetType: 'container-instance', ...input }));
const describeOne = async (of = arn) => {
  const { containerInstances } = await rig.ecs.send(
    new DescribeContainerInstancesCommand({ containerInstances: [of] }),
  );
  return containerInstances![0]!;
};
const custom = async (of = arn) =>
  (await describeOne(of)).attributes!.filter(({ name }) => !name!.startsWith('ecs.'));
const numbered = (count: number, targetId = arn): Attribute[] =>
  Array.from({ length: count }, (_, at) => ({ name: `a${at}`, targetId }));
const missing = `${arnPrefix}:container-instance/default/${'0'.repeat(32)}`;

/** What both operations refuse in a target or a name. */
const refusals: [string, () => Attribute, string, string][] = [
  ['no target', () => ({ name: 'a' }), 'InvalidParameterException', 'targetId cannot be null'],
  [
    'a short id without its type',
    () => ({ name: 'a', targetId: id() }),
    'InvalidParameterException',
    'targetType must be specified',
  ],
  [
    'an id of another length',
    () => ({ name: 'a', targetId: 'abc', targetType: 'container-instance' }),
    'InvalidParameterException',
    'containerInstanceId length should be one of [32,36]',
  ],
  [
    'the ARN of something else',
    () => ({ name: 'a', targetId: `${arnPrefix}:task/default/${'0'.repeat(32)}` }),
    'InvalidParameterException',
    'Invalid identifier',
  ],
  [
    'an instance that is not there',
    () => ({ name: 'a', targetId: missing }),
    'TargetNotFoundException',
    missing,
  ],
  [
    'an id that is not there',
    () => ({ name: 'a', targetId: '0'.repeat(32), targetType: 'container-instance' }),
    'TargetNotFoundException',
    'was not found',
  ],
  [
    'an empty name',
    () => ({ name: '', targetId: arn }),
    'InvalidParameterException',
    'name cannot be null or empty',
  ],
  ['a name with a space', () => ({ name: 'a b', targetId: arn }), 'InvalidParameterException', 'a b'],
  [
    'a name of 129 characters',
    () => ({ name: 'a'.repeat(129), targetId: arn }),
    'InvalidParameterException',
    '1 to 128',
  ],
  [
    'a name of ECS',
    () => ({ name: 'ecs.instance-type', targetId: arn }),
    'InvalidParameterException',
    'reserved',
  ],
  [
    'a capability',
    () => ({ name: 'com.amazonaws.ecs.capability.x', targetId: arn }),
    'InvalidParameterException',
    'reserved',
  ],
];

const inactiveInstance = async (): Promise<string> => {
  const gone = await rig.instance();
  await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: gone }));
  return gone;
};

describe('PutAttributes', () => {
  test('gives no host an id that could be a path, an option or two lines', async () => {
    for (const value of ['../victim', '-rf', '.']) {
      await expect(put({ name: 'longshore.instance-id', value, targetId: arn })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining('The id of a host has'),
      });
    }
    await put({ name: 'longshore.instance-id', value: 'host-1', targetId: arn });
  });

  test('sets values, answers them with the full ARN, and shows them on the instance', async () => {
    expect(
      await put(
        { name: 'stack', value: 'production', targetId: arn },
        { name: 'marked', targetId: id(), targetType: 'container-instance' },
      ),
    ).toEqual([
      { name: 'stack', value: 'production', targetId: arn },
      { name: 'marked', targetId: arn },
    ]);
    expect(await custom()).toEqual([{ name: 'stack', value: 'production' }, { name: 'marked' }]);
  });

  test('replaces a value in its place, and takes one away', async () => {
    await put({ name: 'a', value: '1', targetId: arn }, { name: 'b', value: '1', targetId: arn });
    await put({ name: 'a', value: '2', targetId: arn });
    expect(await custom()).toEqual([
      { name: 'a', value: '2' },
      { name: 'b', value: '1' },
    ]);
    await put({ name: 'a', targetId: arn });
    expect(await custom()).toEqual([{ name: 'a' }, { name: 'b', value: '1' }]);
  });

  test('what is so already is no change', async () => {
    await put({ name: 'a', value: '1', targetId: arn });
    const { version } = await describeOne();
    await put({ name: 'a', value: '1', targetId: arn });
    expect((await describeOne()).version).toBe(version);
    await put({ name: 'a', value: '2', targetId: arn }, { name: 'b', targetId: arn });
    expect((await describeOne()).version).toBe(version! + 1);
  });

  test('they survive the agent’s next registration', async () => {
    await put({ name: 'stack', value: 'production', targetId: arn });
    await rig.ecs.send(
      new RegisterContainerInstanceCommand({
        containerInstanceArn: arn,
        attributes: [{ name: 'ecs.capability.other' }],
      }),
    );
    expect((await describeOne()).attributes).toEqual([
      { name: 'stack', value: 'production' },
      { name: 'ecs.capability.other' },
      { name: 'ecs.availability-zone', value: 'us-east-1a' },
    ]);
  });

  test('reaches several instances in one call', async () => {
    const other = await rig.instance();
    await put({ name: 'a', targetId: arn }, { name: 'a', targetId: other });
    expect([await custom(), await custom(other)]).toEqual([[{ name: 'a' }], [{ name: 'a' }]]);
  });

  test('takes ten an instance, however they come, and no eleventh', async () => {
    await put(...numbered(10));
    await put({ name: 'a3', value: 'new', targetId: arn });
    await expect(put({ name: 'a10', targetId: arn })).rejects.toMatchObject({
      name: 'AttributeLimitExceededException',
      message: expect.stringContaining('at most 10 custom attributes'),
    });
    expect(await custom()).toHaveLength(10);
    const other = await rig.instance();
    await expect(put({ name: 'b', targetId: other }, { name: 'a10', targetId: arn })).rejects.toMatchObject({
      name: 'AttributeLimitExceededException',
    });
    expect(await custom(other)).toEqual([]);
  });

  test('takes ten a call, and no eleventh', async () => {
    const other = await rig.instance();
    await expect(put(...numbered(6), ...numbered(5, other))).rejects.toMatchObject({
      name: 'AttributeLimitExceededException',
      message: 'attributes can have at most 10 items.',
    });
    expect(await put(...numbered(5), ...numbered(5, other))).toHaveLength(10);
  });

  test.each(['x', 'a'.repeat(128), 'A-Z_0.9/\\@: b', 'ecs'])('takes the value %j', async (value) => {
    await put({ name: 'a', value, targetId: arn });
    expect(await custom()).toEqual([{ name: 'a', value }]);
  });

  test.each([' x', 'x ', 'a'.repeat(129), 'a,b', 'ü'])('refuses the value %j', async (value) => {
    await expect(put({ name: 'a', value, targetId: arn })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test.each(['a', 'a'.repeat(128), 'A-Z_0.9/\\', 'ecs', 'ecsx.y'])('takes the name %j', async (name) => {
    await put({ name, targetId: arn });
    expect(await custom()).toEqual([{ name }]);
  });

  test.each(refusals)('refuses %s, and then nothing of the call is done', async (_, entry, name, message) => {
    await expect(put({ name: 'fine', targetId: arn }, entry())).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await custom()).toEqual([]);
  });

  test('refuses an empty list, and an instance that was deregistered', async () => {
    await expect(put()).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put({ name: 'a', targetId: await inactiveInstance() })).rejects.toMatchObject({
      name: 'TargetNotFoundException',
    });
  });

  test('knows an instance only in its own cluster', async () => {
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'other' }));
    const attributes = [{ name: 'a', targetId: arn }];
    await expect(
      rig.ecs.send(new PutAttributesCommand({ cluster: 'other', attributes })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const short = [{ name: 'a', targetId: id(), targetType: 'container-instance' as const }];
    await expect(
      rig.ecs.send(new PutAttributesCommand({ cluster: 'other', attributes: short })),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
    await expect(
      rig.ecs.send(new PutAttributesCommand({ cluster: 'nope', attributes })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException', message: 'Cluster not found.' });
  });
});

describe('DeleteAttributes', () => {
  test('takes attributes away by name and answers what they were', async () => {
    const other = await rig.instance();
    await put(...numbered(2), { name: 'stack', value: 'x', targetId: arn }, { name: 'a0', targetId: other });
    expect(
      await remove(
        { name: 'stack', targetId: arn },
        { name: 'a1', targetId: id(), targetType: 'container-instance' },
      ),
    ).toEqual([
      { name: 'a1', targetId: arn },
      { name: 'stack', value: 'x', targetId: arn },
    ]);
    expect([await custom(), await custom(other)]).toEqual([[{ name: 'a0' }], [{ name: 'a0' }]]);
  });

  test('one that is not there is no error and no change', async () => {
    const { version } = await describeOne();
    expect(await remove({ name: 'nothing', targetId: arn })).toEqual([]);
    expect((await describeOne()).version).toBe(version);
  });

  test('makes room for others', async () => {
    await put(...numbered(10));
    await remove(...numbered(10));
    expect(await put(...numbered(10))).toHaveLength(10);
  });

  test.each(refusals)('refuses %s, and then nothing of the call is done', async (_, entry, name, message) => {
    await put({ name: 'kept', targetId: arn });
    await expect(remove({ name: 'kept', targetId: arn }, entry())).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await custom()).toEqual([{ name: 'kept' }]);
  });

  test('refuses a value, an empty list, an eleventh entry, an instance or a cluster that is gone', async () => {
    await expect(remove({ name: 'a', value: 'x', targetId: arn })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('value must not be specified'),
    });
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(remove(...numbered(11))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'attributes can have at most 10 items.',
    });
    await expect(remove({ name: 'a', targetId: await inactiveInstance() })).rejects.toMatchObject({
      name: 'TargetNotFoundException',
    });
    await expect(
      rig.ecs.send(new DeleteAttributesCommand({ cluster: 'nope', attributes: numbered(1) })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('ListAttributes', () => {
  test('lists the agent’s and the user’s own, one entry each, of registered instances only', async () => {
    await put({ name: 'stack', value: 'x', targetId: arn });
    await inactiveInstance();
    expect((await list()).attributes).toEqual([
      { name: 'ecs.availability-zone', value: 'us-east-1a', targetId: arn },
      { name: 'ecs.capability.full-sync', targetId: arn },
      { name: 'stack', value: 'x', targetId: arn },
    ]);
  });

  test('filters by name, and by name and value', async () => {
    const other = await rig.instance();
    await put(
      { name: 'stack', value: 'x', targetId: arn },
      { name: 'stack', value: 'y', targetId: other },
      { name: 'other', value: 'x', targetId: other },
      { name: 'marked', targetId: other },
    );
    const found = async (attributeName: string, attributeValue?: string) =>
      (await list({ attributeName, ...(attributeValue && { attributeValue }) })).attributes!.map(
        ({ value, targetId }) => [value, targetId],
      );
    expect(new Set(await found('stack'))).toEqual(
      new Set([
        ['x', arn],
        ['y', other],
      ]),
    );
    expect(await found('stack', 'y')).toEqual([['y', other]]);
    expect(await found('stack', 'z')).toEqual([]);
    expect(await found('marked')).toEqual([[undefined, other]]);
    expect(await found('nothing')).toEqual([]);
  });

  test('pages through every entry once, whatever the size of a page', async () => {
    for (let count = 0; count < 6; count++) {
      const more = await rig.instance();
      await put(...numbered(count + 1, more));
    }
    const everything = (await list()).attributes!;
    expect(everything).toHaveLength(2 + 6 + (1 + 2 + 3 + 4 + 5 + 6));
    for (const maxResults of [1, 3, 7, 28, 29, 30, 100]) {
      const paged: Attribute[] = [];
      let nextToken: string | undefined;
      do {
        const page = await list({ maxResults, nextToken });
        expect(page.attributes!.length).toBeLessThanOrEqual(maxResults);
        paged.push(...page.attributes!);
        nextToken = page.nextToken;
      } while (nextToken);
      expect(paged).toEqual(everything);
    }
  });

  test('a page goes on where the last one ended, also when that entry is gone', async () => {
    await put(...numbered(3));
    const first = await list({ maxResults: 2 });
    await remove(...numbered(1));
    expect(first.attributes!.map(({ name }) => name)).toEqual(['a0', 'a1']);
    const rest = await list({ nextToken: first.nextToken });
    expect(rest.attributes!.map(({ name }) => name)).toEqual([
      'a2',
      'ecs.availability-zone',
      'ecs.capability.full-sync',
    ]);
    expect(rest.nextToken).toBeUndefined();
  });

  test('gives a hundred at a time unless asked otherwise', async () => {
    for (let count = 0; count < 9; count++) await put(...numbered(10, await rig.instance()));
    const first = await list();
    expect(first.attributes).toHaveLength(100);
    expect((await list({ nextToken: first.nextToken })).attributes).toHaveLength(1);
  });

  test.each<[string, Partial<ListAttributesCommandInput>, string]>([
    ['a value without a name', { attributeValue: 'x' }, 'attributeName must be specified'],
    ['a name that none has', { attributeName: 'a b' }, 'attribute name'],
    ['a page of none', { maxResults: 0 }, 'between 1 and 100'],
    ['a page of 101', { maxResults: 101 }, 'between 1 and 100'],
    ['a token of its own making', { nextToken: 'x' }, 'Invalid token'],
    ['another target type', { targetType: 'task' as 'container-instance' }, 'targetType'],
  ])('refuses %s', async (_, input, message) => {
    await expect(list(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('refuses a token of another question, no target type and an unknown cluster', async () => {
    const { nextToken } = await list({ maxResults: 1 });
    await expect(list({ maxResults: 1, attributeName: 'stack', nextToken })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(list({ targetType: undefined })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(list({ cluster: 'nope' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
