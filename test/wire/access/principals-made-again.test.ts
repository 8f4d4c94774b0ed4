// Whom the policy of a resource names: the user or the role that was there when it was put, and nobody who is made later under that name.
import * as ecr from '@aws-sdk/client-ecr';
import * as efs from '@aws-sdk/client-efs';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../../src/wire/sigv4/sign.ts';
import { account, EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';

let rig: EcsRig;
let admin: iam.IAMClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  admin = rig.clientOf(iam.IAMClient);
});

const userArn = `arn:aws:iam::${account}:user/team/ada`;
const roleArn = `arn:aws:iam::${account}:role/web`;
const sessionArn = `arn:aws:sts::${account}:assumed-role/web/job-1`;

/** With white space that a reader of JSON would drop. */
const policyFor = (AWS: string | string[], Action: string, Resource?: string) =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS }, Action, Resource }] },
    undefined,
    1,
  );

async function makeUser(): Promise<Credentials> {
  await admin.send(new iam.CreateUserCommand({ UserName: 'ada', Path: '/team/' }));
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}
async function unmakeUser({ accessKeyId: AccessKeyId }: Credentials): Promise<void> {
  await admin.send(new iam.DeleteAccessKeyCommand({ UserName: 'ada', AccessKeyId }));
  await admin.send(new iam.DeleteUserCommand({ UserName: 'ada' }));
}
const makeRole = (RoleName: string, trusted: string) =>
  admin.send(
    new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policyFor(trusted, 'sts:AssumeRole') }),
  );

interface Holder {
  readonly action: string;
  readonly resource?: string;
  /** Makes it, with a policy if that is its way. */
  make(policy: string): Promise<unknown>;
  put(policy: string): Promise<unknown>;
  shown(): Promise<string | undefined>;
  readonly refusal: object;
}

