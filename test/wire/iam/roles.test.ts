// Roles, their policies and tags, through the SDK's own client.
import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { account } from '../../../test-support/ecs-rig.ts';
import { IamRig, error, noRole, trust } from './iam-rig.ts';

let rig: IamRig;
let client: iam.IAMClient;
beforeEach(async () => {
  rig = await IamRig.open();
  client = rig.iam;
});

const role = (RoleName?: string, more?: object) => rig.role(RoleName, more);
const profile = (InstanceProfileName?: string) => rig.profile(InstanceProfileName);
const document = (action = 'logs:*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const execution = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';

describe('CreateRole', () => {
  it('makes a role', async () => {
    const { Role } = await role('web', {
      Path: '/service/',
      Description: 'for the web',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'a', Value: '' }],
    });
    expect(Role).toEqual({
      Path: '/service/',
      RoleName: 'web',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${account}:role/service/web`,
      CreateDate: new Date(rig.ecsRig.clock.now()),
      AssumeRolePolicyDocument: encodeURIComponent(trust()),
      Description: 'for the web',
      MaxSessionDuration: 7200,
      RoleLastUsed: {},
      Tags: [{ Key: 'a', Value: '' }],
    });
  });

  it.each<[object, ReturnType<typeof error>]>([
    [{}, error('EntityAlreadyExists', 'Role with name web already exists.', 409)],
    [
      { RoleName: 'x', AssumeRolePolicyDocument: '{' },
      error('MalformedPolicyDocument', 'Syntax errors in policy.', 400),
    ],
    [
      { RoleName: 'x', AssumeRolePolicyDocument: document() },
      error('MalformedPolicyDocument', 'Missing required field Principal', 400),
    ],
    [
      { RoleName: 'x', AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:user/nobody` }) },
      error(
        'MalformedPolicyDocument',
        `Invalid principal in policy: "AWS":"arn:aws:iam::${account}:user/nobody"`,
        400,
      ),
    ],
    [
      { RoleName: 'x', MaxSessionDuration: 60 },
      error(
        'ValidationError',
        "1 validation error detected: Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
        400,
      ),
    ],
    [
      {
        RoleName: 'x',
        AssumeRolePolicyDocument: trust({
          Service: Array.from({ length: 60 }, (_, i) => `s${i}-${'x'.repeat(40)}.amazonaws.com`),
        }),
      },
      error('LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048', 409),
    ],
  ])('refuses %j', async (more, refusal) => {
    await role();
    await expect(role('web', more)).rejects.toMatchObject(refusal);
  });
});

describe('GetRole', () => {
  it('is refused where there is none', async () => {
    await expect(client.send(new iam.GetRoleCommand({ RoleName: 'web' }))).rejects.toMatchObject(noRole);
  });
  it('shows it', async () => {
    await role();
    expect((await client.send(new iam.GetRoleCommand({ RoleName: 'web' }))).Role).toMatchObject({
      RoleName: 'web',
      MaxSessionDuration: 3600,
    });
  });
});

describe('ListRoles', () => {
  it('lists roles of a path', async () => {
    await role('a', { Path: '/x/' });
    await role('b');
    const { Roles } = await client.send(new iam.ListRolesCommand({ PathPrefix: '/x/' }));
    expect(Roles!.map(({ RoleName }) => RoleName)).toEqual(['a']);
  });
});

describe('UpdateRole', () => {
  it('changes what it is given', async () => {
    await role('web', { Description: 'old' });
    await client.send(new iam.UpdateRoleCommand({ RoleName: 'web', MaxSessionDuration: 3601 }));
    const read = async () => (await client.send(new iam.GetRoleCommand({ RoleName: 'web' }))).Role;
    expect(await read()).toMatchObject({ Description: 'old', MaxSessionDuration: 3601 });
    await client.send(new iam.UpdateRoleCommand({ RoleName: 'web', Description: '' }));
    expect((await read())!.Description).toBeUndefined();
  });
  it('is refused where there is none', async () => {
    await expect(client.send(new iam.UpdateRoleCommand({ RoleName: 'web' }))).rejects.toMatchObject(noRole);
  });
});

describe('UpdateRoleDescription', () => {
  it('answers the role', async () => {
    await role();
    const { Role } = await client.send(
      new iam.UpdateRoleDescriptionCommand({ RoleName: 'web', Description: 'new' }),
    );
    expect(Role).toMatchObject({ RoleName: 'web', Description: 'new' });
  });
});

describe('UpdateAssumeRolePolicy', () => {
  it('replaces the trust policy, by a good one only', async () => {
    await role();
    const update = (PolicyDocument: string) =>
      client.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName: 'web', PolicyDocument }));
    await update(trust({ AWS: account }));
    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName: 'web' }));
    expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toBe(trust({ AWS: account }));
    await expect(update('x')).rejects.toMatchObject(
      error('MalformedPolicyDocument', 'Syntax errors in policy.', 400),
    );
  });
});

