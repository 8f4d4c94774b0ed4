// Longshore's own ListTrailEvents, through the whole server: events of all regions, by several conditions at once, and as they come.
import { CreateClusterCommand, DeleteClusterCommand, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { sdkClient } from '../../../test-support/sdk-client.ts';
import { TrailRig, type TrailRecord } from '../../../test-support/trail-rig.ts';
import type { Credentials } from '../../../src/wire/sigv4/sign.ts';
import { longshoreCall } from '../longshore-call.ts';

interface Shown {
  readonly eventName: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly record: string;
}
interface Answer {
  readonly events: readonly Shown[];
  readonly last: string;
  readonly more: boolean;
}

let rig: TrailRig;
beforeEach(async () => {
  rig = await TrailRig.open();
});

const list = (input: object = {}, key?: Credentials): Promise<Answer> =>
  longshoreCall<Answer>(rig.ecs, 'ListTrailEvents', input, key);
const names = ({ events }: Answer): string[] => events.map(({ eventName }) => eventName);
const whats = ({ events }: Answer): string[] => events.map(({ resources }) => resources.join());
const create = (clusterName: string, region = 'us-east-1') =>
  rig.ecs.client(region).send(new CreateClusterCommand({ clusterName }));

async function aUser(name: string): Promise<Credentials> {
  const iam = rig.ecs.clientOf(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: name }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

describe('ListTrailEvents', () => {
  it('tells of an event what it is found by, and its record', async () => {
    await create('web');
    const { events, more } = await list();
    expect(more).toBe(false);
    expect(events).toEqual([
      {
        eventId: expect.any(String),
        eventTime: Math.floor(rig.ecs.clock.now() / 1000),
        eventSource: 'ecs.amazonaws.com',
        eventName: 'CreateCluster',
        region: 'us-east-1',
        userName: 'administrator',
        accessKeyId: rig.ecs.controlPlane.administrator.accessKeyId,
        denied: false,
        resources: ['web'],
        record: expect.any(String),
      },
    ]);
    const record = JSON.parse(events[0]!.record) as TrailRecord;
    expect(record.requestParameters).toEqual({ clusterName: 'web' });
  });

  it('answers the newest of all regions, the oldest of them first, and whether there are earlier ones', async () => {
    for (const [at, region] of ['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1'].entries()) {
      await create(`c${at}`, region);
      await rig.ecs.clock.advance(1000);
    }
    const some = await list({ maxResults: 3 });
    expect(whats(some)).toEqual(['c1', 'c2', 'c3']);
    expect(some.events.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1', 'eu-west-1']);
    expect(some.more).toBe(true);
    expect(await list({ maxResults: 4 })).toMatchObject({ more: false });
  });

  it('goes on after a place with what has come since, a page at a time', async () => {
    await create('a');
    const { last } = await list();
    expect(await list({ after: last })).toEqual({ events: [], last, more: false });
    for (const name of ['b', 'c', 'd']) await create(name, name === 'c' ? 'eu-west-1' : 'us-east-1');
    const page = await list({ after: last, maxResults: 2 });
    expect([whats(page), page.more]).toEqual([['b', 'c'], true]);
    const rest = await list({ after: page.last, maxResults: 2 });
    expect([whats(rest), rest.more]).toEqual([['d'], false]);
  });

  it('takes several conditions at once, of the newest and of what comes', async () => {
    const { last } = await list();
    const key = await aUser('ann');
    const ann = sdkClient(rig.ecs.controlPlane.handle, key, { clock: rig.ecs.clock });
    await expect(ann.send(new ListClustersCommand({}))).rejects.toThrow('not authorized');
    await create('web');
    const missing = rig.ecs.ecs.send(new DeleteClusterCommand({ cluster: 'none' }));
    await expect(missing).rejects.toThrow('Cluster not found.');
    await rig.ecs.clock.advance(60_000);
    await create('later');
    const source = { eventSource: 'ecs.amazonaws.com' };
    const since = Math.floor(rig.ecs.clock.now() / 1000);
    const cases: [object, string[]][] = [
      [{ userName: 'ann' }, ['ListClusters']],
      [{ denied: true }, ['ListClusters']],
      [{ ...source, denied: true, userName: 'administrator' }, []],
      [{ eventName: 'CreateUser' }, ['CreateUser']],
      [{ ...source, userName: 'administrator' }, ['CreateCluster', 'DeleteCluster', 'CreateCluster']],
      [{ ...source, eventName: 'CreateUser' }, []],
      [{ startTime: since }, ['CreateCluster']],
    ];
    for (const [input, found] of cases)
      for (const place of [{}, { after: last }])
        expect([input, names(await list({ ...input, ...place }))]).toEqual([input, found]);
  });

  it.each([
    [{ maxResults: 0 }, 'maxResults must be from 1 to 1000.'],
    [{ maxResults: 1001 }, 'maxResults must be from 1 to 1000.'],
    [{ after: 'yesterday' }, 'after must be what an earlier answer has as last.'],
    [{ after: '-1' }, 'after must be what an earlier answer has as last.'],
  ])('refuses %j: %s', async (input, message) => {
    await expect(list(input)).rejects.toMatchObject({ code: 'InvalidParameterException', message });
  });

  it('is allowed to those who may look events up too, and refused to others', async () => {
    const key = await aUser('ann');
    const iam = rig.ecs.clientOf(IAMClient);
    const allow = (Action: string[]) =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'ann',
          PolicyName: 'trail',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action, Resource: '*' },
          }),
        }),
      );
    await expect(list({}, key)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await allow(['longshore:ListTrailEvents']);
    await expect(list({}, key)).rejects.toThrow('is not authorized to perform: cloudtrail:LookupEvents');
    await allow(['longshore:ListTrailEvents', 'cloudtrail:LookupEvents']);
    const { events } = await list({ userName: 'ann' }, key);
    const denied = { eventName: 'ListTrailEvents', denied: true, errorCode: 'AccessDeniedException' };
    expect(events).toMatchObject([denied, denied]);
  });
});
