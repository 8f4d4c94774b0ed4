// What an agent's access key may do: speak for the instances that were registered with it, and nothing else.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  DiscoverPollEndpointCommand,
  ListTagsForResourceCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  SubmitAttachmentStateChangesCommand,
  SubmitContainerStateChangeCommand,
  SubmitTaskStateChangeCommand,
  TagResourceCommand,
  UpdateContainerInstancesStateCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { openLink } from '../../src/acs/open-link.ts';
import { operationNames } from '../../src/wire/model.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import type { CreateAccessKeyInput, CreateAccessKeyOutput } from '../../src/longshore/contract.ts';
import { longshoreModel } from '../../src/longshore/model.ts';
import { sign, type Credentials } from '../../src/wire/sigv4/sign.ts';
import { account, arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';
import { minimalInput } from '../../test-support/model-input.ts';
import { rawCall } from './raw-call.ts';
import { clockOffset, requestHandler, sdkClient } from '../../test-support/sdk-client.ts';

/** Every operation that an agent's key may be used for at all. */
const agentOperations = new Set([
  'CreateCluster',
  'DeregisterContainerInstance',
  'DiscoverPollEndpoint',
  'ListTagsForResource',
  'RegisterContainerInstance',
  'SubmitAttachmentStateChanges',
  'SubmitContainerStateChange',
  'SubmitTaskStateChange',
  'UpdateContainerInstancesState',
]);
const user = `arn:aws:iam::${account}:user/agent`;
const cluster = `${arnPrefix}:cluster/default`;
const totalResources = [
  { name: 'CPU', type: 'INTEGER', integerValue: 2048 },
  { name: 'MEMORY', type: 'INTEGER', integerValue: 4096 },
];

let rig: EcsRig;
let key: Credentials;
let agent: ECSClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  key = await createKey({ kind: 'agent' });
  agent = as(key);
});

const createKey = async (input: CreateAccessKeyInput) =>
  (await longshoreCall<CreateAccessKeyOutput>(rig, 'CreateAccessKey', input)).accessKey;
const as = (credentials: Credentials) =>
  sdkClient(rig.controlPlane.handle, credentials, { clock: rig.clock });

async function register(
  client = agent,
  input: { cluster?: string; containerInstanceArn?: string; clientToken?: string } = {},
): Promise<string> {
  const command = new RegisterContainerInstanceCommand({ ...input, totalResources });
  return (await client.send(command)).containerInstance!.containerInstanceArn!;
}

/** A task on the instance, its agent connected. */
async function taskOn(instance: string): Promise<string> {
  rig.connect(instance);
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64 }],
    }),
  );
  const { tasks } = await rig.ecs.send(
    new RunTaskCommand({ taskDefinition: 'web', tags: [{ key: 'a', value: 'b' }] }),
  );
  expect(tasks![0]!.containerInstanceArn).toBe(instance);
  await rig.disconnect(instance);
  return tasks![0]!.taskArn!;
}