describe('DeleteRole', () => {
  const gone = () => client.send(new iam.DeleteRoleCommand({ RoleName: 'web' }));
  test.each<[string, () => Promise<unknown>]>([
    [
      'detach all policies',
      () => client.send(new iam.AttachRolePolicyCommand({ RoleName: 'web', PolicyArn: execution })),
    ],
    [
      'delete policies',
      () =>
        client.send(
          new iam.PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'p', PolicyDocument: document() }),
        ),
    ],
    [
      'remove roles from instance profile',
      async () => {
        await profile();
        await client.send(
          new iam.AddRoleToInstanceProfileCommand({ InstanceProfileName: 'hosts', RoleName: 'web' }),
        );
      },
    ],
  ])('says that one must %s first', async (first, give) => {
    await role();
    await give();
    await expect(gone()).rejects.toMatchObject(
      error('DeleteConflict', `Cannot delete entity, must ${first} first.`, 409),
    );
  });
  it('deletes it, once', async () => {
    await role();
    await gone();
    await expect(gone()).rejects.toMatchObject(noRole);
  });
});

const identities = [
  ['User', 'user'],
  ['Group', 'group'],
  ['Role', 'role'],
] as const;
type Noun = (typeof identities)[number][0];

/** What an operation of that name is called with, whichever of the three it is of. */
async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const Command = (iam as unknown as Record<string, new (input: object) => iam.GetUserCommand>)[
    `${operation}Command`
  ]!;
  return { ...(await client.send(new Command(input))) };
}
const make = (noun: Noun) =>
  call(`Create${noun}`, {
    [`${noun}Name`]: 'x',
    ...(noun === 'Role' && { AssumeRolePolicyDocument: trust() }),
  });

for (const [noun, word] of identities) {
  const named = { [`${noun}Name`]: 'x' };
  const missing = error('NoSuchEntity', `The ${word} with name x cannot be found.`, 404);
  const put = (PolicyName = 'p', PolicyDocument = document()) =>
    call(`Put${noun}Policy`, { ...named, PolicyName, PolicyDocument });
  const attach = (PolicyArn = execution) => call(`Attach${noun}Policy`, { ...named, PolicyArn });

  describe(`Put${noun}Policy`, () => {
    it('writes a policy, and over it', async () => {
      await make(noun);
      await put();
      await put('p', document('s3:*'));
      const read = await call(`Get${noun}Policy`, { ...named, PolicyName: 'p' });
      expect(read).toMatchObject({ ...named, PolicyName: 'p' });
      expect(decodeURIComponent(String(read['PolicyDocument']))).toBe(document('s3:*'));
    });
    it('refuses what is malformed or too large', async () => {
      await expect(put()).rejects.toMatchObject(missing);
      await make(noun);
      await expect(put('p', '{}')).rejects.toMatchObject(
        error('MalformedPolicyDocument', 'Syntax errors in policy.', 400),
      );
      const large = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: Array.from({ length: 1200 }, (_, index) => `s3:Action${index}`),
            Resource: '*',
          },
        ],
      });
      await expect(put('p', large)).rejects.toMatchObject({
        message: expect.stringMatching(
          new RegExp(`^Maximum policy size of \\d+ bytes exceeded for ${word} x$`),
        ) as string,
      });
    });
  });

  describe(`Get${noun}Policy`, () => {
    it('is refused where there is none', async () => {
      await make(noun);
      await expect(call(`Get${noun}Policy`, { ...named, PolicyName: 'p' })).rejects.toMatchObject(
        error('NoSuchEntity', `The ${word} policy with name p cannot be found.`, 404),
      );
    });
  });

  describe(`Delete${noun}Policy`, () => {
    it('deletes it, once', async () => {
      await make(noun);
      await put();
      const remove = () => call(`Delete${noun}Policy`, { ...named, PolicyName: 'p' });
      await remove();
      await expect(remove()).rejects.toMatchObject(
        error('NoSuchEntity', `The ${word} policy with name p cannot be found.`, 404),
      );
    });
  });

  describe(`List${noun}Policies`, () => {
    it('lists their names, page by page', async () => {
      await make(noun);
      for (const name of ['b', 'a', 'c']) await put(name, document('s3:*'));
      const first = await call(`List${noun}Policies`, { ...named, MaxItems: 2 });
      expect(first).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: true });
      expect(await call(`List${noun}Policies`, { ...named, Marker: first['Marker'] })).toMatchObject({
        PolicyNames: ['c'],
      });
    });
    it('is refused where there is no such one', async () => {
      await expect(call(`List${noun}Policies`, named)).rejects.toMatchObject(missing);
    });
  });

  describe(`Attach${noun}Policy`, () => {
    it('attaches a policy of AWS, and counts it', async () => {
      await make(noun);
      await attach();
      await attach();
      const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn: execution }));
      expect(Policy).toMatchObject({
        AttachmentCount: 1,
        PolicyName: 'AmazonECSTaskExecutionRolePolicy',
        Path: '/service-role/',
      });
    });
    it('refuses a policy that is not there', async () => {
      await make(noun);
      const arn = 'arn:aws:iam::aws:policy/AmazonNothing';
      await expect(attach(arn)).rejects.toMatchObject(
        error('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404),
      );
      await expect(attach('short')).rejects.toMatchObject({ name: 'ValidationError' });
    });
  });

  describe(`Detach${noun}Policy`, () => {
    it('detaches it, once', async () => {
      await make(noun);
      await attach();
      const detach = () => call(`Detach${noun}Policy`, { ...named, PolicyArn: execution });
      await detach();
      await expect(detach()).rejects.toMatchObject(
        error('NoSuchEntity', `Policy ${execution} was not found.`, 404),
      );
    });
  });

  describe(`ListAttached${noun}Policies`, () => {
    it('lists them by ARN', async () => {
      await make(noun);
      await attach();
      await attach('arn:aws:iam::aws:policy/AmazonECS_FullAccess');
      const { AttachedPolicies } = await call(`ListAttached${noun}Policies`, named);
      expect(AttachedPolicies).toEqual([
        { PolicyName: 'AmazonECS_FullAccess', PolicyArn: 'arn:aws:iam::aws:policy/AmazonECS_FullAccess' },
        { PolicyName: 'AmazonECSTaskExecutionRolePolicy', PolicyArn: execution },
      ]);
      const within = await call(`ListAttached${noun}Policies`, { ...named, PathPrefix: '/service-role/' });
      expect(within['AttachedPolicies']).toHaveLength(1);
    });
    it('is refused where there is no such one', async () => {
      await expect(call(`ListAttached${noun}Policies`, named)).rejects.toMatchObject(missing);
    });
  });
}

