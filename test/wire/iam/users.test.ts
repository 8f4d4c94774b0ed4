// Users, groups and their keys, through the SDK's own client.
import * as iam from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { account, EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { error } from './iam-rig.ts';

let rig: EcsRig;
let client: iam.IAMClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  client = rig.clientOf(iam.IAMClient);
});

const user = (UserName = 'ada', more: object = {}) =>
  client.send(new iam.CreateUserCommand({ UserName, ...more }));
const group = (GroupName = 'staff') => client.send(new iam.CreateGroupCommand({ GroupName }));
const noUser = error('NoSuchEntity', 'The user with name ada cannot be found.', 404);
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }],
});
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('CreateUser', () => {
  it('makes a user, with path, tags and boundary', async () => {
    const { User } = await user('ada', {
      Path: '/team/',
      Tags: [{ Key: 'team', Value: 'blue' }],
      PermissionsBoundary: readOnly,
    });
    expect(User).toEqual({
      Path: '/team/',
      UserName: 'ada',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${account}:user/team/ada`,
      CreateDate: new Date(rig.clock.now()),
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly },
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
  });

  it.each<[string, object, ReturnType<typeof error>]>([
    ['ada', {}, error('EntityAlreadyExists', 'User with name ada already exists.', 409)],
    ['ADA', {}, error('EntityAlreadyExists', 'User with name ADA already exists.', 409)],
    ['administrator', {}, error('EntityAlreadyExists', 'User with name administrator already exists.', 409)],
    [
      'a b',
      {},
      error(
        'ValidationError',
        'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
        400,
      ),
    ],
    [
      'x'.repeat(65),
      {},
      error(
        'ValidationError',
        `1 validation error detected: Value '${'x'.repeat(65)}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
        400,
      ),
    ],
    [
      'bob',
      { Path: 'team' },
      error(
        'ValidationError',
        'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
        400,
      ),
    ],
    [
      'bob',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      error('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.', 400),
    ],
    [
      'bob',
      { PermissionsBoundary: 'arn:aws:iam::aws:policy/Nothing' },
      error(
        'NoSuchEntity',
        'Scope ARN: arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.',
        404,
      ),
    ],
  ])('refuses %s with %j', async (name, more, refusal) => {
    await user();
    await expect(user(name, more)).rejects.toMatchObject(refusal);
  });
});

