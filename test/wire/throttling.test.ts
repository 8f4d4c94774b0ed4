import { DescribeClustersCommand, ListClustersCommand } from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { ecsBuckets } from '../../src/aws/ecs/buckets.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

const refused = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
const open = () => EcsRig.open({ throttling: 'ecs' });

async function codes(rig: EcsRig, operation: string, count: number, input: object = {}) {
  const replies = [];
  for (let at = 0; at < count; at++) replies.push(await rawCall(rig, operation, input));
  return replies;
}

/** One operation of each bucket that is built and takes an input that leaves the bucket to speak first. */
const calls: [keyof typeof ecsBuckets, string, object][] = [
  ['clusterModify', 'DeleteCluster', { cluster: 'nope' }],
  ['clusterRead', 'DescribeClusters', {}],
  ['taskDefinitionModify', 'DeregisterTaskDefinition', { taskDefinition: 'nope:1' }],
  ['taskDefinitionRead', 'ListTaskDefinitions', {}],
  ['tagModify', 'TagResource', { resourceArn: 'nope', tags: [] }],
  ['tagRead', 'ListTagsForResource', { resourceArn: 'nope' }],
  ['settingModify', 'DeleteAccountSetting', { name: 'containerInsights' }],
  ['settingRead', 'ListAccountSettings', {}],
  ['clusterResourceModify', 'RunTask', { taskDefinition: 'nope' }],
  ['clusterResourceModify', 'StartTask', { taskDefinition: 'nope', containerInstances: ['x'] }],
  ['clusterResourceRead', 'DescribeTasks', { tasks: [] }],
  ['agentModify', 'SubmitTaskStateChange', {}],
  ['agentModify', 'DiscoverPollEndpoint', {}],
  ['taskProtection', 'GetTaskProtection', { cluster: 'nope' }],
];

describe('with throttling ecs', () => {
  test.each(calls)('bucket %s is used up by %s, and fills again', async (bucket, operation, input) => {
    const rig = await open();
    const { burst, refill } = ecsBuckets[bucket]!;
    const replies = await codes(rig, operation, burst + 2, input);
    expect(replies.slice(0, burst).filter(({ code }) => code === refused.code)).toEqual([]);
    expect(replies.slice(burst)).toMatchObject([refused, refused]);
    await rig.clock.advance(1000);
    const later = await codes(rig, operation, refill + 1, input);
    expect(later.filter(({ code }) => code === refused.code)).toHaveLength(1);
  });

  test('one operation uses up what another of its bucket has left, not what those of other buckets have', async () => {
    const rig = await open();
    for (let at = 0; at < 50; at++) await rig.ecs.send(new DescribeClustersCommand({}));
    await expect(rig.ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    });
    expect(await rawCall(rig, 'ListTaskDefinitions', {})).toMatchObject({ status: 200 });
  });

  test('each region has its own', async () => {
    const rig = await open();
    for (let at = 0; at < 50; at++) await rig.ecs.send(new ListClustersCommand({}));
    expect(await rawCall(rig, 'ListClusters', {})).toMatchObject(refused);
    expect((await rig.client('eu-west-1').send(new ListClustersCommand({}))).clusterArns).toEqual([]);
  });

  test('a refused request has done nothing', async () => {
    const rig = await open();
    await codes(rig, 'CreateCluster', 20, { clusterName: 'a' });
    expect(await rawCall(rig, 'CreateCluster', { clusterName: 'b' })).toMatchObject(refused);
    const { clusterArns } = await rig.ecs.send(new ListClustersCommand({}));
    expect(clusterArns).toHaveLength(1);
  });
});

test('throttling is off unless asked for', async () => {
  const replies = await codes(await EcsRig.open(), 'ListClusters', 200);
  expect(replies.every(({ status }) => status === 200)).toBe(true);
});