const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message:
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`,
});

test.each(operationNames(ecsModel).filter((name) => !agentOperations.has(name)))(
  'ecs:%s is refused',
  async (operation) => {
    // Of what is not served the model has no more than the name.
    const input = operation in ecsModel.operations ? minimalInput(ecsModel, operation) : {};
    const reply = await rawCall(rig, operation, input, 'us-east-1', key);
    expect(reply).toMatchObject({
      status: 400,
      code: 'AccessDeniedException',
      message: expect.stringContaining(
        `User: ${user} is not authorized to perform: ecs:${operation} on resource: `,
      ),
    });
  },
);

test.each(Object.keys(longshoreModel.operations))('longshore:%s is refused', async (operation) => {
  await expect(
    longshoreCall(rig, operation, minimalInput(longshoreModel, operation) as object, key),
  ).rejects.toMatchObject({ ...denied(`longshore:${operation}`, '*'), code: 'AccessDeniedException' });
});

test('whose it is, everybody may ask', async () => {
  const { accessKeyId, secretAccessKey } = key;
  const sts = new STSClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: requestHandler(rig.controlPlane.handle) as NonNullable<STSClientConfig['requestHandler']>,
    systemClockOffset: clockOffset(rig.clock),
  });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(user);
});

describe('RegisterContainerInstance', () => {
  test('makes instances, and gives back those that the same key has made', async () => {
    const [first, second] = [await register(), await register()];
    expect(second).not.toBe(first);
    expect(await register(agent, { containerInstanceArn: first })).toBe(first);
  });

  test("does not take another's instance over, by its ARN or by the token of its registration", async () => {
    const others = [
      await register(rig.ecs),
      await register(as(await createKey({ kind: 'agent', userName: 'other' }))),
    ];
    for (const containerInstanceArn of others)
      await expect(register(agent, { containerInstanceArn })).rejects.toMatchObject(
        denied('ecs:RegisterContainerInstance', cluster),
      );
    const clientToken = '0b6c1d3e-6f0a-4f43-9a3d-2a6f9d8a1c11';
    const input = { totalResources, clientToken };
    const theirs = await rawCall(rig, 'RegisterContainerInstance', input);
    const again = await rawCall(rig, 'RegisterContainerInstance', input);
    const ours = await rawCall(rig, 'RegisterContainerInstance', input, 'us-east-1', key);
    expect(again.body).toMatchObject({ containerInstance: arnOf(theirs.body) });
    expect(ours).toMatchObject({ status: 200 });
    expect(ours.body).not.toMatchObject({ containerInstance: arnOf(theirs.body) });
  });

  const arnOf = (body: Readonly<Record<string, unknown>>) => ({
    containerInstanceArn: (body['containerInstance'] as { containerInstanceArn: string })
      .containerInstanceArn,
  });

  test('goes into one cluster only where the key names it', async () => {
    await rig.ecs.send(new CreateClusterCommand({ clusterName: 'blue' }));
    const blue = as(await createKey({ kind: 'agent', cluster: 'blue' }));
    expect(await register(blue, { cluster: 'blue' })).toContain('/blue/');
    expect(await register(blue, { cluster: `${arnPrefix}:cluster/blue` })).toContain('/blue/');
    await expect(register(blue)).rejects.toMatchObject(denied('ecs:RegisterContainerInstance', cluster));
    await expect(blue.send(new CreateClusterCommand({}))).rejects.toMatchObject(
      denied('ecs:CreateCluster', cluster),
    );
    expect(await register(agent, { cluster: 'blue' })).toContain('/blue/');
  });

  test('answers as ever what is not there', async () => {
    await expect(register(agent, { cluster: 'nope' })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    await expect(
      register(agent, { containerInstanceArn: `${arnPrefix}:container-instance/default/${'0'.repeat(32)}` }),
    ).rejects.toMatchObject({ name: 'ClientException', message: expect.stringContaining('was not found') });
  });
});

test('CreateCluster makes the default cluster, and no other', async () => {
  expect((await agent.send(new CreateClusterCommand({}))).cluster!.clusterArn).toBe(cluster);
  await expect(agent.send(new CreateClusterCommand({ clusterName: 'x-default' }))).rejects.toMatchObject(
    denied('ecs:CreateCluster', `${arnPrefix}:cluster/x-default`),
  );
});

describe('of its own instance', () => {
  let own: string;
  let task: string;
  beforeEach(async () => {
    own = await register();
    task = await taskOn(own);
  });

  test('reports tasks, containers and attachments', async () => {
    const containers = [{ containerName: 'app', status: 'RUNNING' }];
    await agent.send(new SubmitTaskStateChangeCommand({ task, status: 'RUNNING', containers }));
    await agent.send(
      new SubmitContainerStateChangeCommand({ task, containerName: 'app', status: 'RUNNING' }),
    );
    await agent.send(new SubmitAttachmentStateChangesCommand({ attachments: [] }));
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
    expect(tasks![0]!.lastStatus).toBe('RUNNING');
  });

  test('drains it, reads its tags and those of its tasks, finds its links, and deregisters it', async () => {
    const state = { containerInstances: [id(own)], status: 'DRAINING' as const };
    const { containerInstances } = await agent.send(new UpdateContainerInstancesStateCommand(state));
    expect(containerInstances).toMatchObject([{ status: 'DRAINING' }]);
    expect(await agent.send(new ListTagsForResourceCommand({ resourceArn: own }))).toMatchObject({
      tags: [],
    });
    const { tags } = await agent.send(new ListTagsForResourceCommand({ resourceArn: task }));
    expect(tags).toEqual([{ key: 'a', value: 'b' }]);
    await agent.send(new DiscoverPollEndpointCommand({ containerInstance: own }));
    await agent.send(new DeregisterContainerInstanceCommand({ containerInstance: own, force: true }));
  });

  test.each(['acs', 'tcs'] as const)('opens the %s link', (kind) => {
    expect(link(kind, own, key)).toBeTypeOf('function');
  });

  test('stops none of its tasks, and writes nothing on it', async () => {
    await expect(agent.send(new StopTaskCommand({ task }))).rejects.toMatchObject(
      denied('ecs:StopTask', task),
    );
    const tags = [{ key: 'x', value: 'y' }];
    await expect(agent.send(new TagResourceCommand({ resourceArn: own, tags }))).rejects.toMatchObject(
      denied('ecs:TagResource', own),
    );
  });

  test("hears that what it reports is not there, in the agent's own terms", async () => {
    const unknown = `${arnPrefix}:task/default/${'0'.repeat(32)}`;
    const report = agent.send(new SubmitTaskStateChangeCommand({ task: unknown, status: 'STOPPED' }));
    await expect(report).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe.each<[string, () => Promise<ECSClient>]>([
  ['the administrator', () => Promise.resolve(rig.ecs)],
  ['another agent', async () => as(await createKey({ kind: 'agent', userName: 'other' }))],
])("of %s's instance", (_whose, whose) => {
  let other: string;
  let task: string;
  beforeEach(async () => {
    await register();
    other = await register(await whose());
    task = await taskOn(other);
  });

  test.each<[string, (client: ECSClient) => Promise<unknown>]>([
    [
      'SubmitTaskStateChange',
      (client) => client.send(new SubmitTaskStateChangeCommand({ task, status: 'STOPPED' })),
    ],
    [
      'SubmitContainerStateChange',
      (client) =>
        client.send(
          new SubmitContainerStateChangeCommand({ task: id(task), containerName: 'app', status: 'STOPPED' }),
        ),
    ],
    [
      'DeregisterContainerInstance',
      (client) =>
        client.send(new DeregisterContainerInstanceCommand({ containerInstance: id(other), force: true })),
    ],
  ])('%s is refused', async (operation, call) => {
    await expect(call(agent)).rejects.toMatchObject(denied(`ecs:${operation}`, cluster));
    const { containerInstances } = await rig.ecs.send(
      new DescribeContainerInstancesCommand({ containerInstances: [other] }),
    );
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
    expect(containerInstances).toMatchObject([{ status: 'ACTIVE' }]);
    expect(tasks).toMatchObject([{ lastStatus: 'PENDING', desiredStatus: 'RUNNING' }]);
  });

  test('draining it is refused, also among its own', async () => {
    const own = await register();
    const drain = (...containerInstances: string[]) =>
      agent.send(new UpdateContainerInstancesStateCommand({ containerInstances, status: 'DRAINING' }));
    await expect(drain(own, other)).rejects.toMatchObject(denied('ecs:UpdateContainerInstancesState', own));
    await expect(drain(id(other))).rejects.toMatchObject(denied('ecs:UpdateContainerInstancesState', other));
  });

  test('its tags, those of its tasks, and its endpoint are refused', async () => {
    for (const resourceArn of [other, task, cluster])
      await expect(agent.send(new ListTagsForResourceCommand({ resourceArn }))).rejects.toMatchObject(
        denied('ecs:ListTagsForResource', resourceArn),
      );
    await expect(
      agent.send(new DiscoverPollEndpointCommand({ containerInstance: other })),
    ).rejects.toMatchObject(denied('ecs:DiscoverPollEndpoint', '*'));
  });

  test.each([
    ['acs', 'ecs:Poll'],
    ['tcs', 'ecs:StartTelemetrySession'],
  ] as const)('the %s link is refused', (kind, action) => {
    expect(() => link(kind, other, key)).toThrow(
      expect.objectContaining({ ...denied(action, other), status: 403 }) as Error,
    );
  });
});

const id = (arn: string): string => arn.split('/').at(-1)!;

/** What an upgrade request for the instance's link is answered with; throws the refusal. */
function link(kind: 'acs' | 'tcs', instance: string, credentials: Credentials) {
  const query = new URLSearchParams({
    [kind === 'acs' ? 'containerInstanceArn' : 'containerInstance']: instance,
  });
  const request = {
    method: 'GET',
    target: `/${kind}/ws?${query}`,
    headers: { host: '127.0.0.1:4566' },
    body: new Uint8Array(),
  };
  const signed = sign(request, {
    credentials,
    region: 'us-east-1',
    signingName: 'ecs',
    now: rig.clock.wall(),
  });
  return openLink(rig.controlPlane, signed);
}

test('a key of the root may do all this to the instances of agents', async () => {
  const own = await register();
  const task = await taskOn(own);
  expect(await register(rig.ecs, { containerInstanceArn: own })).toBe(own);
  await rig.ecs.send(new SubmitTaskStateChangeCommand({ task, status: 'STOPPED' }));
  expect(link('acs', own, rig.controlPlane.administrator)).toBeTypeOf('function');
  // Whoever registers it again, it stays the one of its key.
  expect(await register(agent, { containerInstanceArn: own })).toBe(own);
});
