// The rules by which policies are evaluated, as AWS documents them, one case a row.
import { describe, expect, test } from 'vitest';
import { evaluate, type Decision, type Policies, type Requester } from './evaluate.ts';
import { parsePolicy, type PolicyUse } from './parse-policy.ts';

const account = '123456789012';
const user: Requester = { accountId: account, arn: `arn:aws:iam::${account}:user/ada` };
const role: Requester = {
  accountId: account,
  arn: `arn:aws:sts::${account}:assumed-role/worker/s1`,
  roleArn: `arn:aws:iam::${account}:role/worker`,
};
const service: Requester = {
  accountId: account,
  arn: 'ecs-tasks.amazonaws.com',
  service: 'ecs-tasks.amazonaws.com',
};

type Statement = Readonly<Record<string, unknown>>;
const allow = (Action: unknown = '*', Resource: unknown = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown = '*', Resource: unknown = '*', more: Statement = {}): Statement => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
const named = (name: string, statements: readonly Statement[], use: PolicyUse = 'identity') => ({
  name,
  document: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), use),
});

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly requester?: Requester;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}
const task = `arn:aws:ecs:us-east-1:${account}:task/default/1`;

function decided(policies: Policies, asked: Asked = {}): Decision {
  const { action = 'ecs:StopTask', resource = task, requester = user, context = {} } = asked;
  const all: Readonly<Record<string, readonly string[]>> = { 'aws:username': ['ada'], ...context };
  return evaluate({ requester, action, resource, context: (key) => all[key] }, policies);
}
const identity = (...statements: readonly Statement[]): Policies => ({ identity: [named('p', statements)] });

