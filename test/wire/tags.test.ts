import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  CreateTaskSetCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterContainerInstanceCommand,
  DescribeTasksCommand,
  ListTagsForResourceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
const kinds = [
  'capacity-provider',
  'cluster',
  'container-instance',
  'service',
  'task',
  'task-definition',
  'task-set',
] as const;
let arns: Record<(typeof kinds)[number], string>;
beforeEach(async () => {
  rig = await EcsRig.open();
  const { cluster } = await rig.ecs.send(new CreateClusterCommand({}));
  const instance = await rig.instance();
  const { taskDefinition } = await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
    }),
  );
  const { tasks } = await rig.ecs.send(
    new RunTaskCommand({ taskDefinition: 'web', enableECSManagedTags: true }),
  );
  const { service } = await rig.ecs.send(
    new CreateServiceCommand({
      serviceName: 'web',
      desiredCount: 0,
      deploymentController: { type: 'EXTERNAL' },
    }),
  );
  const { taskSet } = await rig.ecs.send(
    new CreateTaskSetCommand({ cluster: 'default', service: 'web', taskDefinition: 'web' }),
  );
  const autoScalingGroupProvider = { autoScalingGroupArn: 'group' };
  const { capacityProvider } = await rig.ecs.send(
    new CreateCapacityProviderCommand({ name: 'p', autoScalingGroupProvider }),
  );
  arns = {
    'capacity-provider': capacityProvider!.capacityProviderArn!,
    service: service!.serviceArn!,
    'task-set': taskSet!.taskSetArn!,
    cluster: cluster!.clusterArn!,
    'container-instance': instance,
    task: tasks![0]!.taskArn!,
    'task-definition': taskDefinition!.taskDefinitionArn!,
  };
});

const tag = (resourceArn: string, tags: Tag[]) => rig.ecs.send(new TagResourceCommand({ resourceArn, tags }));
const untag = (resourceArn: string, ...tagKeys: string[]) =>
  rig.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys }));
