// The operations that only agents call: where the websockets are, and what became of a task.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeTasksCommand,
  DiscoverPollEndpointCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  SubmitAttachmentStateChangesCommand,
  SubmitContainerStateChangeCommand,
  SubmitTaskStateChangeCommand,
  type SubmitContainerStateChangeRequest,
  type SubmitTaskStateChangeRequest,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
let arn: string;
let task: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  arn = await rig.instance();
  const containerDefinitions = [{ name: 'app', image: 'i', memory: 64 }];
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'f', containerDefinitions }));
  task = (await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'f' }))).tasks![0]!.taskArn!;
});

const missing = `${arnPrefix}:task/default/${'0'.repeat(32)}`;
const shown = async () => (await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }))).tasks![0]!;

describe('DiscoverPollEndpoint', () => {
  const discover = (containerInstance?: string) =>
    rig.ecs.send(new DiscoverPollEndpointCommand({ cluster: 'default', containerInstance }));

  test('tells where the websockets are, and nothing of what is not served', async () => {
    const { $metadata: _, ...answer } = await discover(arn);
    expect(answer).toEqual({
      endpoint: 'http://127.0.0.1:4566/acs',
      telemetryEndpoint: 'http://127.0.0.1:4566/tcs',
    });
  });

  test('tells an instance that is unknown or INACTIVE too, which hears of it when it connects', async () => {
    const { endpoint } = await discover(arn);
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: arn, force: true }));
    for (const instance of [arn, `${arnPrefix}:container-instance/default/${'0'.repeat(32)}`, undefined]) {
      expect((await discover(instance)).endpoint).toBe(endpoint);
    }
  });
});

describe('SubmitTaskStateChange', () => {
  const submit = (input: SubmitTaskStateChangeRequest) =>
    rig.ecs.send(new SubmitTaskStateChangeCommand({ task, ...input }));

  test('acknowledges a report, and the same one again', async () => {
    const report = {
      status: 'RUNNING',
      reason: '',
      containers: [{ containerName: 'app', status: 'RUNNING' }],
    };
    expect((await submit(report)).acknowledgment).toBe('ACK');
    const { version } = await shown();
    expect((await submit(report)).acknowledgment).toBe('ACK');
    expect(await shown()).toMatchObject({ version, lastStatus: 'RUNNING' });
  });

  test('cuts what is too long instead of losing the report', async () => {
    const long = 'x'.repeat(2000);
    await submit({
      status: 'STOPPED',
      reason: long,
      containers: [
        { containerName: 'app', status: 'STOPPED', reason: long, runtimeId: long, imageDigest: long },
      ],
    });
    const { stoppedReason, containers } = await shown();
    const [container] = containers!;
    expect(
      [stoppedReason, container!.reason, container!.runtimeId, container!.imageDigest].map(
        (text) => text!.length,
      ),
    ).toEqual([1024, 1024, 255, 255]);
  });

  test('takes a report that is late, also one of a task that a forced deregistration wrote off', async () => {
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: arn, force: true }));
    const before = await shown();
    expect((await submit({ status: 'RUNNING' })).acknowledgment).toBe('ACK');
    expect(await shown()).toEqual(before);
  });

  test.each<[string, SubmitTaskStateChangeRequest, string]>([
    ['an unknown task', { task: missing, status: 'RUNNING' }, 'InvalidParameterException'],
    ['no task', { task: '', status: 'RUNNING' }, 'InvalidParameterException'],
    ['a status that no agent reports', { status: 'ACTIVATING' }, 'InvalidParameterException'],
    [
      'a container status that there is not',
      { containers: [{ containerName: 'app', status: 'GONE' }] },
      'InvalidParameterException',
    ],
    ['an unknown cluster', { cluster: 'nope' }, 'ClusterNotFoundException'],
  ])('refuses %s', async (_, input, name) => {
    await expect(submit(input)).rejects.toMatchObject({ name });
  });
});

describe('SubmitContainerStateChange', () => {
  const submit = (input: SubmitContainerStateChangeRequest) =>
    rig.ecs.send(
      new SubmitContainerStateChangeCommand({ task, containerName: 'app', status: 'RUNNING', ...input }),
    );

  test('acknowledges a report of one container', async () => {
    expect((await submit({ runtimeId: 'r' })).acknowledgment).toBe('ACK');
    expect((await shown()).containers).toMatchObject([{ lastStatus: 'RUNNING', runtimeId: 'r' }]);
  });

  test('of an essential container that ended ends its task', async () => {
    await submit({ status: 'STOPPED', exitCode: 3 });
    expect(await shown()).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'PENDING',
      stopCode: 'EssentialContainerExited',
    });
  });

  test.each<[string, SubmitContainerStateChangeRequest, string]>([
    ['a container that the task has not', { containerName: 'other' }, 'InvalidParameterException'],
    ['no container', { containerName: '' }, 'InvalidParameterException'],
    ['an unknown task', { task: missing }, 'InvalidParameterException'],
    ['a status that there is not', { status: 'GONE' }, 'InvalidParameterException'],
    ['an unknown cluster', { cluster: 'nope' }, 'ClusterNotFoundException'],
  ])('refuses %s', async (_, input, name) => {
    await expect(submit(input)).rejects.toMatchObject({ name });
  });
});

describe('SubmitAttachmentStateChanges', () => {
  const submit = (cluster: string, ...arns: string[]) =>
    rig.ecs.send(
      new SubmitAttachmentStateChangesCommand({
        cluster,
        attachments: arns.map((attachmentArn) => ({ attachmentArn, status: 'ATTACHED' })),
      }),
    );

  test('acknowledges that there is nothing to report', async () => {
    expect((await submit('default')).acknowledgment).toBe('ACK');
  });

  test('refuses attachments that were never handed out, and an unknown cluster', async () => {
    const attachment = `${arnPrefix}:attachment/00000000-0000-0000-0000-000000000000`;
    await expect(submit('default', attachment)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(attachment),
    });
    await expect(submit('nope')).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