describe('actions', () => {
  test.each<[unknown, string, boolean]>([
    ['*', 'ecs:StopTask', true],
    ['ecs:*', 'ecs:StopTask', true],
    ['ecs:*', 'ec2:StopInstances', false],
    ['ecs:StopTask', 'ecs:StopTask', true],
    ['ecs:stoptask', 'ecs:StopTask', true],
    ['ECS:STOPTASK', 'ecs:StopTask', true],
    ['ecs:StopTask', 'ecs:StopTasks', false],
    ['ecs:Stop*', 'ecs:StopTask', true],
    ['ecs:Stop*', 'ecs:RunTask', false],
    ['ecs:*Task', 'ecs:RunTask', true],
    ['ecs:*Task', 'ecs:RunTasks', false],
    ['ecs:?topTask', 'ecs:StopTask', true],
    ['ecs:?StopTask', 'ecs:StopTask', false],
    ['ecs:*Task*', 'ecs:DescribeTaskDefinition', true],
    [['ecs:RunTask', 'ecs:StopTask'], 'ecs:StopTask', true],
    [['ecs:RunTask', 'ecs:ListTasks'], 'ecs:StopTask', false],
    ['s3:*', 's3:GetObject', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get*', 's3:PutObject', false],
    ['ec*:StopTask', 'ecs:StopTask', true],
  ])('%j has %s: %j', (patterns, action, isAllowed) => {
    // A vendor with a wildcard is no valid policy.
    if (patterns === 'ec*:StopTask') {
      expect(() => identity(allow(patterns))).toThrow('Vendor ec* is not valid');
      return;
    }
    expect(decided(identity(allow(patterns)), { action }).result === 'allowed').toBe(isAllowed);
  });

  test.each<[unknown, string, boolean]>([
    ['iam:*', 'ecs:StopTask', true],
    ['iam:*', 'iam:ListUsers', false],
    [['iam:*', 'organizations:*'], 'organizations:ListRoots', false],
    [['iam:*', 'organizations:*'], 's3:GetObject', true],
    ['ecs:Describe*', 'ecs:StopTask', true],
    ['ecs:Describe*', 'ecs:DescribeTasks', false],
  ])('NotAction %j has %s: %j', (patterns, action, isAllowed) => {
    const statement = { Effect: 'Allow', NotAction: patterns, Resource: '*' };
    expect(decided(identity(statement), { action }).result === 'allowed').toBe(isAllowed);
  });

  test('NotAction with Deny leaves what it names to others', () => {
    const only = { Effect: 'Deny', NotAction: 'ecs:*', Resource: '*' };
    expect(decided(identity(only)).result).toBe('implicitDeny');
    expect(decided(identity(only, allow())).result).toBe('allowed');
    expect(decided(identity(only, allow()), { action: 's3:GetObject' }).result).toBe('explicitDeny');
  });
});

describe('resources', () => {
  test.each<[unknown, string, boolean]>([
    ['*', task, true],
    ['*', '*', true],
    [task, task, true],
    [task, '*', false],
    [task, `${task}1`, false],
    [task.toUpperCase().replace('ARN:AWS', 'arn:aws'), task, false],
    [`arn:aws:ecs:us-east-1:${account}:task/default/*`, task, true],
    [`arn:aws:ecs:us-east-1:${account}:task/blue/*`, task, false],
    ['arn:aws:ecs:*:*:task/default/*', task, true],
    ['arn:aws:ecs:*', task, true],
    ['arn:aws:ec2:*', task, false],
    ['arn:aws:ecs:eu-*:*:task/*', task, false],
    ['arn:aws:ecs:??-east-1:*:task/*', task, true],
    ['arn:*:ecs:*:*:*', task, true],
    [[`${task}2`, task], task, true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket*', 'arn:aws:s3:::bucket', true],
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/ada/x', true],
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/bob/x', false],
    ['arn:aws:s3:::home/${aws:userid}/*', 'arn:aws:s3:::home//x', false],
    ["arn:aws:s3:::home/${aws:userid, 'public'}/*", 'arn:aws:s3:::home/public/x', true],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/*', true],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/${?}', 'arn:aws:s3:::b/?', true],
    ['arn:aws:s3:::b/${$}{x}', 'arn:aws:s3:::b/${x}', true],
    [`arn:aws:ecs:*:*:task-definition/web:*`, `arn:aws:ecs:r:${account}:task-definition/web:7`, true],
    [`arn:aws:ecs:*:*:task-definition/web:*`, `arn:aws:ecs:r:${account}:task-definition/web2:7`, false],
    [`arn:aws:ecs:*:*:task-definition/web`, `arn:aws:ecs:r:${account}:task-definition/web:7`, false],
  ])('%j has %s: %j', (patterns, resource, isAllowed) => {
    expect(decided(identity(allow('*', patterns)), { resource }).result === 'allowed').toBe(isAllowed);
  });

  test.each<[unknown, string, boolean]>([
    ['arn:aws:s3:::secret/*', 'arn:aws:s3:::open/x', true],
    ['arn:aws:s3:::secret/*', 'arn:aws:s3:::secret/x', false],
    [['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'], 'arn:aws:s3:::b/x', false],
    [['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'], 'arn:aws:s3:::c/x', true],
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/ada/x', false],
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/bob/x', true],
  ])('NotResource %j has %s: %j', (patterns, resource, isAllowed) => {
    const statement = { Effect: 'Allow', Action: '*', NotResource: patterns };
    expect(decided(identity(statement), { resource }).result === 'allowed').toBe(isAllowed);
  });
});

describe('the policies of an identity', () => {
  const inBlue = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } };
  const blue = { context: { 'aws:principaltag/team': ['blue'] } };
  test.each<[string, readonly Statement[], Asked, Decision['result']]>([
    ['none', [allow('s3:*')], {}, 'implicitDeny'],
    ['one that allows', [allow()], {}, 'allowed'],
    ['one that denies', [deny()], {}, 'explicitDeny'],
    ['a deny after an allow', [allow(), deny()], {}, 'explicitDeny'],
    ['a deny before an allow', [deny(), allow()], {}, 'explicitDeny'],
    ['a deny of another action', [allow(), deny('ecs:RunTask')], {}, 'allowed'],
    ['a deny of another resource', [allow(), deny('*', `${task}9`)], {}, 'allowed'],
    ['an allow whose condition holds', [allow('*', '*', inBlue)], blue, 'allowed'],
    ['an allow whose condition does not', [allow('*', '*', inBlue)], {}, 'implicitDeny'],
    ['a deny whose condition holds', [allow(), deny('*', '*', inBlue)], blue, 'explicitDeny'],
    ['a deny whose condition does not', [allow(), deny('*', '*', inBlue)], {}, 'allowed'],
    ['two allows of which one holds', [allow('*', '*', inBlue), allow('ecs:*')], {}, 'allowed'],
  ])('%s', (_name, statements, asked, result) => {
    expect(decided(identity(...statements), asked).result).toBe(result);
  });

  test.each<[string, Statement, boolean]>([
    ['two operators that hold', { StringEquals: { 'a:b': 'x' }, Bool: { 'a:c': 'true' } }, true],
    ['two operators of which one holds', { StringEquals: { 'a:b': 'x' }, Bool: { 'a:c': 'false' } }, false],
    ['two keys that hold', { StringEquals: { 'a:b': 'x', 'a:c': 'true' } }, true],
    ['two keys of which one holds', { StringEquals: { 'a:b': 'x', 'a:c': 'no' } }, false],
    ['a key in another case', { StringEquals: { 'A:B': 'x' } }, true],
    ['a boolean that is none', { Bool: { 'a:c': true } }, true],
    ['no conditions at all', {}, true],
  ])('%s', (_name, Condition, isAllowed) => {
    const context = { 'a:b': ['x'], 'a:c': ['true'] };
    expect(decided(identity(allow('*', '*', { Condition })), { context }).result === 'allowed').toBe(
      isAllowed,
    );
  });

  test('tells which statement decided', () => {
    const policies = identity({ ...allow(), Sid: 'Good' }, { ...deny('ecs:RunTask'), Sid: 'Bad' });
    const sids = (asked: Asked) =>
      decided(policies, asked).statements.map(({ policy, statement }) => [policy, statement.sid]);
    expect(sids({})).toEqual([['p', 'Good']]);
    expect(sids({ action: 'ecs:RunTask' })).toEqual([['p', 'Bad']]);
    expect(decided(policies, { action: 'ecs:RunTask' }).by).toBe('identity-based');
  });
});

describe('a permissions boundary and a session policy', () => {
  const one = (name: string, ...statements: readonly Statement[]) => named(name, statements);
  const ecs = one('ecs', allow('ecs:*'));
  const s3 = one('s3', allow('s3:*'));
  const all = one('all', allow());
  const never = one('never', deny());
  test.each<[string, Policies, Decision['result'], Decision['by']]>([
    ['both allow', { identity: [all], boundary: ecs }, 'allowed', 'identity-based'],
    ['only the identity allows', { identity: [all], boundary: s3 }, 'implicitDeny', 'permissions boundary'],
    ['only the boundary allows', { identity: [s3], boundary: all }, 'implicitDeny', 'identity-based'],
    ['the boundary denies', { identity: [all], boundary: never }, 'explicitDeny', 'permissions boundary'],
    ['session and identity allow', { identity: [all], session: [ecs] }, 'allowed', 'identity-based'],
    ['only the session allows', { identity: [s3], session: [all] }, 'implicitDeny', 'identity-based'],
    ['the session allows other things', { identity: [all], session: [s3] }, 'implicitDeny', 'session'],
    ['the session allows nothing', { identity: [all], session: [] }, 'implicitDeny', 'session'],
    [
      'one of two session policies allows',
      { identity: [all], session: [s3, ecs] },
      'allowed',
      'identity-based',
    ],
    ['a session policy denies', { identity: [all], session: [ecs, never] }, 'explicitDeny', 'session'],
    ['all three allow', { identity: [ecs], boundary: all, session: [ecs] }, 'allowed', 'identity-based'],
    [
      'the boundary before the session',
      { identity: [all], boundary: s3, session: [s3] },
      'implicitDeny',
      'permissions boundary',
    ],
    ['the identity denies first', { identity: [never], boundary: never }, 'explicitDeny', 'identity-based'],
  ])('%s', (_name, policies, result, by) => {
    expect(decided(policies)).toMatchObject({ result, by });
  });
});

describe("a resource's policy", () => {
  const root = `arn:aws:iam::${account}:root`;
  const of = (effect: 'Allow' | 'Deny', principal: Statement | string, key = 'Principal') =>
    named('r', [{ Effect: effect, [key]: principal, Action: '*', Resource: '*' }], 'resource');
  const s3 = [named('s3', [allow('s3:*')])];
  const all = [named('all', [allow()])];
  type Row = [string, Requester, Policies, Decision['result'], Decision['by']];
  test.each<Row>([
    [
      'names the user',
      user,
      { identity: [], resource: of('Allow', { AWS: user.arn }) },
      'allowed',
      'resource-based',
    ],
    [
      'names another',
      user,
      { identity: [], resource: of('Allow', { AWS: `${user.arn}x` }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'names another, the identity allows',
      user,
      { identity: all, resource: of('Allow', { AWS: `${user.arn}x` }) },
      'allowed',
      'identity-based',
    ],
    [
      'names the account',
      user,
      { identity: [], resource: of('Allow', { AWS: root }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'names the account by its number',
      user,
      { identity: [], resource: of('Allow', { AWS: account }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'names the account, the identity allows',
      user,
      { identity: all, resource: of('Allow', { AWS: root }) },
      'allowed',
      'identity-based',
    ],
    [
      'names another account',
      user,
      { identity: s3, resource: of('Allow', { AWS: '999999999999' }) },
      'implicitDeny',
      'identity-based',
    ],
    ['names anyone', user, { identity: [], resource: of('Allow', '*') }, 'allowed', 'resource-based'],
    [
      'names any AWS',
      user,
      { identity: [], resource: of('Allow', { AWS: '*' }) },
      'allowed',
      'resource-based',
    ],
    [
      'names one of many',
      user,
      { identity: [], resource: of('Allow', { AWS: ['999999999999', user.arn] }) },
      'allowed',
      'resource-based',
    ],
    [
      'names a service',
      user,
      { identity: [], resource: of('Allow', { Service: 'ecs.amazonaws.com' }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'denies the user',
      user,
      { identity: all, resource: of('Deny', { AWS: user.arn }) },
      'explicitDeny',
      'resource-based',
    ],
    [
      'denies the account',
      user,
      { identity: all, resource: of('Deny', { AWS: root }) },
      'explicitDeny',
      'resource-based',
    ],
    ['denies anyone', user, { identity: all, resource: of('Deny', '*') }, 'explicitDeny', 'resource-based'],
    [
      'denies another',
      user,
      { identity: all, resource: of('Deny', { AWS: `${user.arn}x` }) },
      'allowed',
      'identity-based',
    ],
    [
      'denies all but the user',
      user,
      { identity: all, resource: of('Deny', { AWS: user.arn }, 'NotPrincipal') },
      'allowed',
      'identity-based',
    ],
    [
      'denies all but another',
      user,
      { identity: all, resource: of('Deny', { AWS: `${user.arn}x` }, 'NotPrincipal') },
      'explicitDeny',
      'resource-based',
    ],
    [
      'denies all but the account',
      user,
      { identity: all, resource: of('Deny', { AWS: [root] }, 'NotPrincipal') },
      'allowed',
      'identity-based',
    ],
    [
      'the identity denies',
      user,
      { identity: [named('n', [deny()])], resource: of('Allow', { AWS: user.arn }) },
      'explicitDeny',
      'identity-based',
    ],
    [
      'names the user, past its boundary',
      user,
      { identity: [], boundary: s3[0]!, resource: of('Allow', { AWS: user.arn }) },
      'allowed',
      'resource-based',
    ],
    [
      'the boundary denies',
      user,
      { identity: [], boundary: named('n', [deny()]), resource: of('Allow', { AWS: user.arn }) },
      'explicitDeny',
      'permissions boundary',
    ],
    [
      'names the session',
      role,
      { identity: [], resource: of('Allow', { AWS: role.arn }) },
      'allowed',
      'resource-based',
    ],
    [
      'names the session, past its limits',
      role,
      { identity: [], session: s3, boundary: s3[0]!, resource: of('Allow', { AWS: role.arn }) },
      'allowed',
      'resource-based',
    ],
    [
      'names the role',
      role,
      { identity: [], resource: of('Allow', { AWS: role.roleArn! }) },
      'allowed',
      'resource-based',
    ],
    [
      'names the role, within the boundary',
      role,
      { identity: [], boundary: s3[0]!, resource: of('Allow', { AWS: role.roleArn! }) },
      'implicitDeny',
      'permissions boundary',
    ],
    [
      'names the role, within the session',
      role,
      { identity: [], session: s3, resource: of('Allow', { AWS: role.roleArn! }) },
      'implicitDeny',
      'session',
    ],
    [
      'names the role, and both allow it',
      role,
      { identity: [], session: all, boundary: all[0]!, resource: of('Allow', { AWS: role.roleArn! }) },
      'allowed',
      'resource-based',
    ],
    [
      'denies the role',
      role,
      { identity: all, resource: of('Deny', { AWS: role.roleArn! }) },
      'explicitDeny',
      'resource-based',
    ],
    [
      'names the service that asks',
      service,
      { identity: [], resource: of('Allow', { Service: service.service! }) },
      'allowed',
      'resource-based',
    ],
    [
      'names another service',
      service,
      { identity: [], resource: of('Allow', { Service: 'ec2.amazonaws.com' }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'names the account, a service asks',
      service,
      { identity: [], resource: of('Allow', { AWS: root }) },
      'implicitDeny',
      'identity-based',
    ],
    [
      'must allow, and is silent',
      user,
      { identity: all, resource: of('Allow', { AWS: '999999999999' }), resourceMustAllow: true },
      'implicitDeny',
      'resource-based',
    ],
    [
      'must allow, and is not there',
      user,
      { identity: all, resourceMustAllow: true },
      'implicitDeny',
      'resource-based',
    ],
    [
      'must allow, and names the account',
      user,
      { identity: [], resource: of('Allow', { AWS: root }), resourceMustAllow: true },
      'implicitDeny',
      'identity-based',
    ],
    [
      'must allow, names the account, the identity too',
      user,
      { identity: all, resource: of('Allow', { AWS: root }), resourceMustAllow: true },
      'allowed',
      'identity-based',
    ],
    [
      'must allow, and names the user',
      user,
      { identity: [], resource: of('Allow', { AWS: user.arn }), resourceMustAllow: true },
      'allowed',
      'resource-based',
    ],
    [
      'must allow, and the identity denies',
      user,
      { identity: [named('n', [deny()])], resource: of('Allow', { AWS: user.arn }), resourceMustAllow: true },
      'explicitDeny',
      'identity-based',
    ],
  ])('%s', (_name, requester, policies, result, by) => {
    expect(decided(policies, { requester })).toMatchObject({ result, by });
  });
});