const list = async (resourceArn: string) =>
  (await rig.ecs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
/** What a user may see and change: the rest is ECS's. */
const own = async (arn: string) => (await list(arn))!.filter(({ key }) => !key!.startsWith('aws:'));
const some = (count: number, from = 0): Tag[] =>
  Array.from({ length: count }, (_, at) => ({ key: `k${at + from}`, value: 'v' }));
const deleteService = () => rig.ecs.send(new DeleteServiceCommand({ service: 'web', force: true }));
const id = '0'.repeat(32);

/** ARNs that name nothing that can be tagged, and what each operation answers. */
const refused: [string, string, RegExp][] = [
  ['no ARN', 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  ['arn:aws:s3:::bucket', 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:cluster/`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:cluster/a/b`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:constructor/a`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:task/default/${id}/x`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:task//${id}`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [`${arnPrefix}:task/${id}`, 'InvalidParameterException', /^Long arn format must be used/],
  [`${arnPrefix}:service/web`, 'InvalidParameterException', /^Long arn format must be used/],
  [`${arnPrefix}:task-set/default/web/1`, 'InvalidParameterException', /^The ARN provided is invalid\.$/],
  [
    'arn:aws:ecs:eu-west-1:000000000000:cluster/default',
    'InvalidParameterException',
    /Your region is us-east-1/,
  ],
  [
    'arn:aws:ecs:us-east-1:111111111111:cluster/default',
    'InvalidParameterException',
    /Your accountId is 0{12}/,
  ],
  [`${arnPrefix}:cluster/nope`, 'ClusterNotFoundException', /^Cluster not found\.$/],
  [`${arnPrefix}:task/nope/${id}`, 'ClusterNotFoundException', /^Cluster not found\.$/],
];
const missing = [
  `${arnPrefix}:task/default/${id}`,
  `${arnPrefix}:container-instance/default/${id}`,
  `${arnPrefix}:service/default/nope`,
  `${arnPrefix}:task-set/default/web/ecs-svc/2`,
  `${arnPrefix}:capacity-provider/nope`,
  `${arnPrefix}:task-definition/web:2`,
  `${arnPrefix}:task-definition/web`,
];

describe('TagResource', () => {
  test.each(kinds)('tags a %s, and tags come over tags of the same key', async (kind) => {
    await tag(arns[kind], [
      { key: 'a', value: '1' },
      { key: 'b', value: '' },
    ]);
    await tag(arns[kind], [
      { key: 'b', value: '2' },
      { key: 'c', value: '3' },
    ]);
    expect(await own(arns[kind])).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
      { key: 'c', value: '3' },
    ]);
  });

  test('is seen by the Describe calls', async () => {
    await tag(arns.task, [{ key: 'a', value: '1' }]);
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: [arns.task], include: ['TAGS'] }));
    expect(tasks![0]!.tags).toContainEqual({ key: 'a', value: '1' });
  });

  test('takes 50 tags and no more; those of ECS are not counted', async () => {
    await tag(arns.task, some(50));
    expect(await list(arns.task)).toHaveLength(51);
    await tag(arns.task, some(10));
    await expect(tag(arns.task, some(1, 50))).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(tag(arns.cluster, some(51))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await own(arns.task)).toEqual(some(50));
  });

  test.each<[Tag, boolean]>([
    [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }, true],
    [{ key: 'Ünï 1_.:/=+-@', value: 'Ünï 1_.:/=+-@' }, true],
    [{ key: 'awsome', value: '' }, true],
    [{ key: 'k'.repeat(129), value: '' }, false],
    [{ key: '', value: '' }, false],
    [{ key: 'k', value: 'v'.repeat(257) }, false],
    [{ key: 'k!', value: '' }, false],
    [{ key: 'k', value: '#' }, false],
    [{ key: 'aws:k', value: '' }, false],
    [{ key: 'AWS:k', value: '' }, false],
  ])('%j', async (input, accepted) => {
    const answer = tag(arns.cluster, [input]);
    if (accepted) await answer;
    else await expect(answer).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await list(arns.cluster)).toEqual(accepted ? [input] : []);
  });

  test('refuses one key twice', async () => {
    await expect(tag(arns.cluster, [...some(1), ...some(1)])).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test.each(refused)('refuses %s', async (arn, name, message) => {
    await expect(tag(arn, some(1))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  test.each(missing)('does not find %s', async (arn) => {
    await expect(tag(arn, some(1))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('refuses a service that was deleted', async () => {
    await deleteService();
    await expect(tag(arns.service, some(1))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('refuses what is no longer there', async () => {
    await rig.report(arns.task, 'STOPPED');
    await expect(tag(arns.task, some(1))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The specified task is stopped. Specify a running task and try again.',
    });
    await rig.ecs.send(
      new DeregisterContainerInstanceCommand({ containerInstance: arns['container-instance'], force: true }),
    );
    await expect(tag(arns['container-instance'], some(1))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await deleteService();
    await rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }));
    for (const arn of [arns.cluster, arns.task]) {
      await expect(tag(arn, some(1))).rejects.toMatchObject({
        name: 'ClusterNotFoundException',
        message: 'The referenced cluster was inactive.',
      });
    }
  });
});

describe('UntagResource', () => {
  test.each(kinds)('takes tags off a %s, and minds no key that is not there', async (kind) => {
    await tag(arns[kind], some(3));
    await untag(arns[kind], 'k1', 'nope');
    expect(await own(arns[kind])).toEqual([some(1)[0], ...some(1, 2)]);
    const { revision } = rig.controlPlane.store;
    await untag(arns[kind], 'k1');
    expect(rig.controlPlane.store.revision).toBe(revision);
  });

  test("refuses ECS's own tags, and keys that are none", async () => {
    for (const key of ['aws:ecs:clusterName', '', 'k'.repeat(129), 'k!']) {
      await expect(untag(arns.task, key)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    await untag(arns.task, ...some(50).map(({ key }) => key!));
    await expect(untag(arns.task, ...some(51).map(({ key }) => key!))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await list(arns.task)).toEqual([{ key: 'aws:ecs:clusterName', value: 'default' }]);
  });

  test.each(refused)('refuses %s', async (arn, name, message) => {
    await expect(untag(arn, 'k')).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  test.each(missing)('does not find %s', async (arn) => {
    await expect(untag(arn, 'k')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('ListTagsForResource', () => {
  test('answers an empty list for what is untagged', async () => {
    expect(await list(arns['task-definition'])).toEqual([]);
  });

  test.each(['StopTask', 'the end by itself'])('has no tags of a task after %s', async (end) => {
    await tag(arns.task, some(2));
    if (end === 'StopTask') await rig.ecs.send(new StopTaskCommand({ task: arns.task }));
    else await rig.report(arns.task, 'STOPPED', [{ containerName: 'web', status: 'STOPPED', exitCode: 0 }]);
    expect(await list(arns.task)).toEqual([]);
  });

  test.each(refused)('refuses %s', async (arn, name, message) => {
    await expect(list(arn)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  test.each(missing)('does not find %s', async (arn) => {
    await expect(list(arn)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The specified resource was not found.',
    });
  });
});
