// Sessions of roles and users: who may begin them, what they may do, and that they end.
import { DescribeClustersCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type AssumeRoleCommandInput,
  type Credentials as Given,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { seededRandom } from '../../../src/lib/random.ts';
import { MemoryJournal } from '../../../src/store/journal/memory-journal.ts';
import type { Credentials } from '../../../src/wire/sigv4/sign.ts';
import { account, EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';

let rig: EcsRig;
let admin: iam.IAMClient;
let ada: Credentials;
const RoleArn = `arn:aws:iam::${account}:role/web`;
const userArn = `arn:aws:iam::${account}:user/ada`;

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const trust = (Principal: object | string, more: object = {}, Action: string | string[] = 'sts:AssumeRole') =>
  policy({ Effect: 'Allow', Principal, Action, ...more });

beforeEach(async () => {
  rig = await EcsRig.open();
  admin = rig.clientOf(iam.IAMClient);
  ada = await newUser('ada');
});

async function newUser(UserName: string): Promise<Credentials> {
  await admin.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}
const permit = (PolicyDocument: string, UserName = 'ada') =>
  admin.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
async function newRole(
  document = trust({ AWS: userArn }),
  permissions = policy(allow('ecs:*')),
  more: object = {},
) {
  await admin.send(
    new iam.CreateRoleCommand({ RoleName: 'web', AssumeRolePolicyDocument: document, ...more }),
  );
  await admin.send(
    new iam.PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'p', PolicyDocument: permissions }),
  );
}
const clientOptions = () => ({ clock: rig.clock });
const sts = (credentials: Credentials = ada) =>
  sdkClientOf(STSClient, rig.controlPlane.handle, credentials, clientOptions());
const ecs = (credentials: Credentials) =>
  sdkClientOf(ECSClient, rig.controlPlane.handle, credentials, clientOptions());
const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Given): Credentials => ({
  accessKeyId: AccessKeyId!,
  secretAccessKey: SecretAccessKey!,
  sessionToken: SessionToken!,
});
const assume = (input: Partial<AssumeRoleCommandInput> = {}, by: Credentials = ada) =>
  sts(by).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'job-1', ...input }));
const assumed = async (input: Partial<AssumeRoleCommandInput> = {}, by: Credentials = ada) =>
  keysOf((await assume(input, by)).Credentials!);
const list = (credentials: Credentials) => ecs(credentials).send(new ListClustersCommand({}));

const sessionArn = `arn:aws:sts::${account}:assumed-role/web/job-1`;
const notAuthorized = (who: string, action: string, resource: string, because = '') => ({
  name: expect.stringMatching(/^AccessDenied/) as string,
  message: `User: ${who} is not authorized to perform: ${action} on resource: ${resource}${because}`,
});