const bucket = { Bucket: 'photos' };
const repository = { repositoryName: 'app' };
const holders: Readonly<Record<string, () => Holder>> = {
  'a secret': () => {
    const client = rig.clientOf(secrets.SecretsManagerClient);
    const put = (ResourcePolicy: string) =>
      client.send(new secrets.PutResourcePolicyCommand({ SecretId: 'db', ResourcePolicy }));
    return {
      action: 'secretsmanager:GetSecretValue',
      resource: '*',
      make: () => client.send(new secrets.CreateSecretCommand({ Name: 'db', SecretString: 'x' })),
      put,
      shown: async () =>
        (await client.send(new secrets.GetResourcePolicyCommand({ SecretId: 'db' }))).ResourcePolicy,
      refusal: {
        name: 'MalformedPolicyDocumentException',
        message: 'This resource policy contains an unsupported principal.',
      },
    };
  },
  'a role': () => ({
    action: 'sts:AssumeRole',
    make: (AssumeRolePolicyDocument) =>
      admin.send(new iam.CreateRoleCommand({ RoleName: 'ops', AssumeRolePolicyDocument })),
    put: (PolicyDocument) =>
      admin.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: 'ops', PolicyDocument })),
    shown: async () => {
      const { Role } = await admin.send(new iam.GetRoleCommand({ RoleName: 'ops' }));
      return decodeURIComponent(Role!.AssumeRolePolicyDocument!);
    },
    refusal: {
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"arn:aws:iam::${account}:role/nobody"`,
    },
  }),
  'a repository': () => {
    const client = rig.clientOf(ecr.ECRClient);
    return {
      action: 'ecr:DescribeImages',
      make: () => client.send(new ecr.CreateRepositoryCommand(repository)),
      put: (policyText) => client.send(new ecr.SetRepositoryPolicyCommand({ ...repository, policyText })),
      shown: async () => (await client.send(new ecr.GetRepositoryPolicyCommand(repository))).policyText,
      refusal: {
        name: 'InvalidParameterException',
        message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'",
      },
    };
  },
  'a registry': () => {
    const client = rig.clientOf(ecr.ECRClient);
    return {
      action: 'ecr:ReplicateImage',
      make: () => Promise.resolve(),
      put: (policyText) => client.send(new ecr.PutRegistryPolicyCommand({ policyText })),
      shown: async () => (await client.send(new ecr.GetRegistryPolicyCommand({}))).policyText,
      refusal: { name: 'InvalidParameterException' },
    };
  },
  'a bucket': () => {
    const client = rig.clientOf(s3.S3Client);
    return {
      action: 's3:GetBucketLocation',
      resource: 'arn:aws:s3:::photos',
      make: () => client.send(new s3.CreateBucketCommand(bucket)),
      put: (Policy) => client.send(new s3.PutBucketPolicyCommand({ ...bucket, Policy })),
      shown: async () => (await client.send(new s3.GetBucketPolicyCommand(bucket))).Policy,
      refusal: { name: 'MalformedPolicy', message: 'Invalid principal in policy' },
    };
  },
  'a key': () => {
    const client = rig.clientOf(kms.KMSClient);
    let KeyId: string;
    return {
      action: 'kms:*',
      resource: '*',
      make: async () => (KeyId = (await client.send(new kms.CreateKeyCommand({}))).KeyMetadata!.KeyId!),
      put: (Policy) =>
        client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true })),
      shown: async () => (await client.send(new kms.GetKeyPolicyCommand({ KeyId }))).Policy,
      refusal: {
        name: 'MalformedPolicyDocumentException',
        message: 'Policy contains a statement with one or more invalid principals.',
      },
    };
  },
  'a file system': () => {
    const client = rig.clientOf(efs.EFSClient);
    let FileSystemId: string;
    return {
      action: 'elasticfilesystem:ClientMount',
      make: async () => {
        FileSystemId = (await client.send(new efs.CreateFileSystemCommand({}))).FileSystemId!;
        await rig.clock.advance(60_000);
      },
      put: (Policy) => client.send(new efs.PutFileSystemPolicyCommand({ FileSystemId, Policy })),
      shown: async () =>
        (await client.send(new efs.DescribeFileSystemPolicyCommand({ FileSystemId }))).Policy,
      refusal: { name: 'InvalidPolicyException' },
    };
  },
};

describe.each(Object.keys(holders))('the policy of %s', (kind) => {
  test('is shown as it was put, and names by their ids who is gone', async () => {
    const user = await makeUser();
    await makeRole('web', userArn);
    const { action, resource, make, put, shown } = holders[kind]!();
    const ids = [
      (await admin.send(new iam.GetUserCommand({ UserName: 'ada' }))).User!.UserId!,
      (await admin.send(new iam.GetRoleCommand({ RoleName: 'web' }))).Role!.RoleId!,
    ];
    const text = policyFor([userArn, roleArn, sessionArn, `arn:aws:iam::${account}:root`], action, resource);
    await make(text);
    await put(text);
    expect(await shown()).toBe(text);
    await unmakeUser(user);
    await admin.send(new iam.DeleteRoleCommand({ RoleName: 'web' }));
    const gone = policyFor([...ids, `${ids[1]}:job-1`, `arn:aws:iam::${account}:root`], action, resource);
    expect(await shown()).toBe(gone);
    await makeUser();
    await makeRole('web', userArn);
    expect(await shown()).toBe(gone);
  });

  test('cannot name a principal that is not there', async () => {
    const { action, resource, make, put, refusal, shown } = holders[kind]!();
    const text = policyFor(`arn:aws:iam::${account}:root`, action, resource);
    await make(text);
    await put(text);
    for (const name of [`arn:aws:iam::${account}:role/nobody`])
      await expect(put(policyFor(name, action, resource))).rejects.toMatchObject(refusal);
    for (const name of ['AIDAAAAAAAAAAAAAAAAAA', sessionArn, `arn:aws:iam::${account}:user/*`])
      await expect(put(policyFor(name, action, resource))).rejects.toThrow();
    expect(await shown()).toBe(text);
  });
});

describe('a user that is made again under a name', () => {
  const denied = { name: expect.stringMatching(/^AccessDenied/) as string };

  test('does not get what a secret gave to the one before, and its new name keeps what it gave', async () => {
    const { make, put, action } = holders['a secret']!();
    await make('');
    const first = await makeUser();
    await put(policyFor(userArn, action, '*'));
    const read = (by: Credentials) =>
      sdkClientOf(secrets.SecretsManagerClient, rig.controlPlane.handle, by, { clock: rig.clock }).send(
        new secrets.GetSecretValueCommand({ SecretId: 'db' }),
      );
    await read(first);
    await admin.send(new iam.UpdateUserCommand({ UserName: 'ada', NewUserName: 'eve' }));
    await read(first);
    await admin.send(new iam.UpdateUserCommand({ UserName: 'eve', NewUserName: 'ada' }));
    await unmakeUser(first);
    await expect(read(await makeUser())).rejects.toMatchObject(denied);
  });

  test('may not assume a role that trusted the one before', async () => {
    const first = await makeUser();
    await makeRole('web', userArn);
    const assume = (by: Credentials) =>
      sdkClientOf(STSClient, rig.controlPlane.handle, by, { clock: rig.clock }).send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'job-1' }),
      );
    await assume(first);
    await unmakeUser(first);
    await expect(assume(await makeUser())).rejects.toMatchObject(denied);
  });
});

test('a role that is made again does not get what a secret gave to sessions of the one before', async () => {
  const { make, put, action } = holders['a secret']!();
  await make('');
  const user = await makeUser();
  const session = async (): Promise<Credentials> => {
    const sts = sdkClientOf(STSClient, rig.controlPlane.handle, user, { clock: rig.clock });
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'job-1' }),
    );
    return {
      accessKeyId: given!.AccessKeyId!,
      secretAccessKey: given!.SecretAccessKey!,
      sessionToken: given!.SessionToken!,
    };
  };
  const read = async () =>
    sdkClientOf(secrets.SecretsManagerClient, rig.controlPlane.handle, await session(), {
      clock: rig.clock,
    }).send(new secrets.GetSecretValueCommand({ SecretId: 'db' }));
  for (const named of [roleArn, sessionArn]) {
    await makeRole('web', userArn);
    await put(policyFor(named, action, '*'));
    await read();
    await admin.send(new iam.DeleteRoleCommand({ RoleName: 'web' }));
    await makeRole('web', userArn);
    await expect(read()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await admin.send(new iam.DeleteRoleCommand({ RoleName: 'web' }));
  }
});
