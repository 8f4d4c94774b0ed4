// What IAM is asked about calls of CloudWatch Logs: resources as AWS's denials name them, and tags.
import {
  FilterLogEventsCommand,
  PutLogEventsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, it } from 'vitest';
import { logsAccess } from '../../../src/aws/logs/access.ts';
import { logsModel } from '../../../src/aws/logs/shapes.generated.ts';
import type { CreateAccessKeyOutput } from '../../../src/longshore/contract.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { LogsRig } from '../../../test-support/logs-rig.ts';
import { longshoreCall } from '../longshore-call.ts';

const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/app';
const caller = {
  accountId: '000000000000',
  region: 'us-east-1',
  principalArn: 'arn',
  keyKind: 'admin',
  accessKeyId: 'A',
};

let ecs: EcsRig;
let rig: LogsRig;
beforeEach(async () => {
  ecs = await EcsRig.open();
  rig = new LogsRig(ecs);
  await rig.group('/app');
});

it.each([
  ['CreateLogGroup', { logGroupName: '/app' }, [`${arn}:log-stream:`]],
  ['DescribeLogGroups', {}, ['arn:aws:logs:us-east-1:000000000000:log-group::log-stream:']],
  ['FilterLogEvents', { logGroupIdentifier: `${arn}:*` }, [`${arn}:log-stream:`]],
  ['PutLogEvents', { logGroupName: '/app', logStreamName: 'web/1' }, [`${arn}:log-stream:web/1`]],
  ['TagResource', { resourceArn: `${arn}:*` }, [arn]],
  [
    'StartQuery',
    { logGroupNames: ['/app', 'b'] },
    [`${arn}:log-stream:`, `${arn.replace('/app', 'b')}:log-stream:`],
  ],
  [
    'PutLogEvents',
    { logGroupName: 5, logStreamName: null },
    ['arn:aws:logs:us-east-1:000000000000:log-group::log-stream:'],
  ],
] as const)('%s of %j is about %j', (operation, input, expected) => {
  const access = logsAccess(rig.controlPlane.store)[operation]!;
  expect(access.resources!(input, caller as never)).toEqual(expected);
});

it('knows the tags of a group and those of a request', async () => {
  await rig.logs.send(new TagResourceCommand({ resourceArn: arn, tags: { team: 'a' } }));
  const access = logsAccess(rig.controlPlane.store)['PutLogEvents']!;
  expect(access.resourceTags!(`${arn}:log-stream:web/1`, caller as never)).toEqual({ team: 'a' });
  expect(access.resourceTags!(`${arn}x:log-stream:`, caller as never)).toBeUndefined();
  expect(access.requestTags!({ tags: { team: 'b' } }, caller as never)).toEqual({ team: 'b' });
  expect(access.requestTags!({ tags: ['x'] }, caller as never)).toEqual({});
});

it('has every operation that is about groups', () => {
  const aboutNone = [
    'DeleteQueryDefinition',
    'DescribeQueries',
    'DescribeQueryDefinitions',
    'GetLogRecord',
    'GetQueryResults',
    'PutQueryDefinition',
    'StopQuery',
    'TestMetricFilter',
  ];
  const listed = Object.keys(logsAccess(rig.controlPlane.store));
  expect([...listed, ...aboutNone].toSorted()).toEqual(Object.keys(logsModel.operations).toSorted());
});

it("keeps an agent's key from reading and writing events, and nothing of a denied call is done", async () => {
  await rig.stream('/app', 's');
  const { accessKey } = await longshoreCall<CreateAccessKeyOutput>(ecs, 'CreateAccessKey', { kind: 'agent' });
  const agent = rig.client('us-east-1', accessKey);
  const logEvents = [{ timestamp: rig.clock.now(), message: 'x' }];
  await expect(
    agent.send(new PutLogEventsCommand({ logGroupName: '/app', logStreamName: 's', logEvents })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`logs:PutLogEvents on resource: ${arn}:log-stream:s`),
  });
  await expect(agent.send(new FilterLogEventsCommand({ logGroupName: '/app' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  expect(await rig.filter({ logGroupName: '/app' })).toEqual([]);
});