describe('AssumeRole', () => {
  it('gives credentials that speak for the role until they end', async () => {
    await newRole();
    const reply = await assume({ DurationSeconds: 900 });
    expect(reply).toMatchObject({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
        Expiration: new Date(Math.floor((rig.clock.now() + 900_000) / 1000) * 1000),
      },
      AssumedRoleUser: {
        Arn: sessionArn,
        AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:job-1$/) as string,
      },
    });
    const keys = keysOf(reply.Credentials!);
    expect(await sts(keys).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: sessionArn,
      UserId: reply.AssumedRoleUser!.AssumedRoleId,
    });
    await list(keys);
    await rig.clock.advance(900_000);
    const ended = { message: 'The security token included in the request is expired' };
    await expect(list(keys)).rejects.toMatchObject({ name: 'ExpiredTokenException', ...ended });
    await expect(sts(keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      ...ended,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is for whom the trust policy names', async () => {
    const bob = await newUser('bob');
    await newRole();
    await expect(assume({}, bob)).rejects.toMatchObject(
      notAuthorized(`arn:aws:iam::${account}:user/bob`, 'sts:AssumeRole', RoleArn),
    );
  });

  it('is not told whether there is such a role', async () => {
    await expect(assume()).rejects.toMatchObject(notAuthorized(userArn, 'sts:AssumeRole', RoleArn));
  });

  it('needs the caller’s own policy where the trust policy names the account', async () => {
    await newRole(trust({ AWS: account }));
    await expect(assume()).rejects.toMatchObject(notAuthorized(userArn, 'sts:AssumeRole', RoleArn));
    await permit(policy(allow('sts:AssumeRole')));
    await assume();
  });

  it('is refused to the root too where the trust policy does not name it', async () => {
    await newRole();
    const root = rig.controlPlane.administrator;
    await expect(assume({}, root)).rejects.toMatchObject({ name: 'AccessDenied' });
    await admin.send(
      new iam.UpdateAssumeRolePolicyCommand({ RoleName: 'web', PolicyDocument: trust({ AWS: account }) }),
    );
    await assume({}, root);
  });

  it('keeps to an explicit deny of the caller', async () => {
    await newRole();
    await permit(policy({ ...allow('sts:*'), Effect: 'Deny' }));
    await expect(assume()).rejects.toMatchObject(
      notAuthorized(userArn, 'sts:AssumeRole', RoleArn, ' with an explicit deny in an identity-based policy'),
    );
  });

  it('asks for the external id that the trust policy wants', async () => {
    await newRole(trust({ AWS: userArn }, { Condition: { StringEquals: { 'sts:ExternalId': 'x-7' } } }));
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume({ ExternalId: 'x-8' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await assume({ ExternalId: 'x-7' });
  });

  it('limits the session to its policies', async () => {
    await newRole();
    const some = await assumed({ Policy: policy(allow('ecs:DescribeClusters')) });
    await ecs(some).send(new DescribeClustersCommand({}));
    await expect(list(some)).rejects.toMatchObject(
      notAuthorized(
        sessionArn,
        'ecs:ListClusters',
        '*',
        ' because no session policy allows the ecs:ListClusters action',
      ),
    );
    const managed = await assumed({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }] });
    await expect(list(managed)).rejects.toMatchObject({
      message: expect.stringContaining('no session policy allows') as string,
    });
    const more = await assumed({ Policy: policy(allow('*')) });
    const client = sdkClientOf(iam.IAMClient, rig.controlPlane.handle, more, clientOptions());
    await expect(client.send(new iam.ListUsersCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining(
        'because no identity-based policy allows the iam:ListUsers action',
      ) as string,
    });
  });

  it('takes tags that the trust policy lets be set, and passes them on', async () => {
    await newRole(trust({ AWS: [userArn, account] }));
    const Tags = [{ Key: 'team', Value: 'blue' }];
    await expect(assume({ Tags })).rejects.toMatchObject(notAuthorized(userArn, 'sts:TagSession', RoleArn));
    const PolicyDocument = trust({ AWS: [userArn, account] }, {}, ['sts:AssumeRole', 'sts:TagSession']);
    await admin.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: 'web', PolicyDocument }));
    const blueOnly = policy(
      allow('ecs:*', { Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } } }),
      allow('sts:AssumeRole'),
    );
    await admin.send(
      new iam.PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'p', PolicyDocument: blueOnly }),
    );
    const tagged = await assumed({ Tags, TransitiveTagKeys: ['team'] });
    await list(tagged);
    await expect(list(await assumed())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    // From session to session the tag stays, and cannot be set to another value.
    await list(await assumed({ RoleSessionName: 'job-2' }, tagged));
    const other = assume({ Tags: [{ Key: 'Team', Value: 'red' }] }, tagged);
    await expect(other).rejects.toMatchObject({
      name: expect.stringMatching(/AccessDenied|InvalidParameterValue/) as string,
    });
  });

  it('gives a session that another session began an hour at most', async () => {
    await newRole(trust({ AWS: [userArn, account] }), policy(allow('sts:AssumeRole')), {
      MaxSessionDuration: 43_200,
    });
    const first = await assumed({ DurationSeconds: 43_200 });
    await expect(assume({ DurationSeconds: 3601 }, first)).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    });
    await assume({ DurationSeconds: 3600 }, first);
  });

  it.each<[Partial<AssumeRoleCommandInput>, string, RegExp]>([
    [{ DurationSeconds: 899 }, 'ValidationError', /greater than or equal to 900/],
    [
      { DurationSeconds: 3601 },
      'ValidationError',
      /^The requested DurationSeconds exceeds the MaxSessionDuration set for this role\.$/,
    ],
    [{ RoleSessionName: 'x' }, 'ValidationError', /length greater than or equal to 2/],
    [{ RoleSessionName: 'a b' }, 'ValidationError', /regular expression/],
    [{ Policy: '{}' }, 'MalformedPolicyDocument', /^Syntax errors in policy\.$/],
    [{ Policy: 'x'.repeat(2049) }, 'PackedPolicyTooLarge', /too large/],
    [
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonNothing' }] },
      'MalformedPolicyDocument',
      /not attachable/,
    ],
    [
      { SerialNumber: 'arn:aws:iam::1:mfa/x', TokenCode: '123456' },
      'InvalidParameterValue',
      /does not support SerialNumber, TokenCode/,
    ],
    [{ TransitiveTagKeys: ['a'] }, 'InvalidParameterValue', /must be included/],
  ])('refuses %j', async (input, name, message) => {
    await newRole();
    await expect(assume(input)).rejects.toMatchObject({
      name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)) as string,
      message: expect.stringMatching(message) as string,
    });
  });

  it('remembers who it was at the source', async () => {
    await newRole(trust({ AWS: userArn }, {}, ['sts:AssumeRole', 'sts:SetSourceIdentity']));
    expect((await assume({ SourceIdentity: 'ada-herself' })).SourceIdentity).toBe('ada-herself');
  });

  it('puts on record that the role was used', async () => {
    await newRole();
    await assume();
    const { Role } = await admin.send(new iam.GetRoleCommand({ RoleName: 'web' }));
    expect(Role!.RoleLastUsed).toEqual({
      LastUsedDate: new Date(Math.floor(rig.clock.now() / 1000) * 1000),
      Region: 'us-east-1',
    });
  });
});

