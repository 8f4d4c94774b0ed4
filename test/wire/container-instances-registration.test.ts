// RegisterContainerInstance in full: identity, resources, devices, attributes, and what may change when a host returns.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  UpdateContainerInstancesStateCommand,
  type ContainerInstance,
  type Resource,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { account, arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

/** Registers as an agent does, whose input knows more members than the SDK's. */
async function register(input: Record<string, unknown> = {}): Promise<ContainerInstance> {
  const command = new RegisterContainerInstanceCommand(input);
  return (await rig.ecs.send(command)).containerInstance!;
}

const identity = {
  accountId: account,
  architecture: 'x86_64',
  availabilityZone: 'us-east-1c',
  imageId: 'ami-0abc',
  instanceId: 'i-0123456789abcdef0',
  instanceType: 't3.micro',
  region: 'us-east-1',
};
const document = (over: object = {}) => ({
  instanceIdentityDocument: JSON.stringify({ ...identity, ...over }),
  instanceIdentityDocumentSignature: 'c2lnbmVk',
});
const attributesOf = (instance: ContainerInstance): Record<string, string | undefined> =>
  Object.fromEntries(instance.attributes!.map(({ name, value }) => [name!, value]));
const values = (resources: Resource[] | undefined) =>
  Object.fromEntries(
    resources!.map(({ name, type, integerValue, stringSetValue }) => [
      name!,
      type === 'INTEGER' ? integerValue : stringSetValue,
    ]),
  );

describe('RegisterContainerInstance', () => {
  describe('identity documents', () => {
    test('give the EC2 id and what the instance is', async () => {
      const instance = await register({
        ...document(),
        attributes: [{ name: 'ecs.os-type', value: 'linux' }],
      });
      expect(instance.ec2InstanceId).toBe('i-0123456789abcdef0');
      expect(attributesOf(instance)).toEqual({
        'ecs.os-type': 'linux',
        'ecs.availability-zone': 'us-east-1c',
        'ecs.ami-id': 'ami-0abc',
        'ecs.instance-type': 't3.micro',
      });
    });

    test('off EC2 they are empty texts, and mean none', async () => {
      const instance = await register({
        instanceIdentityDocument: '',
        instanceIdentityDocumentSignature: '',
      });
      expect(instance.ec2InstanceId).toMatch(/^mi-[0-9a-f]{17}$/);
      expect(attributesOf(instance)).toEqual({ 'ecs.availability-zone': 'us-east-1a' });
    });

    test('a host off EC2 keeps its managed instance id, and takes that of EC2 once it has a document', async () => {
      const { containerInstanceArn, ec2InstanceId } = await register({});
      expect((await register({ containerInstanceArn })).ec2InstanceId).toBe(ec2InstanceId);
      expect((await register({})).ec2InstanceId).not.toBe(ec2InstanceId);

      const known = await register({ containerInstanceArn, ...document({ instanceType: undefined }) });
      expect(known.ec2InstanceId).toBe('i-0123456789abcdef0');
    });

    test('yield to what the agent itself sends, which must come back with the same value', async () => {
      const attributes = [{ name: 'ecs.availability-zone', value: 'us-east-1f' }];
      expect(attributesOf(await register({ ...document(), attributes }))).toMatchObject({
        'ecs.availability-zone': 'us-east-1f',
        'ecs.instance-type': 't3.micro',
      });
    });

    test.each<[string, object, string]>([
      ['no JSON', { instanceIdentityDocument: '<xml/>' }, 'it is not JSON'],
      ['no object', { instanceIdentityDocument: '[1]' }, 'it is not a JSON object'],
      ['null', { instanceIdentityDocument: 'null' }, 'it is not a JSON object'],
      ['no instance id', document({ instanceId: '' }), 'it has no instanceId'],
      ['an instance id that is none', document({ instanceId: 7 }), 'it has no instanceId'],
      [
        'an instance id of two lines',
        document({ instanceId: 'i-1\n../victim' }),
        'its instanceId is not an id',
      ],
      ['an instance id that is a path', document({ instanceId: '../victim' }), 'its instanceId is not an id'],
      ['a type of two lines', document({ instanceType: 't3\nx' }), 'none of them a line break'],
      ['no account', document({ accountId: undefined }), 'it has no accountId'],
      ['no region', document({ region: undefined }), 'it has no region'],
      ['another account', document({ accountId: '123456789012' }), 'account 123456789012'],
      ['another region', document({ region: 'eu-west-1' }), 'region eu-west-1'],
      ['a signature of nothing', { instanceIdentityDocumentSignature: 'x' }, 'is missing'],
    ])('%s is refused, so that the agent ends and says why', async (_, input, message) => {
      await expect(register(input as Record<string, unknown>)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
    });

    test.each([
      [{ name: 'longshore.instance-id', value: '../victim' }, 'The id of a host has'],
      [{ name: 'longshore.instance-id', value: '-rf' }, 'The id of a host has'],
      [{ name: 'ecs.subnet-id', value: 'a\nb' }, 'none of them a line break'],
      [{ name: 'ecs.capability.x\ny' }, 'none of them a line break'],
      [{ name: `ecs.${'x'.repeat(253)}` }, '1 to 256 characters'],
      [{ name: 'ecs.subnet-id', value: 'x'.repeat(257) }, '1 to 256 characters'],
    ])('the attribute %j is refused', async (attribute, message) => {
      await expect(register({ attributes: [attribute] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      });
    });

    test('a host that returns must be the one that it was', async () => {
      const { containerInstanceArn } = await register(document());
      const again = (over: object) => register({ containerInstanceArn, ...document(over) });
      expect((await again({})).containerInstanceArn).toBe(containerInstanceArn);
      await expect(again({ instanceType: 't3.large' })).rejects.toMatchObject({
        name: 'ClientException',
        message: 'Container instance type changes are not supported.',
      });
      await expect(again({ instanceId: 'i-0fedcba9876543210' })).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringContaining('i-0fedcba9876543210'),
      });
    });

    test('a host that returns without its document is still where and what it was', async () => {
      const { containerInstanceArn } = await register(document());
      const again = await register({ containerInstanceArn, instanceIdentityDocument: '' });
      expect(again.ec2InstanceId).toBe(identity.instanceId);
      expect(attributesOf(again)).toEqual({
        'ecs.availability-zone': 'us-east-1c',
        'ecs.ami-id': 'ami-0abc',
        'ecs.instance-type': 't3.micro',
      });
    });
  });

  describe('resources', () => {
    test('GPUs come as platform devices or as a resource, and are shown by their ids', async () => {
      const platformDevices = ['GPU-b', 'GPU-a'].map((id) => ({ id, type: 'GPU' }));
      const totalResources = [{ name: 'CPU', type: 'INTEGER', integerValue: 1024 }];
      const instance = await register({ platformDevices, totalResources });
      for (const resources of [instance.registeredResources, instance.remainingResources]) {
        expect(values(resources)).toEqual({
          CPU: 1024,
          MEMORY: 0,
          PORTS: [],
          PORTS_UDP: [],
          GPU: ['GPU-b', 'GPU-a'],
        });
      }
      const gpu = { name: 'GPU', type: 'STRINGSET', stringSetValue: ['GPU-c'] };
      expect(values((await register({ totalResources: [gpu] })).registeredResources)).toMatchObject({
        GPU: ['GPU-c'],
      });
    });

    test('of kinds that only the agent knows are shown as they came', async () => {
      const cores = { name: 'NEURON_CORES', type: 'STRINGSET', stringSetValue: ['0', '1'] };
      const instance = await register({ totalResources: [cores] });
      expect(instance.registeredResources).toContainEqual({
        ...cores,
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
      });
    });

    test('that a host no longer has are gone when it returns', async () => {
      const platformDevices = [{ id: 'GPU-a', type: 'GPU' }];
      const { containerInstanceArn } = await register({ platformDevices });
      const { registeredResources } = await register({ containerInstanceArn });
      expect(Object.keys(values(registeredResources))).toEqual(['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP']);
    });

    test('100 reserved ports are taken, the hundred and first is not', async () => {
      const ports = (count: number) => ({
        totalResources: [
          {
            name: 'PORTS',
            type: 'STRINGSET',
            stringSetValue: Array.from({ length: count }, (_, at) => String(at + 1)),
          },
        ],
      });
      expect(values((await register(ports(100))).registeredResources)['PORTS']).toHaveLength(100);
      await expect(register(ports(101))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });

    test.each<[string, object, string]>([
      ['without a name', { totalResources: [{ type: 'INTEGER' }] }, 'InvalidParameterException'],
      ['given twice', { totalResources: [{ name: 'CPU' }, { name: 'CPU' }] }, 'InvalidParameterException'],
      [
        'of the wrong type',
        { totalResources: [{ name: 'CPU', type: 'STRINGSET', stringSetValue: ['1'] }] },
        'InvalidParameterException',
      ],
      [
        'less than none',
        { totalResources: [{ name: 'MEMORY', type: 'INTEGER', integerValue: -1 }] },
        'InvalidParameterException',
      ],
      [
        'a port out of range',
        { totalResources: [{ name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: ['65536'] }] },
        'InvalidParameterException',
      ],
      ['a device without an id', { platformDevices: [{ id: '', type: 'GPU' }] }, 'InvalidParameterException'],
      [
        'a device given twice',
        {
          platformDevices: [
            { id: 'a', type: 'GPU' },
            { id: 'a', type: 'GPU' },
          ],
        },
        'InvalidParameterException',
      ],
      [
        'a Neuron device',
        { platformDevices: [{ id: 'a', type: 'NEURON_DEVICE' }] },
        'UnsupportedFeatureException',
      ],
    ])('%s are refused', async (_, input, name) => {
      await expect(register(input as Record<string, unknown>)).rejects.toMatchObject({ name });
    });
  });

  describe('attributes', () => {
    test('come back each with the value that it was sent with, the user’s own first', async () => {
      const attributes = [
        { name: 'stack', value: 'blue' },
        { name: 'com.amazonaws.ecs.capability.ecr-auth' },
        { name: 'ecs.os-type-detailed', value: 'debian_12 (x), odd ' },
      ];
      expect((await register({ attributes })).attributes).toEqual([
        ...attributes,
        { name: 'ecs.availability-zone', value: 'us-east-1a' },
      ]);
    });

    test('ten of the user’s own are taken beside any number of capabilities, and no eleventh', async () => {
      const capabilities = Array.from({ length: 40 }, (_, at) => ({ name: `ecs.capability.c${at}` }));
      const own = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `a${at}` }));
      const { attributes, containerInstanceArn } = await register({
        attributes: [...own(10), ...capabilities],
      });
      expect(attributes).toHaveLength(51);
      await expect(register({ attributes: own(11) })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
      await expect(register({ containerInstanceArn, attributes: [{ name: 'more' }] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
      expect((await register({ containerInstanceArn, attributes: own(10) })).attributes).toHaveLength(11);
    });

    test.each([[''], ['a b'], ['a'.repeat(129)]])('the name %j is refused', async (name) => {
      await expect(register({ attributes: [{ name }] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    test.each([[' x'], ['a'.repeat(129)]])('the value %j of the user’s own is refused', async (value) => {
      await expect(register({ attributes: [{ name: 'stack', value }] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });

    test('a name that comes twice is one attribute', async () => {
      const attributes = [{ name: 'ecs.x', value: '1' }, { name: 'ecs.y' }, { name: 'ecs.x', value: '2' }];
      expect((await register({ attributes })).attributes?.slice(0, 2)).toEqual([
        { name: 'ecs.x', value: '2' },
        { name: 'ecs.y' },
      ]);
    });
  });

  describe('a host that returns', () => {
    test('keeps its state and its tags unless it sends others, and takes new versions', async () => {
      const tags = [{ key: 'k', value: 'v' }];
      const { containerInstanceArn } = await register({ tags, versionInfo: { agentVersion: '1.0.0' } });
      await rig.ecs.send(
        new UpdateContainerInstancesStateCommand({
          containerInstances: [containerInstanceArn!],
          status: 'DRAINING',
        }),
      );
      expect(await register({ containerInstanceArn })).toMatchObject({
        status: 'DRAINING',
        tags,
        versionInfo: { agentVersion: '1.0.0' },
      });
      const others = [{ key: 'k', value: 'w' }];
      expect(
        await register({ containerInstanceArn, tags: others, versionInfo: { agentVersion: '2.0.0' } }),
      ).toMatchObject({ tags: others, versionInfo: { agentVersion: '2.0.0' } });
    });

    test('from the same request, sent twice, is one instance; after its end it is another', async () => {
      const send = async () => {
        const { body } = await rawCall(rig, 'RegisterContainerInstance', { clientToken: 't' });
        return (body['containerInstance'] as { containerInstanceArn: string }).containerInstanceArn;
      };
      const first = await send();
      expect(await send()).toBe(first);
      await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: first }));
      const second = await send();
      expect(second).not.toBe(first);
      expect(await send()).toBe(second);
      const { containerInstanceArns } = await rig.ecs.send(new ListContainerInstancesCommand({}));
      expect(containerInstanceArns).toEqual([second]);
    });

    test('after its end is told so in ECS’s words', async () => {
      const { containerInstanceArn } = await register();
      await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: containerInstanceArn }));
      await expect(register({ containerInstanceArn })).rejects.toMatchObject({
        name: 'ClientException',
        message: expect.stringMatching(/^Container instance [0-9a-f]{32} is inactive\. /),
      });
    });

    test('to another cluster is refused', async () => {
      await rig.ecs.send(new CreateClusterCommand({ clusterName: 'other' }));
      const { containerInstanceArn } = await register();
      await expect(register({ containerInstanceArn, cluster: 'other' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });
  });

  test('refuses tags that are none, and an ARN of something else', async () => {
    await expect(register({ tags: [{ key: 'aws:x', value: 'v' }] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(
      register({ containerInstanceArn: `${arnPrefix}:task/default/${'0'.repeat(32)}` }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
