// CloudTrail's LookupEvents, through the whole server: which calls are on record, what is said of them, and how they are found.
import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  LookupEventsCommand,
  type Event,
  type LookupAttributeKey,
} from '@aws-sdk/client-cloudtrail';
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DeleteClusterCommand, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import { agentConnectParams } from '../../../src/acs/connect-params.ts';
import type { CreateAccessKeyOutput } from '../../../src/longshore/contract.ts';
import { sdkClient } from '../../../test-support/sdk-client.ts';
import { recordOf, TrailRig } from '../../../test-support/trail-rig.ts';
import { longshoreCall } from '../longshore-call.ts';

let rig: TrailRig;
beforeEach(async () => {
  rig = await TrailRig.open();
});

const send: TrailRig['ecs']['ecs']['send'] = ((command: never) => rig.ecs.ecs.send(command)) as never;

/** A user without any policy, with a key. */
async function aUser(name: string) {
  const iam = rig.ecs.clientOf(IAMClient);
  const { User } = await iam.send(new CreateUserCommand({ UserName: name }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  return { id: User!.UserId!, key };
}

const asUser = (key: { accessKeyId: string; secretAccessKey: string }) =>
  sdkClient(rig.ecs.controlPlane.handle, key, { clock: rig.ecs.clock });

describe('LookupEvents', () => {
  it('tells of a changing call all that CloudTrail does', async () => {
    const { $metadata } = await send(new CreateClusterCommand({ clusterName: 'web' }));
    const [event] = await rig.events();
    const { accessKeyId } = rig.ecs.controlPlane.administrator;
    expect(event).toEqual({
      EventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      EventName: 'CreateCluster',
      ReadOnly: 'false',
      AccessKeyId: accessKeyId,
      EventTime: new Date(Math.floor(rig.ecs.clock.now() / 1000) * 1000),
      EventSource: 'ecs.amazonaws.com',
      Username: 'administrator',
      Resources: [
        { ResourceType: 'AWS::ECS::Cluster', ResourceName: 'web' },
        { ResourceType: 'AWS::ECS::Cluster', ResourceName: 'arn:aws:ecs:us-east-1:000000000000:cluster/web' },
      ],
      CloudTrailEvent: expect.any(String),
    });
    expect(recordOf(event!)).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA/),
        arn: 'arn:aws:iam::000000000000:user/administrator',
        accountId: '000000000000',
        accessKeyId,
        userName: 'administrator',
      },
      eventTime: new Date(event!.EventTime!).toISOString().replace('.000', ''),
      eventSource: 'ecs.amazonaws.com',
      eventName: 'CreateCluster',
      awsRegion: 'us-east-1',
      sourceIPAddress: 'unknown',
      userAgent: expect.stringContaining('aws-sdk-js'),
      requestParameters: { clusterName: 'web' },
      responseElements: { cluster: expect.objectContaining({ clusterName: 'web', status: 'ACTIVE' }) },
      requestID: $metadata.requestId,
      eventID: event!.EventId,
      readOnly: false,
      resources: [
        {
          ARN: 'arn:aws:ecs:us-east-1:000000000000:cluster/web',
          accountId: '000000000000',
          type: 'AWS::ECS::Cluster',
        },
      ],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '000000000000',
      eventCategory: 'Management',
    });
  });

  it('has no reading call, and a failed one with its error', async () => {
    await send(new ListClustersCommand({}));
    await expect(send(new DeleteClusterCommand({ cluster: 'none' }))).rejects.toThrow('Cluster not found.');
    expect(await rig.records()).toEqual([
      expect.objectContaining({
        eventName: 'DeleteCluster',
        errorCode: 'ClusterNotFoundException',
        errorMessage: 'Cluster not found.',
        requestParameters: { cluster: 'none' },
        responseElements: null,
      }),
    ]);
  });

  it('has every denial, of reading calls too, with who was denied', async () => {
    const { id, key } = await aUser('ann');
    await expect(asUser(key).send(new ListClustersCommand({}))).rejects.toThrow('not authorized');
    const [denied] = await rig.by('Username', 'ann');
    expect(denied).toMatchObject({
      EventName: 'ListClusters',
      ReadOnly: 'true',
      AccessKeyId: key.accessKeyId,
    });
    expect(recordOf(denied!)).toMatchObject({
      errorCode: 'AccessDeniedException',
      errorMessage: expect.stringContaining('is not authorized to perform: ecs:ListClusters'),
      userIdentity: { type: 'IAMUser', principalId: id, userName: 'ann' },
    });
  });

  it('has calls that nobody signed rightly, under the key that they name', async () => {
    const { accessKeyId } = rig.ecs.controlPlane.administrator;
    const wrong = asUser({ accessKeyId, secretAccessKey: 'not the secret' });
    await expect(wrong.send(new CreateClusterCommand({}))).rejects.toThrow('does not match');
    const unknown = asUser({ accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' });
    await expect(unknown.send(new CreateClusterCommand({}))).rejects.toThrow('invalid');
    expect(await rig.records()).toEqual([
      expect.objectContaining({
        userIdentity: { type: 'Unknown', accessKeyId },
        errorCode: 'InvalidSignatureException',
        eventName: 'CreateCluster',
        requestParameters: null,
      }),
      expect.objectContaining({
        userIdentity: { type: 'Unknown', accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' },
        errorCode: 'UnrecognizedClientException',
      }),
    ]);
    expect(await rig.by('AccessKeyId', 'AKIAAAAAAAAAAAAAAAAA')).toHaveLength(1);
  });

  it('has what an agent may not do over its links', async () => {
    const { accessKey } = await longshoreCall<CreateAccessKeyOutput>(rig.ecs, 'CreateAccessKey', {
      kind: 'agent',
    });
    await send(new CreateClusterCommand({}));
    const instance = await rig.ecs.instance({ connected: false });
    const { controlPlane } = rig.ecs;
    const caller = {
      accountId: '000000000000',
      region: 'us-east-1',
      accessKeyId: accessKey.accessKeyId,
      principalArn: 'arn:aws:iam::000000000000:user/agent',
    };
    const params = agentConnectParams(
      new URLSearchParams({ containerInstanceArn: instance, protocolVersion: '1' }),
    );
    expect(() => controlPlane.link.check('ecs:Poll', params, caller)).toThrow();
    const [event] = await rig.by('EventName', 'Poll');
    expect(event).toMatchObject({ EventSource: 'ecs.amazonaws.com', Username: 'agent' });
    expect(recordOf(event!)).toMatchObject({ errorCode: 'AccessDeniedException', eventCategory: 'Data' });
  });

  it('does not keep what is no key where a key should be: it may be a secret', async () => {
    const swapped = asUser({ accessKeyId: 'a-secret-in-the-wrong-place', secretAccessKey: 'x' });
    await expect(swapped.send(new CreateClusterCommand({}))).rejects.toThrow();
    const [record] = await rig.records();
    expect(record!.userIdentity).toEqual({ type: 'Unknown' });
    expect(JSON.stringify(record)).not.toContain('a-secret');
  });

  it('tells the session of a role from its role', async () => {
    const iam = rig.ecs.clientOf(IAMClient);
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } };
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'ops', AssumeRolePolicyDocument: trust }),
    );
    const everything = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' };
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'ops',
        PolicyName: 'ecs',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: everything }),
      }),
    );
    const sts = rig.ecs.clientOf(STSClient);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'night' }),
    );
    const { AccessKeyId: accessKeyId, SecretAccessKey, SessionToken } = Credentials!;
    const client = sdkClient(
      rig.ecs.controlPlane.handle,
      { accessKeyId: accessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! },
      { clock: rig.ecs.clock },
    );
    await client.send(new CreateClusterCommand({ clusterName: 'nightly' }));
    const [event] = await rig.by('Username', 'night');
    expect(recordOf(event!).userIdentity).toEqual({
      type: 'AssumedRole',
      principalId: `${Role!.RoleId}:night`,
      arn: 'arn:aws:sts::000000000000:assumed-role/ops/night',
      accountId: '000000000000',
      accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: Role!.RoleId,
          arn: Role!.Arn,
          accountId: '000000000000',
          userName: 'ops',
        },
        attributes: { creationDate: expect.stringMatching(/Z$/), mfaAuthenticated: 'false' },
      },
    });
    const [assumed] = await rig.by('EventName', 'AssumeRole');
    expect(assumed!.ReadOnly).toBe('true');
    const { requestParameters, responseElements } = recordOf(assumed!);
    expect(requestParameters).toEqual({ roleArn: Role!.Arn, roleSessionName: 'night' });
    expect(responseElements!['credentials']).toEqual({
      accessKeyId,
      secretAccessKey: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      sessionToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      expiration: expect.stringMatching(/Z$/),
    });
  });

  it('finds events by each attribute, and nothing that has another value', async () => {
    await send(new CreateClusterCommand({ clusterName: 'web' }));
    const { Vpc } = await rig.ecs
      .clientOf(EC2Client)
      .send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const { key } = await aUser('ann');
    await expect(asUser(key).send(new ListClustersCommand({}))).rejects.toThrow();
    const [created] = await rig.by('EventName', 'CreateCluster');
    const cases: [LookupAttributeKey, string, string[]][] = [
      ['EventId', created!.EventId!, ['CreateCluster']],
      ['EventName', 'CreateVpc', ['CreateVpc']],
      ['ReadOnly', 'true', ['ListClusters']],
      ['ReadOnly', 'false', ['CreateAccessKey', 'CreateUser', 'CreateVpc', 'CreateCluster']],
      ['ReadOnly', 'no', []],
      ['Username', 'ann', ['ListClusters']],
      ['ResourceType', 'AWS::EC2::VPC', ['CreateVpc']],
      ['ResourceName', Vpc!.VpcId!, ['CreateVpc']],
      ['ResourceName', 'web', ['CreateCluster']],
      ['ResourceName', 'arn:aws:ecs:us-east-1:000000000000:cluster/web', ['CreateCluster']],
      ['ResourceName', 'ann', ['CreateAccessKey', 'CreateUser']],
      ['EventSource', 'ec2.amazonaws.com', ['CreateVpc']],
      ['AccessKeyId', key.accessKeyId, ['ListClusters']],
      ['EventName', 'createvpc', []],
    ];
    for (const [attribute, value, names] of cases) {
      const found = await rig.by(attribute, value);
      expect([attribute, value, found.map(({ EventName }) => EventName)]).toEqual([attribute, value, names]);
    }
  });

  it('is of one region', async () => {
    await rig.ecs.client('eu-west-1').send(new CreateClusterCommand({ clusterName: 'far' }));
    expect(await rig.events()).toEqual([]);
    const there = rig.ecs.clientOf(CloudTrailClient, 'eu-west-1');
    const { Events } = await there.send(new LookupEventsCommand({}));
    expect(Events!.map(({ EventName }) => EventName)).toEqual(['CreateCluster']);
  });

  it('answers pages, newest first, within a range of time', async () => {
    const start = rig.ecs.clock.now();
    for (let at = 0; at < 7; at += 1) {
      await send(new CreateClusterCommand({ clusterName: `c${at}` }));
      await rig.ecs.clock.advance(1000);
    }
    const nameOf = ({ Resources }: Event) => Resources![0]!.ResourceName;
    const all = ['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0'];
    expect((await rig.events({ MaxResults: 3 })).map(nameOf)).toEqual(all);
    const input = { StartTime: new Date(start + 2000), EndTime: new Date(start + 4000), MaxResults: 1 };
    expect((await rig.events(input)).map(nameOf)).toEqual(['c4', 'c3', 'c2']);
    const { NextToken } = await rig.trail.send(new LookupEventsCommand({ MaxResults: 3 }));
    await send(new CreateClusterCommand({ clusterName: 'later' }));
    const { Events } = await rig.trail.send(new LookupEventsCommand({ NextToken, MaxResults: 2 }));
    expect(Events!.map(nameOf)).toEqual(['c3', 'c2']);
  });

  it('has no Insights events', async () => {
    await send(new CreateClusterCommand({}));
    expect(await rig.events({ EventCategory: 'insight' })).toEqual([]);
  });

  it.each([
    [{ MaxResults: 0 }, 'InvalidMaxResultsException'],
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ StartTime: new Date(2000), EndTime: new Date(1000) }, 'InvalidTimeRangeException'],
    [{ NextToken: 'x' }, 'InvalidNextTokenException'],
    [{ EventCategory: 'other' as never }, 'InvalidEventCategoryException'],
    [
      { LookupAttributes: [{ AttributeKey: 'Colour' as never, AttributeValue: 'x' }] },
      'InvalidLookupAttributesException',
    ],
    [
      { LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: '' }] },
      'InvalidLookupAttributesException',
    ],
    [
      {
        LookupAttributes: [
          { AttributeKey: 'EventName' as const, AttributeValue: 'a' },
          { AttributeKey: 'Username' as const, AttributeValue: 'b' },
        ],
      },
      'InvalidLookupAttributesException',
    ],
  ])('refuses %j with %s', async (input, name) => {
    await expect(rig.trail.send(new LookupEventsCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuses a token with other parameters', async () => {
    await send(new CreateClusterCommand({ clusterName: 'a' }));
    await send(new CreateClusterCommand({ clusterName: 'b' }));
    const { NextToken } = await rig.trail.send(new LookupEventsCommand({ MaxResults: 1 }));
    const other = { NextToken, StartTime: new Date(1000) };
    await expect(rig.trail.send(new LookupEventsCommand(other))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('is refused to those who may not, and allowed by a managed policy of AWS', async () => {
    const { key } = await aUser('ann');
    const trail = rig.trailOf(key);
    await expect(trail.send(new LookupEventsCommand({}))).rejects.toThrow(
      'is not authorized to perform: cloudtrail:LookupEvents on resource: *',
    );
    await rig.ecs
      .clientOf(IAMClient)
      .send(
        new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
      );
    expect((await trail.send(new LookupEventsCommand({}))).Events!.length).toBeGreaterThan(0);
  });

  it('is limited to two calls a second where calls are throttled', async () => {
    rig = await TrailRig.open({ throttling: 'ecs' });
    const lookup = () => rig.trail.send(new LookupEventsCommand({}));
    await lookup();
    await lookup();
    await expect(lookup()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await rig.ecs.clock.advance(500);
    await lookup();
  });

  it('finds nothing where nothing is put on record', async () => {
    rig = await TrailRig.open({ trailKept: 0 });
    await send(new CreateClusterCommand({}));
    expect(await rig.events()).toEqual([]);
  });

  it('forgets events that are older than they are kept', async () => {
    rig = await TrailRig.open({ trailKept: 24 * 3_600_000 });
    for (let at = 0; at < 2; at += 1) {
      await send(new CreateClusterCommand({ clusterName: `c${at}` }));
      await rig.ecs.clock.advance(13 * 3_600_000);
    }
    const names = (await rig.by('EventName', 'CreateCluster')).map(
      ({ Resources }) => Resources![0]!.ResourceName,
    );
    expect(names).toEqual(['c1']);
    expect(await rig.by('ResourceName', 'c0')).toEqual([]);
  });
});

it('does not serve trails, and says so', async () => {
  for (const command of [
    new DescribeTrailsCommand({}),
    new CreateTrailCommand({ Name: 'all', S3BucketName: 'logs' }),
  ])
    await expect(rig.trail.send(command as never)).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
      message: expect.stringContaining(command.constructor.name.replace('Command', '')),
    });
});