describe('GetUser', () => {
  it('is of whoever asks where no name is given', async () => {
    const { User } = await client.send(new iam.GetUserCommand({}));
    expect(User).toMatchObject({
      UserName: 'administrator',
      Arn: `arn:aws:iam::${account}:user/administrator`,
    });
  });
  it('is refused where there is none of that name', async () => {
    await expect(client.send(new iam.GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(noUser);
  });
  it('finds a name in any case', async () => {
    await user();
    expect((await client.send(new iam.GetUserCommand({ UserName: 'Ada' }))).User?.UserName).toBe('ada');
  });
});

describe('ListUsers', () => {
  it('lists pages in the order of names, of a path', async () => {
    for (const name of ['c', 'a', 'b']) await user(name, { Path: name === 'a' ? '/x/' : '/' });
    const first = await client.send(new iam.ListUsersCommand({ MaxItems: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, Users: [{ UserName: 'a' }, { UserName: 'b' }] });
    const last = await client.send(new iam.ListUsersCommand({ MaxItems: 2, Marker: first.Marker! }));
    expect(last).toMatchObject({ IsTruncated: false, Users: [{ UserName: 'c' }] });
    const within = await client.send(new iam.ListUsersCommand({ PathPrefix: '/x' }));
    expect(within.Users).toMatchObject([{ UserName: 'a' }]);
  });
  it.each([
    [{ Marker: 'junk' }, 'Invalid Marker. Use the Marker of the previous answer, with the same parameters.'],
    [
      { MaxItems: 1001 },
      "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
  ])('refuses %j', async (input, message) => {
    await expect(client.send(new iam.ListUsersCommand(input))).rejects.toMatchObject(
      error('ValidationError', message, 400),
    );
  });
});

describe('UpdateUser', () => {
  it('renames the user with its keys and groups', async () => {
    await user();
    await group();
    await client.send(new iam.AddUserToGroupCommand({ UserName: 'ada', GroupName: 'staff' }));
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    await client.send(new iam.UpdateUserCommand({ UserName: 'ada', NewUserName: 'eve', NewPath: '/x/' }));
    const listed = await client.send(new iam.ListAccessKeysCommand({ UserName: 'eve' }));
    expect(listed.AccessKeyMetadata).toMatchObject([
      { AccessKeyId: AccessKey!.AccessKeyId, UserName: 'eve' },
    ]);
    const { Users } = await client.send(new iam.GetGroupCommand({ GroupName: 'staff' }));
    expect(Users).toMatchObject([{ UserName: 'eve', Arn: `arn:aws:iam::${account}:user/x/eve` }]);
  });
  it('refuses a name that is taken, or a user that is not there', async () => {
    await user();
    await user('bob');
    await expect(
      client.send(new iam.UpdateUserCommand({ UserName: 'ada', NewUserName: 'bob' })),
    ).rejects.toMatchObject(error('EntityAlreadyExists', 'User with name bob already exists.', 409));
    await expect(client.send(new iam.UpdateUserCommand({ UserName: 'eve' }))).rejects.toMatchObject(
      error('NoSuchEntity', 'The user with name eve cannot be found.', 404),
    );
  });
});

describe('DeleteUser', () => {
  const gone = () => client.send(new iam.DeleteUserCommand({ UserName: 'ada' }));
  test.each<[string, () => Promise<unknown>, string]>([
    ['keys', () => client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' })), 'delete access keys'],
    [
      'policies attached',
      () => client.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: readOnly })),
      'detach all policies',
    ],
    [
      'inline policies',
      () =>
        client.send(
          new iam.PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'p', PolicyDocument: document }),
        ),
      'delete policies',
    ],
  ])('is refused while it has %s', async (_what, give, first) => {
    await user();
    await give();
    await expect(gone()).rejects.toMatchObject(
      error('DeleteConflict', `Cannot delete entity, must ${first} first.`, 409),
    );
  });
  it('deletes one that has nothing, once', async () => {
    await user();
    await gone();
    await expect(gone()).rejects.toMatchObject(noUser);
  });
});

describe('CreateAccessKey', () => {
  it('makes two keys that speak for the user', async () => {
    const { User } = await user();
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey!;
    const sts = sdkClientOf(
      STSClient,
      rig.controlPlane.handle,
      { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
      { clock: rig.clock },
    );
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: User!.Arn,
      UserId: User!.UserId,
      Account: account,
    });
    await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    await expect(client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      error('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2', 409),
    );
  });
  it('is refused where there is no such user', async () => {
    await expect(client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      noUser,
    );
  });
});

describe('UpdateAccessKey', () => {
  it('makes a key useless, and useful again', async () => {
    await user();
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey!;
    const own = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
    const sts = sdkClientOf(STSClient, rig.controlPlane.handle, own, { clock: rig.clock });
    const set = (Status: iam.StatusType) =>
      client.send(new iam.UpdateAccessKeyCommand({ UserName: 'ada', AccessKeyId: accessKeyId!, Status }));
    await set('Inactive');
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await set('Active');
    await sts.send(new GetCallerIdentityCommand({}));
  });
  it('leaves the last key of the root as it is', async () => {
    const { accessKeyId } = rig.controlPlane.administrator;
    const set = client.send(new iam.UpdateAccessKeyCommand({ AccessKeyId: accessKeyId, Status: 'Inactive' }));
    await expect(set).rejects.toMatchObject({ message: expect.stringContaining('last active access key') });
  });
});

describe('DeleteAccessKey', () => {
  it('deletes a key of the user, and no other', async () => {
    await user();
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    const remove = (AccessKeyId: string) =>
      client.send(new iam.DeleteAccessKeyCommand({ UserName: 'ada', AccessKeyId }));
    const other = rig.controlPlane.administrator.accessKeyId;
    await expect(remove(other)).rejects.toMatchObject(
      error('NoSuchEntity', `The Access Key with id ${other} cannot be found.`, 404),
    );
    await remove(AccessKey!.AccessKeyId!);
    const { AccessKeyMetadata } = await client.send(new iam.ListAccessKeysCommand({ UserName: 'ada' }));
    expect(AccessKeyMetadata).toEqual([]);
  });
});

