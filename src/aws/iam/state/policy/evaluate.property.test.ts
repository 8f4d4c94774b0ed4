// The evaluation against a second one, which reads the JSON again at each request and knows nothing of patterns.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { parsePolicy } from './parse-policy.ts';

interface Plain {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
type Context = Readonly<Record<string, readonly string[]>>;
interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

const expression = (pattern: string, context: Context, ignoreCase = false): RegExp => {
  const filled = pattern.replaceAll('${aws:username}', () => {
    const [only, ...others] = context['aws:username'] ?? [];
    return only === undefined || others.length > 0 ? '\n' : only.replaceAll(/[^]/g, '\0$&');
  });
  const source = [...filled.matchAll(/\0?[^]/g)].map(([one]) => {
    if (one === '*') return '[^]*';
    if (one === '?') return '[^]';
    return one.replace('\0', '').replace(/[$()*+.?[\\\]^{|}/-]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, ignoreCase ? 'i' : '');
};

const plainTests: Readonly<Record<string, (wanted: string, value: string, context: Context) => boolean>> = {
  StringEquals: (wanted, value, context) =>
    wanted === '${aws:username}'
      ? context['aws:username']?.length === 1 && context['aws:username'][0] === value
      : wanted === value,
  StringLike: (wanted, value, context) => expression(wanted, context).test(value),
  NumericLessThan: (wanted, value) => Number.parseFloat(value) < Number.parseFloat(wanted),
  Bool: (wanted, value) => wanted === value,
};

function naiveCondition(operator: string, key: string, wanted: readonly string[], context: Context): boolean {
  const values = context[key];
  if (operator === 'Null') return wanted.includes(values === undefined ? 'true' : 'false');
  const [forEach, rest] = operator.includes(':') ? operator.split(':') : ['', operator];
  const ifExists = rest!.endsWith('IfExists');
  const name = rest!.replace('IfExists', '');
  if (values === undefined && ifExists) return true;
  const isNegated = name.includes('Not');
  const test = plainTests[name.replace('Not', '')]!;
  const one = (value: string) => wanted.some((want) => test(want, value, context)) !== isNegated;
  if (forEach === 'ForAllValues') return (values ?? []).every(one);
  if (forEach === 'ForAnyValue') return (values ?? []).some(one);
  return isNegated ? (values ?? []).every(one) : (values ?? []).some(one);
}

function naiveApplies(statement: Plain, { action, resource, context }: Question): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isAction = (all: readonly string[]) => all.some((one) => expression(one, {}, true).test(action));
  const isResource = (all: readonly string[]) => all.some((one) => expression(one, context).test(resource));
  if (Action ? !isAction(Action) : isAction(NotAction!)) return false;
  if (Resource ? !isResource(Resource) : isResource(NotResource!)) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => naiveCondition(operator, key, wanted, context)),
  );
}

function naive(question: Question, groups: readonly (readonly Plain[] | undefined)[]): string {
  const present = groups.filter((group) => group !== undefined);
  const has = (group: readonly Plain[], effect: string) =>
    group.some((one) => one.Effect === effect && naiveApplies(one, question));
  if (present.some((group) => has(group, 'Deny'))) return 'explicitDeny';
  return present.every((group) => has(group, 'Allow')) ? 'allowed' : 'implicitDeny';
}

const someOf = (...values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const actions = someOf('*', 's:*', 's:Get', 's:G*', 's:*t', 's:?ut', 't:Get', 'S:GET');
const resources = someOf(
  '*',
  'arn:aws:s:::a',
  'arn:aws:s:::a*',
  'arn:aws:s:::?',
  'arn:aws:s:::${aws:username}/*',
);
const operator = fc.constantFrom(
  ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'NumericLessThan', 'Bool', 'Null'],
  ...[
    'StringEqualsIfExists',
    'StringNotLikeIfExists',
    'ForAllValues:StringLike',
    'ForAnyValue:StringNotEquals',
  ],
  ...['ForAnyValue:StringEqualsIfExists', 'ForAllValues:StringNotLike'],
);
const condition = fc.dictionary(
  operator,
  fc.dictionary(fc.constantFrom('s:k', 's:l'), someOf('a', 'a*', '5', 'true', 'false', '${aws:username}'), {
    minKeys: 1,
    maxKeys: 2,
  }),
  { maxKeys: 2 },
);
const statement = fc
  .record({
    Effect: fc.constantFrom(...(['Allow', 'Allow', 'Allow', 'Allow', 'Deny'] as const)),
    action: fc.tuple(fc.boolean(), actions),
    resource: fc.tuple(fc.boolean(), resources),
    Condition: condition,
  })
  .map(({ Effect, action, resource, Condition }): Plain => ({
    Effect,
    [action[0] ? 'NotAction' : 'Action']: action[1],
    [resource[0] ? 'NotResource' : 'Resource']: resource[1],
    Condition,
  }));
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
const values = fc.array(fc.constantFrom('a', 'ab', 'a*', '4', '6', 'true', 'x.y'), {
  minLength: 1,
  maxLength: 2,
});
const context = fc.dictionary(fc.constantFrom('s:k', 's:l', 'aws:username'), values);
const question = fc.record({
  action: fc.constantFrom('s:Get', 's:Put', 't:Get', 's:get'),
  resource: fc.constantFrom('*', 'arn:aws:s:::a', 'arn:aws:s:::ab', 'arn:aws:s:::a/x', 'arn:aws:s:::a*/x'),
  context,
});

