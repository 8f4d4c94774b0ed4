// Managed policies, the account's lists, and the simulator, through the SDK's own client.
import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { account, EcsRig } from '../../../test-support/ecs-rig.ts';
import { error } from './iam-rig.ts';

let rig: EcsRig;
let client: iam.IAMClient;
beforeEach(async () => {
  rig = await EcsRig.open();
  client = rig.clientOf(iam.IAMClient);
});

const document = (action: string | string[] = 'logs:*', more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
  });
const PolicyArn = `arn:aws:iam::${account}:policy/logs`;
const policy = (PolicyName = 'logs', more: object = {}) =>
  client.send(new iam.CreatePolicyCommand({ PolicyName, PolicyDocument: document(), ...more }));
const version = (action: string, SetAsDefault = false) =>
  client.send(
    new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document(action), SetAsDefault }),
  );
const attach = async () => {
  await client.send(new iam.CreateUserCommand({ UserName: 'ada' }));
  await client.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn }));
};
const missing = error('NoSuchEntity', `Policy ${PolicyArn} was not found.`, 404);
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('AttachUserPolicy', () => {
  it('attaches no policy of a service-linked role', async () => {
    await client.send(new iam.CreateUserCommand({ UserName: 'ada' }));
    const PolicyArn = 'arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy';
    await expect(
      client.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn })),
    ).rejects.toMatchObject(
      error('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a customer role.', 400),
    );
  });
});