describe('a session', () => {
  it('follows what its role may do, and ends with it', async () => {
    await newRole();
    const keys = await assumed();
    await list(keys);
    await admin.send(new iam.DeleteRolePolicyCommand({ RoleName: 'web', PolicyName: 'p' }));
    await expect(list(keys)).rejects.toMatchObject(
      notAuthorized(
        sessionArn,
        'ecs:ListClusters',
        '*',
        ' because no identity-based policy allows the ecs:ListClusters action',
      ),
    );
    await admin.send(new iam.DeleteRoleCommand({ RoleName: 'web' }));
    // A role that is made again under the name is another one.
    await newRole();
    await expect(list(keys)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('is kept within the permissions boundary of its role', async () => {
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
    await newRole(trust({ AWS: userArn }), policy(allow('*')), { PermissionsBoundary });
    await expect(list(await assumed())).rejects.toMatchObject(
      notAuthorized(
        sessionArn,
        'ecs:ListClusters',
        '*',
        ' because no permissions boundary allows the ecs:ListClusters action',
      ),
    );
  });

  it('can be ended before its time by when it began', async () => {
    await newRole();
    const keys = await assumed();
    await rig.clock.advance(1000);
    const before = { DateLessThan: { 'aws:TokenIssueTime': new Date(rig.clock.now()).toISOString() } };
    const PolicyDocument = policy(allow('ecs:*'), { ...allow('*', { Condition: before }), Effect: 'Deny' });
    await admin.send(new iam.PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'p', PolicyDocument }));
    await expect(list(keys)).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy') as string,
    });
    await rig.clock.advance(1000);
    await list(await assumed());
  });

  it('is nobody’s without its token, or with another', async () => {
    await newRole();
    const [one, other] = [await assumed(), await assumed()];
    const invalid = { name: 'UnrecognizedClientException' };
    const { sessionToken: _, ...withoutToken } = one;
    await expect(list(withoutToken)).rejects.toMatchObject(invalid);
    await expect(list({ ...one, sessionToken: other.sessionToken! })).rejects.toMatchObject(invalid);
    await expect(list({ ...one, sessionToken: `x${one.sessionToken}` })).rejects.toMatchObject(invalid);
    await expect(list({ ...one, sessionToken: 'x'.repeat(20_000) })).rejects.toMatchObject(invalid);
    await expect(list({ ...ada, sessionToken: one.sessionToken! })).rejects.toMatchObject(invalid);
  });
});

describe('GetSessionToken', () => {
  const begin = (by: Credentials, DurationSeconds?: number) =>
    sts(by).send(new GetSessionTokenCommand({ ...(DurationSeconds !== undefined && { DurationSeconds }) }));

  it('gives a user credentials that end, for what the user may do', async () => {
    await permit(policy(allow(['ecs:*', 'iam:*'])));
    const { Credentials: given } = await begin(ada);
    expect(given!.Expiration!.getTime()).toBe(Math.floor((rig.clock.now() + 43_200_000) / 1000) * 1000);
    const keys = keysOf(given!);
    await list(keys);
    expect(await sts(keys).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: userArn });
    const client = sdkClientOf(iam.IAMClient, rig.controlPlane.handle, keys, clientOptions());
    await expect(client.send(new iam.ListUsersCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(begin(keys)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('needs no permission, and gives none', async () => {
    await expect(list(keysOf((await begin(ada)).Credentials!))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('gives the root an hour', async () => {
    const { Credentials: given } = await begin(rig.controlPlane.administrator);
    expect(given!.Expiration!.getTime()).toBe(Math.floor((rig.clock.now() + 3_600_000) / 1000) * 1000);
    await list(keysOf(given!));
  });

  it('is refused for more than 36 hours', async () => {
    await expect(begin(ada, 129_601)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('GetAccessKeyInfo', () => {
  it('tells the account of a key', async () => {
    const root = sts(rig.controlPlane.administrator);
    const info = (AccessKeyId: string) => root.send(new GetAccessKeyInfoCommand({ AccessKeyId }));
    expect((await info(ada.accessKeyId)).Account).toBe(account);
    await expect(info('AKIAIOSFODNN7EXAMPLE')).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

test('a user who is nothing may ask who it is, and nothing else', async () => {
  expect(await sts().send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: userArn });
  await expect(list(ada)).rejects.toMatchObject(
    notAuthorized(
      userArn,
      'ecs:ListClusters',
      '*',
      ' because no identity-based policy allows the ecs:ListClusters action',
    ),
  );
});

test('sessions go on after a restart of the server', async () => {
  const journal = new MemoryJournal({ durability: 'immediate' });
  rig = await EcsRig.open({ journal });
  admin = rig.clientOf(iam.IAMClient);
  ada = await newUser('ada');
  await newRole();
  const keys = await assumed();
  await rig.controlPlane.stop();
  rig = await EcsRig.open({ journal: journal.crash(), random: seededRandom(8) });
  await list(keys);
});