test('two evaluators that have nothing in common decide the same', () => {
  const results = new Map<string, number>();
  fc.assert(
    fc.property(
      question,
      statements,
      fc.option(statements, { nil: undefined, freq: 1 }),
      fc.option(statements, { nil: undefined, freq: 1 }),
      (asked, identity, boundary, session) => {
        const named = (Statement: readonly Plain[]) => ({
          name: 'p',
          document: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity'),
        });
        const requester = { accountId: '1', arn: 'arn:aws:iam::1:user/a' };
        const { result } = evaluate(
          { requester, action: asked.action, resource: asked.resource, context: (key) => asked.context[key] },
          {
            identity: [named(identity)],
            ...(boundary && { boundary: named(boundary) }),
            ...(session && { session: [named(session)] }),
          },
        );
        results.set(result, (results.get(result) ?? 0) + 1);
        expect(result).toBe(naive(asked, [identity, boundary, session]));
      },
    ),
    { numRuns: 5000 },
  );
  // Each outcome is common enough to have been compared.
  for (const result of ['allowed', 'implicitDeny', 'explicitDeny'])
    expect(results.get(result)).toBeGreaterThan(100);
});

// Policies of resources, against a second reading of the rules: what each principal of an Allow reaches.
const account = '111122223333';
const userArn = `arn:aws:iam::${account}:user/a`;
const roleArn = `arn:aws:iam::${account}:role/r`;
const sessionArn = `arn:aws:sts::${account}:assumed-role/r/s`;
const principals = [
  '*',
  userArn,
  roleArn,
  sessionArn,
  account,
  `arn:aws:iam::${account}:root`,
  '999999999999',
  'arn:aws:iam::999999999999:root',
  'arn:aws:iam::999999999999:user/a',
  'arn:aws:iam::999999999999:role/r',
  `arn:aws:iam::${account}:user/b`,
] as const;
const requesters = [
  { accountId: account, arn: userArn },
  { accountId: account, arn: sessionArn, roleArn },
] as const;

/** What of these names somebody: themselves, their role, anyone, or only their account. */
function naiveNames(requester: (typeof requesters)[number], name: string) {
  const isRole = 'roleArn' in requester;
  if (name === requester.arn) return 'self';
  if (name === '*') return isRole ? 'role' : 'self';
  if (isRole && name === roleArn) return 'role';
  return name === account || name === `arn:aws:iam::${account}:root` ? 'account' : 'nobody';
}

interface Sides {
  readonly identity: boolean;
  readonly boundary: boolean | undefined;
  readonly mustAllow: boolean;
}

function naiveOfResource(allowed: readonly string[], denied: readonly string[], sides: Sides): string {
  if (denied.some((one) => one !== 'nobody')) return 'explicitDeny';
  if (allowed.includes('self')) return 'allowed';
  const byRole = allowed.includes('role');
  if (sides.mustAllow && !byRole && !allowed.includes('account')) return 'implicitDeny';
  return (sides.identity || byRole) && sides.boundary !== false ? 'allowed' : 'implicitDeny';
}

test('policies of resources decide as a second reading of the rules does, and name nobody of another account', () => {
  const some = fc.array(fc.constantFrom(...principals), { maxLength: 2 });
  const names = { some, none: fc.constant([] as (typeof principals)[number][]) };
  const results = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.constantFrom(...requesters),
      some,
      fc.oneof({ weight: 3, arbitrary: names.none }, { weight: 1, arbitrary: names.some }),
      fc.record({
        identity: fc.boolean(),
        boundary: fc.option(fc.boolean(), { nil: undefined }),
        mustAllow: fc.boolean(),
      }),
      (requester, allowed, denied, sides) => {
        const policy = (Statement: readonly object[], use: 'identity' | 'resource') => ({
          name: 'p',
          document: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), use),
        });
        const yes = (isAllowed: boolean) =>
          policy([{ Effect: 'Allow', Action: isAllowed ? '*' : 'other:*', Resource: '*' }], 'identity');
        const of = (Effect: string, all: readonly string[]) =>
          all.length === 0 ? [] : [{ Effect, Principal: { AWS: all }, Action: '*', Resource: '*' }];
        const statements = [...of('Allow', allowed), ...of('Deny', denied)];
        const { result } = evaluate(
          { requester, action: 'kms:Decrypt', resource: 'arn:aws:kms:::key/k', context: () => undefined },
          {
            identity: [yes(sides.identity)],
            ...(sides.boundary !== undefined && { boundary: yes(sides.boundary) }),
            ...(statements.length > 0 && { resource: policy(statements, 'resource') }),
            resourceMustAllow: sides.mustAllow,
          },
        );
        const named = (all: readonly string[]) => all.map((name) => naiveNames(requester, name));
        results.set(result, (results.get(result) ?? 0) + 1);
        expect(result).toBe(naiveOfResource(named(allowed), named(denied), sides));
      },
    ),
    { numRuns: 3000 },
  );
  for (const result of ['allowed', 'explicitDeny', 'implicitDeny'])
    expect(results.get(result)).toBeGreaterThan(100);
});