describe('CreatePolicy', () => {
  it('makes a policy with its version v1', async () => {
    const { Policy } = await policy('logs', {
      Path: '/x/',
      Description: 'd',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(Policy).toEqual({
      PolicyName: 'logs',
      PolicyId: expect.stringMatching(/^ANPA/) as string,
      Arn: `arn:aws:iam::${account}:policy/x/logs`,
      Path: '/x/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: new Date(rig.clock.now()),
      UpdateDate: new Date(rig.clock.now()),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });
  it.each<[object, ReturnType<typeof error>]>([
    [
      { Path: '/other/' },
      error(
        'EntityAlreadyExists',
        'A policy called logs already exists. Duplicate names are not allowed.',
        409,
      ),
    ],
    [
      { PolicyName: 'x', PolicyDocument: '{}' },
      error('MalformedPolicyDocument', 'Syntax errors in policy.', 400),
    ],
    [
      {
        PolicyName: 'x',
        PolicyDocument: document(Array.from({ length: 600 }, (_, index) => `s3:Action${index}`)),
      },
      error('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 409),
    ],
  ])('refuses %j', async (more, refusal) => {
    await policy();
    await expect(policy('logs', more)).rejects.toMatchObject(refusal);
  });
});

describe('GetPolicy', () => {
  it('shows the description and the count of attachments', async () => {
    await policy('logs', { Description: 'what it is for' });
    await attach();
    const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({ Description: 'what it is for', AttachmentCount: 1 });
  });
  it('is refused where there is none', async () => {
    await expect(client.send(new iam.GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject(missing);
  });
});

describe('ListPolicies', () => {
  const names = async (input: iam.ListPoliciesCommandInput) =>
    (await client.send(new iam.ListPoliciesCommand(input))).Policies!.map(({ PolicyName }) => PolicyName);
  it('lists by scope, path and use', async () => {
    await policy();
    await policy('other', { Path: '/x/' });
    await attach();
    expect(await names({ Scope: 'Local' })).toEqual(['logs', 'other']);
    expect(await names({ Scope: 'Local', PathPrefix: '/x/' })).toEqual(['other']);
    expect(await names({ Scope: 'Local', OnlyAttached: true })).toEqual(['logs']);
    expect(await names({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual([]);
    const aws = await names({ Scope: 'AWS', MaxItems: 1000 });
    expect(aws).toEqual(
      expect.arrayContaining(['AdministratorAccess', 'AmazonECS_FullAccess', 'ReadOnlyAccess']),
    );
    expect(aws).not.toContain('logs');
  });
  it('goes on from page to page, from the own to AWS’s', async () => {
    await policy();
    const all = new Set<string>();
    for (let Marker: string | undefined, page = 0; page < 20; page++) {
      const reply: iam.ListPoliciesCommandOutput = await client.send(
        new iam.ListPoliciesCommand({ MaxItems: 20, ...(Marker !== undefined && { Marker }) }),
      );
      for (const { Arn } of reply.Policies!) all.add(Arn!);
      Marker = reply.Marker;
      if (Marker === undefined) break;
    }
    expect(all.size).toBe((await names({ MaxItems: 1000 })).length);
    expect(all.size).toBeGreaterThan(60);
  });
});

describe('DeletePolicy', () => {
  const gone = () => client.send(new iam.DeletePolicyCommand({ PolicyArn }));
  it('is refused while it is attached, or has versions', async () => {
    await policy();
    await attach();
    await expect(gone()).rejects.toMatchObject(
      error('DeleteConflict', 'Cannot delete a policy attached to entities.', 409),
    );
    await client.send(new iam.DetachUserPolicyCommand({ UserName: 'ada', PolicyArn }));
    await version('s3:*');
    await expect(gone()).rejects.toMatchObject({ name: 'DeleteConflictException' });
    await client.send(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    await gone();
    await expect(gone()).rejects.toMatchObject(missing);
  });
  it('is refused of a policy of AWS', async () => {
    await expect(client.send(new iam.DeletePolicyCommand({ PolicyArn: readOnly }))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('CreatePolicyVersion', () => {
  it('makes up to five, never of a number that was used', async () => {
    await policy();
    for (const action of ['a:*', 'b:*', 'c:*', 'd:*']) await version(action);
    await expect(version('e:*')).rejects.toMatchObject(
      error(
        'LimitExceeded',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        409,
      ),
    );
    await client.send(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }));
    expect((await version('e:*', true)).PolicyVersion).toMatchObject({
      VersionId: 'v6',
      IsDefaultVersion: true,
    });
    const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
    expect(Policy!.DefaultVersionId).toBe('v6');
  });
});

describe('GetPolicyVersion', () => {
  it('shows the document, encoded', async () => {
    await policy();
    const { PolicyVersion } = await client.send(
      new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
    );
    expect(PolicyVersion!.Document).not.toContain('"');
    expect(decodeURIComponent(PolicyVersion!.Document!)).toBe(document());
  });
  it('is refused where there is none', async () => {
    await policy();
    await expect(
      client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v9' })),
    ).rejects.toMatchObject(
      error('NoSuchEntity', `Policy ${PolicyArn} version v9 does not exist or is not attachable.`, 404),
    );
  });
});

describe('ListPolicyVersions', () => {
  it('lists them without documents', async () => {
    await policy();
    await version('s3:*');
    const { Versions } = await client.send(new iam.ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions).toMatchObject([
      { VersionId: 'v1', IsDefaultVersion: true },
      { VersionId: 'v2', IsDefaultVersion: false },
    ]);
    expect(Versions![0]!.Document).toBeUndefined();
  });
});

describe('DeletePolicyVersion', () => {
  it('is refused of the default version', async () => {
    await policy();
    await expect(
      client.send(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
    ).rejects.toMatchObject(error('DeleteConflict', 'Cannot delete the default version of a policy.', 409));
  });
});

describe('SetDefaultPolicyVersion', () => {
  it('makes another version hold', async () => {
    await policy();
    await version('s3:*');
    await client.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
    expect(Policy!.DefaultVersionId).toBe('v2');
    await expect(
      client.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v3' })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('ListEntitiesForPolicy', () => {
  it('lists whom it is attached to and whom it bounds', async () => {
    await policy();
    await attach();
    await client.send(new iam.CreateGroupCommand({ GroupName: 'staff' }));
    await client.send(new iam.AttachGroupPolicyCommand({ GroupName: 'staff', PolicyArn }));
    await client.send(new iam.CreateUserCommand({ UserName: 'bob', PermissionsBoundary: PolicyArn }));
    const list = (input: object) =>
      client.send(new iam.ListEntitiesForPolicyCommand({ PolicyArn, ...input }));
    expect(await list({})).toMatchObject({
      PolicyGroups: [{ GroupName: 'staff' }],
      PolicyUsers: [{ UserName: 'ada' }, { UserName: 'bob' }],
      PolicyRoles: [],
      IsTruncated: false,
    });
    expect(await list({ PolicyUsageFilter: 'PermissionsBoundary' })).toMatchObject({
      PolicyGroups: [],
      PolicyUsers: [{ UserName: 'bob' }],
    });
    expect(await list({ EntityFilter: 'Group' })).toMatchObject({ PolicyUsers: [], PolicyGroups: [{}] });
  });
  it('is refused where there is none', async () => {
    await expect(client.send(new iam.ListEntitiesForPolicyCommand({ PolicyArn }))).rejects.toMatchObject(
      missing,
    );
  });
});

describe('GetAccountSummary', () => {
  it('counts what there is', async () => {
    await policy();
    await attach();
    const { SummaryMap } = await client.send(new iam.GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      Users: 1,
      Policies: 1,
      Roles: 0,
      PolicyVersionsInUse: 1,
      UsersQuota: 5000,
    });
  });
});

describe('GetAccountAuthorizationDetails', () => {
  it('shows everything that decides, and pages of it', async () => {
    await policy();
    await attach();
    await client.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: readOnly }));
    const all = await client.send(new iam.GetAccountAuthorizationDetailsCommand({}));
    expect(all).toMatchObject({
      UserDetailList: [
        { UserName: 'ada', AttachedManagedPolicies: [{ PolicyArn }, { PolicyArn: readOnly }] },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [
        { PolicyName: 'ReadOnlyAccess' },
        { PolicyName: 'logs', PolicyVersionList: [{ VersionId: 'v1' }] },
      ],
    });
    const some = await client.send(
      new iam.GetAccountAuthorizationDetailsCommand({ Filter: ['User'], MaxItems: 1 }),
    );
    expect(some).toMatchObject({ UserDetailList: [{}], Policies: [], IsTruncated: false });
  });
});

const alias = (AccountAlias = 'harbour') => client.send(new iam.CreateAccountAliasCommand({ AccountAlias }));

describe('CreateAccountAlias', () => {
  it('sets the one alias', async () => {
    await alias('first');
    await alias();
    expect((await client.send(new iam.ListAccountAliasesCommand({}))).AccountAliases).toEqual(['harbour']);
    await expect(alias('-x-')).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('DeleteAccountAlias', () => {
  it('takes it away, once', async () => {
    await alias();
    const gone = () => client.send(new iam.DeleteAccountAliasCommand({ AccountAlias: 'harbour' }));
    await gone();
    await expect(gone()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('ListAccountAliases', () => {
  it('is empty where there is none', async () => {
    expect((await client.send(new iam.ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
  });
});

const PolicySourceArn = `arn:aws:iam::${account}:user/ada`;

describe('SimulatePrincipalPolicy', () => {
  const simulate = async (ActionNames: string[], more: object = {}) =>
    (await client.send(new iam.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...more })))
      .EvaluationResults!;

  it('says what a user may do, and by which policy', async () => {
    await policy();
    await attach();
    const results = await simulate(['logs:PutLogEvents', 'ecs:RunTask']);
    expect(results).toMatchObject([
      {
        EvalActionName: 'logs:PutLogEvents',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [{ SourcePolicyId: 'logs', SourcePolicyType: 'IAM Policy' }],
      },
      { EvalDecision: 'implicitDeny', MatchedStatements: [] },
    ]);
  });

  it('takes policies, boundary, resources and context of the request too', async () => {
    await client.send(new iam.CreateUserCommand({ UserName: 'ada' }));
    const PolicyInputList = [document('ecs:*', { Condition: { StringEquals: { 'ecs:cluster': 'c' } } })];
    const [without] = await simulate(['ecs:RunTask'], { PolicyInputList });
    expect(without).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: ['ecs:cluster'] });
    const ContextEntries = [
      { ContextKeyName: 'ecs:cluster', ContextKeyType: 'string', ContextKeyValues: ['c'] },
    ];
    const [allowed] = await simulate(['ecs:RunTask'], { PolicyInputList, ContextEntries });
    expect(allowed).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] });
    const PermissionsBoundaryPolicyInputList = [document('s3:*')];
    const [bounded] = await simulate(['ecs:RunTask'], {
      PolicyInputList,
      ContextEntries,
      PermissionsBoundaryPolicyInputList,
    });
    expect(bounded).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
  });

  it.each<[object, string]>([
    [{ PolicySourceArn: 'arn:aws:iam::999999999999:user/ada' }, 'InvalidInputException'],
    [{ PolicySourceArn }, 'NoSuchEntityException'],
    [{ PolicySourceArn, ActionNames: ['x'] }, 'NoSuchEntityException'],
  ])('refuses %j', async (input, name) => {
    await expect(
      client.send(
        new iam.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['ecs:RunTask'], ...input }),
      ),
    ).rejects.toMatchObject({ name });
  });
});

describe('SimulateCustomPolicy', () => {
  const simulate = (input: Partial<iam.SimulateCustomPolicyCommandInput>) =>
    client.send(
      new iam.SimulateCustomPolicyCommand({
        PolicyInputList: [document('ecs:*')],
        ActionNames: ['ecs:RunTask'],
        ...input,
      }),
    );
  test('answers an entry for each action and resource, page by page', async () => {
    const ResourceArns = ['arn:aws:ecs:r:1:cluster/a', 'arn:aws:ecs:r:1:cluster/b'];
    const ActionNames = ['ecs:RunTask', 's3:GetObject'];
    const first = await simulate({ ResourceArns, ActionNames, MaxItems: 3 });
    expect(
      first.EvaluationResults!.map((one) => [one.EvalActionName, one.EvalResourceName, one.EvalDecision]),
    ).toEqual([
      ['ecs:RunTask', ResourceArns[0], 'allowed'],
      ['ecs:RunTask', ResourceArns[1], 'allowed'],
      ['s3:GetObject', ResourceArns[0], 'implicitDeny'],
    ]);
    expect(first.IsTruncated).toBe(true);
    const rest = await simulate({ ResourceArns, ActionNames, MaxItems: 3, Marker: first.Marker! });
    expect(rest.EvaluationResults).toHaveLength(1);
    expect(first.EvaluationResults![0]!.MatchedStatements).toMatchObject([
      { SourcePolicyId: 'PolicyInputList.1' },
    ]);
  });
  test('refuses what it does not support', async () => {
    await expect(
      simulate({ ResourceOwner: 'arn:aws:iam::1:root', ResourceHandlingOption: 'x' }),
    ).rejects.toMatchObject(
      error('InvalidInput', 'Longshore does not support ResourceHandlingOption, ResourceOwner yet.', 400),
    );
  });
  test('refuses what is no policy or no action', async () => {
    await expect(simulate({ PolicyInputList: ['{}'] })).rejects.toMatchObject(
      error('InvalidInput', 'Invalid Policy PolicyInputList.1: Syntax errors in policy.', 400),
    );
    await expect(simulate({ ActionNames: ['RunTask'] })).rejects.toMatchObject(
      error('InvalidInput', 'Invalid Action: RunTask', 400),
    );
  });
});

const asking = document('ecs:*', {
  Resource: 'arn:aws:s3:::${aws:username}',
  Condition: { StringLike: { 'aws:PrincipalTag/a': '${aws:userid}' } },
});
const asked = ['aws:PrincipalTag/a', 'aws:userid', 'aws:username'];

describe('GetContextKeysForCustomPolicy', () => {
  it('names the keys of conditions and variables', async () => {
    const { ContextKeyNames } = await client.send(
      new iam.GetContextKeysForCustomPolicyCommand({ PolicyInputList: [asking] }),
    );
    expect(ContextKeyNames).toEqual(asked);
    await expect(
      client.send(new iam.GetContextKeysForCustomPolicyCommand({ PolicyInputList: ['x'] })),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});

describe('GetContextKeysForPrincipalPolicy', () => {
  it('names those of what a user has', async () => {
    const keys = () => client.send(new iam.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }));
    await expect(keys()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await client.send(new iam.CreateUserCommand({ UserName: 'ada' }));
    await client.send(
      new iam.PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'p', PolicyDocument: asking }),
    );
    expect((await keys()).ContextKeyNames).toEqual(asked);
  });
});

test('every policy of AWS can be read', async () => {
  const { Policies } = await client.send(new iam.ListPoliciesCommand({ Scope: 'AWS', MaxItems: 1000 }));
  for (const { Arn, DefaultVersionId } of Policies!) {
    const input = { PolicyArn: Arn!, VersionId: DefaultVersionId! };
    const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand(input));
    const { EvaluationResults } = await client.send(
      new iam.SimulateCustomPolicyCommand({
        PolicyInputList: [decodeURIComponent(PolicyVersion!.Document!)],
        ActionNames: ['ecs:RunTask'],
      }),
    );
    expect(EvaluationResults, Arn).toHaveLength(1);
  }
});

test('every policy of AWS can be attached, but those of service-linked roles', async () => {
  const { Policies } = await client.send(new iam.ListPoliciesCommand({ Scope: 'AWS', MaxItems: 1000 }));
  await client.send(new iam.CreateUserCommand({ UserName: 'ada' }));
  for (const { Arn } of Policies!.filter(({ Path }) => Path !== '/aws-service-role/')) {
    await client.send(new iam.AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: Arn! }));
    const { EvaluationResults } = await client.send(
      new iam.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['ecs:RunTask'] }),
    );
    expect(EvaluationResults, Arn).toHaveLength(1);
    await client.send(new iam.DetachUserPolicyCommand({ UserName: 'ada', PolicyArn: Arn! }));
  }
});