describe('ListAccessKeys', () => {
  it('lists those of whoever asks where no name is given', async () => {
    const { AccessKeyMetadata } = await client.send(new iam.ListAccessKeysCommand({}));
    expect(AccessKeyMetadata).toMatchObject([
      {
        AccessKeyId: rig.controlPlane.administrator.accessKeyId,
        UserName: 'administrator',
        Status: 'Active',
      },
    ]);
  });
  it('is refused where there is no such user', async () => {
    await expect(client.send(new iam.ListAccessKeysCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      noUser,
    );
  });
});

describe('GetAccessKeyLastUsed', () => {
  it('tells when, where and for what a user used it', async () => {
    await user();
    await client.send(
      new iam.PutUserPolicyCommand({
        UserName: 'ada',
        PolicyName: 'p',
        PolicyDocument: document.replace('ecs:*', 'iam:*'),
      }),
    );
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey!;
    const used = () => client.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId! }));
    expect((await used()).AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    const own = sdkClientOf(
      iam.IAMClient,
      rig.controlPlane.handle,
      { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
      { clock: rig.clock },
    );
    await own.send(new iam.ListUsersCommand({}));
    expect(await used()).toMatchObject({
      UserName: 'ada',
      AccessKeyLastUsed: {
        ServiceName: 'iam',
        Region: 'us-east-1',
        LastUsedDate: new Date(Math.floor(rig.clock.now() / 1000) * 1000),
      },
    });
  });
  it('is refused for a key that is not there', async () => {
    await expect(
      client.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
    ).rejects.toMatchObject(
      error('NoSuchEntity', 'The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.', 404),
    );
  });
});

describe.each([
  ['ListMFADevices', iam.ListMFADevicesCommand, 'MFADevices'],
  ['ListSSHPublicKeys', iam.ListSSHPublicKeysCommand, 'SSHPublicKeys'],
  ['ListSigningCertificates', iam.ListSigningCertificatesCommand, 'Certificates'],
  ['ListServiceSpecificCredentials', iam.ListServiceSpecificCredentialsCommand, 'ServiceSpecificCredentials'],
] as const)('%s', (_name, Command, member) => {
  const list = () => client.send(new Command({ UserName: 'ada' }) as iam.ListMFADevicesCommand);
  it('lists none, of a user that is there', async () => {
    await expect(list()).rejects.toMatchObject(noUser);
    await user();
    expect(await list()).toMatchObject({ [member]: [] });
  });
});

describe('ListVirtualMFADevices', () => {
  it('lists none', async () => {
    expect(await client.send(new iam.ListVirtualMFADevicesCommand({}))).toMatchObject({
      VirtualMFADevices: [],
    });
  });
});

describe.each([
  ['ListOpenIDConnectProviders', iam.ListOpenIDConnectProvidersCommand, 'OpenIDConnectProviderList'],
  ['ListSAMLProviders', iam.ListSAMLProvidersCommand, 'SAMLProviderList'],
  ['ListServerCertificates', iam.ListServerCertificatesCommand, 'ServerCertificateMetadataList'],
] as const)('%s', (_name, Command, member) => {
  it('lists none', async () => {
    expect(await client.send(new Command({}) as iam.ListServerCertificatesCommand)).toMatchObject({
      [member]: [],
    });
  });
});

describe.each([
  ['GetLoginProfile', iam.GetLoginProfileCommand],
  ['DeleteLoginProfile', iam.DeleteLoginProfileCommand],
] as const)('%s', (_name, Command) => {
  it('finds none: nobody has a password', async () => {
    const call = () => client.send(new Command({ UserName: 'ada' }) as iam.GetLoginProfileCommand);
    await expect(call()).rejects.toMatchObject(noUser);
    await user();
    await expect(call()).rejects.toMatchObject(
      error('NoSuchEntity', 'Login Profile for User ada cannot be found.', 404),
    );
  });
});