for (const noun of ['User', 'Role'] as const) {
  const named = { [`${noun}Name`]: 'x' };
  const read = async () => (await call(`Get${noun}`, named))[noun] as iam.Role;

  describe(`Put${noun}PermissionsBoundary`, () => {
    it('sets the boundary to a policy that is there', async () => {
      await make(noun);
      await call(`Put${noun}PermissionsBoundary`, { ...named, PermissionsBoundary: execution });
      expect((await read()).PermissionsBoundary).toMatchObject({ PermissionsBoundaryArn: execution });
      const arn = 'arn:aws:iam::aws:policy/AmazonNothing';
      await expect(
        call(`Put${noun}PermissionsBoundary`, { ...named, PermissionsBoundary: arn }),
      ).rejects.toMatchObject(
        error('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`, 404),
      );
    });
  });

  describe(`Delete${noun}PermissionsBoundary`, () => {
    it('takes it away, once', async () => {
      await make(noun);
      await call(`Put${noun}PermissionsBoundary`, { ...named, PermissionsBoundary: execution });
      await call(`Delete${noun}PermissionsBoundary`, named);
      expect((await read()).PermissionsBoundary).toBeUndefined();
      await expect(call(`Delete${noun}PermissionsBoundary`, named)).rejects.toMatchObject(
        error('NoSuchEntity', `The ${noun.toLowerCase()} with name x has no permissions boundary.`, 404),
      );
    });
  });
}

const tagged = [
  ['User', { UserName: 'x' }],
  ['Role', { RoleName: 'x' }],
  ['InstanceProfile', { InstanceProfileName: 'x' }],
  ['Policy', { PolicyArn: `arn:aws:iam::${account}:policy/x` }],
] as const;

for (const [noun, named] of tagged) {
  const makeOne = async () => {
    if (noun === 'User' || noun === 'Role') await make(noun);
    else if (noun === 'Policy') await call('CreatePolicy', { PolicyName: 'x', PolicyDocument: document() });
    else await profile('x');
  };
  const tag = (...Tags: readonly iam.Tag[]) => call(`Tag${noun}`, { ...named, Tags });
  const list = async () => (await call(`List${noun}Tags`, named))['Tags'];

  describe(`Tag${noun}`, () => {
    it('adds tags and writes over them', async () => {
      await makeOne();
      await tag({ Key: 'b', Value: '1' }, { Key: 'a', Value: '2' });
      await tag({ Key: 'b', Value: '3' });
      expect(await list()).toEqual([
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '3' },
      ]);
    });
    it('refuses what tags may not be', async () => {
      await expect(tag({ Key: 'a', Value: '' })).rejects.toMatchObject({
        $metadata: { httpStatusCode: 404 },
      });
      await makeOne();
      await expect(tag({ Key: 'aws:a', Value: '' })).rejects.toMatchObject({
        message: expect.stringContaining('reserved') as string,
      });
      const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
      await expect(tag(...many)).rejects.toMatchObject(
        error('LimitExceeded', 'The number of tags has reached the maximum limit of 50.', 409),
      );
    });
  });

  describe(`Untag${noun}`, () => {
    it('takes tags away', async () => {
      await makeOne();
      await tag({ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' });
      await call(`Untag${noun}`, { ...named, TagKeys: ['A', 'z'] });
      expect(await list()).toEqual([{ Key: 'b', Value: '2' }]);
    });
  });

  describe(`List${noun}Tags`, () => {
    it('is refused where there is no such one', async () => {
      await expect(list()).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    });
    it('lists none of one that has none', async () => {
      await makeOne();
      expect(await list()).toEqual([]);
    });
  });
}