describe('CreateGroup', () => {
  it('makes a group, once', async () => {
    expect((await group()).Group).toMatchObject({
      GroupName: 'staff',
      GroupId: expect.stringMatching(/^AGPA/),
      Arn: `arn:aws:iam::${account}:group/staff`,
      Path: '/',
    });
    await expect(group('Staff')).rejects.toMatchObject(
      error('EntityAlreadyExists', 'Group with name Staff already exists.', 409),
    );
  });
});

const noGroup = error('NoSuchEntity', 'The group with name staff cannot be found.', 404);
const add = () => client.send(new iam.AddUserToGroupCommand({ UserName: 'ada', GroupName: 'staff' }));

describe('AddUserToGroup', () => {
  it('adds a user to a group, also twice', async () => {
    await user();
    await group();
    await add();
    await add();
    const { Users } = await client.send(new iam.GetGroupCommand({ GroupName: 'staff' }));
    expect(Users).toMatchObject([{ UserName: 'ada' }]);
    const { Groups } = await client.send(new iam.ListGroupsForUserCommand({ UserName: 'ada' }));
    expect(Groups).toMatchObject([{ GroupName: 'staff' }]);
  });
  it('is refused for the eleventh', async () => {
    await user();
    for (let index = 0; index <= 10; index++) await group(`g${index}`);
    const join = (index: number) =>
      client.send(new iam.AddUserToGroupCommand({ UserName: 'ada', GroupName: `g${index}` }));
    for (let index = 0; index < 10; index++) await join(index);
    await expect(join(10)).rejects.toMatchObject(
      error('LimitExceeded', 'Cannot exceed quota for GroupsPerUser: 10', 409),
    );
  });
  it('is refused where one of them is not there', async () => {
    await expect(add()).rejects.toMatchObject(noGroup);
    await group();
    await expect(add()).rejects.toMatchObject(noUser);
  });
});

describe('RemoveUserFromGroup', () => {
  it('removes a member, and nobody else', async () => {
    await user();
    await group();
    await add();
    const remove = () =>
      client.send(new iam.RemoveUserFromGroupCommand({ UserName: 'ada', GroupName: 'staff' }));
    await remove();
    await expect(remove()).rejects.toMatchObject(
      error('NoSuchEntity', 'User ada is not in group staff.', 404),
    );
  });
});

describe('GetGroup', () => {
  it('is refused where there is none', async () => {
    await expect(client.send(new iam.GetGroupCommand({ GroupName: 'staff' }))).rejects.toMatchObject(noGroup);
  });
});

describe('ListGroups', () => {
  it('lists the groups of the account', async () => {
    await group('b');
    await group('a');
    const { Groups, IsTruncated } = await client.send(new iam.ListGroupsCommand({}));
    expect([Groups!.map(({ GroupName }) => GroupName), IsTruncated]).toEqual([['a', 'b'], false]);
  });
});

describe('ListGroupsForUser', () => {
  it('is refused where there is no such user', async () => {
    await expect(client.send(new iam.ListGroupsForUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      noUser,
    );
  });
});

describe('UpdateGroup', () => {
  it('renames a group with its members', async () => {
    await user();
    await group();
    await add();
    await client.send(new iam.UpdateGroupCommand({ GroupName: 'staff', NewGroupName: 'crew' }));
    const { Users } = await client.send(new iam.GetGroupCommand({ GroupName: 'crew' }));
    expect(Users).toMatchObject([{ UserName: 'ada' }]);
  });
  it('is refused for a name that is taken', async () => {
    await group('a');
    await group('b');
    await expect(
      client.send(new iam.UpdateGroupCommand({ GroupName: 'a', NewGroupName: 'b' })),
    ).rejects.toMatchObject(error('EntityAlreadyExists', 'Group with name b already exists.', 409));
  });
});

describe('DeleteGroup', () => {
  it('is refused while it has users', async () => {
    await user();
    await group();
    await add();
    const remove = () => client.send(new iam.DeleteGroupCommand({ GroupName: 'staff' }));
    await expect(remove()).rejects.toMatchObject(
      error('DeleteConflict', 'Cannot delete entity, must remove users from group first.', 409),
    );
    await client.send(new iam.RemoveUserFromGroupCommand({ UserName: 'ada', GroupName: 'staff' }));
    await remove();
    await expect(remove()).rejects.toMatchObject(noGroup);
  });
});
