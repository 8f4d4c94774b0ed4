import { describe, expect, test } from 'vitest';
import { parsePolicy, type PolicyUse } from './parse-policy.ts';

const syntax = 'Syntax errors in policy.';
const good = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' };
const trust = {
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const whole = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: statement });
const without = (name: string): object =>
  Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

describe('a document that is malformed is refused in AWS’s words', () => {
  test.each<[string, string, PolicyUse]>([
    ['{', syntax, 'identity'],
    ['[]', syntax, 'identity'],
    ['null', syntax, 'identity'],
    ['{}', syntax, 'identity'],
    [
      JSON.stringify({ Version: '2012-10-18', Statement: good }),
      'The policy must contain a valid version string.',
      'identity',
    ],
    [JSON.stringify({ Version: '2012-10-17', Statement: good, More: 1 }), syntax, 'identity'],
    [whole([]), syntax, 'identity'],
    [whole([1]), syntax, 'identity'],
    [whole({ ...good, Effect: 'Permit' }), syntax, 'identity'],
    [whole({ ...good, effect: 'Allow' }), syntax, 'identity'],
    [whole(without('Effect')), syntax, 'identity'],
    [whole(without('Action')), 'Policy statement must contain actions.', 'identity'],
    [whole({ ...good, Action: [] }), 'Policy statement must contain actions.', 'identity'],
    [whole({ ...good, NotAction: 'ecs:*' }), syntax, 'identity'],
    [whole({ ...good, Action: 5 }), syntax, 'identity'],
    [
      whole({ ...good, Action: 'RunTask' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      'identity',
    ],
    [whole({ ...good, Action: 'a:b:c' }), 'Actions/Condition can contain only one colon.', 'identity'],
    [whole({ ...good, Action: 'a b:c' }), 'Vendor a b is not valid', 'identity'],
    [whole(without('Resource')), 'Policy statement must contain resources.', 'identity'],
    [whole({ ...good, Resource: [] }), 'Policy statement must contain resources.', 'identity'],
    [whole({ ...good, Resource: 'bucket' }), 'Resource bucket must be in ARN format or "*".', 'identity'],
    [
      whole({ ...good, Resource: 'arn:aws:s3' }),
      'Resource arn:aws:s3 must be in ARN format or "*".',
      'identity',
    ],
    [
      whole({ ...good, Resource: 'arn::s3:::b' }),
      'Partition "" is not valid for resource "arn::s3:::b".',
      'identity',
    ],
    [whole({ ...good, Principal: '*' }), 'Policy document should not specify a principal.', 'identity'],
    [
      whole({ ...good, Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      'identity',
    ],
    [
      whole([
        { ...good, Sid: 'a' },
        { ...good, Sid: 'a' },
      ]),
      'Statement IDs (SID) in a single policy must be unique.',
      'identity',
    ],
    [
      whole({ ...good, Condition: { Equals: { 'a:b': 'c' } } }),
      'Invalid Condition type : Equals.',
      'identity',
    ],
    [
      whole({ ...good, Condition: { StringEquals: { ab: 'c' } } }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      'identity',
    ],
    [whole({ ...good, Condition: { StringEquals: { 'a:b': {} } } }), syntax, 'identity'],
    [whole({ ...good, Condition: 'x' }), syntax, 'identity'],
    [whole({ ...trust, Resource: '*' }), 'Has prohibited field Resource', 'trust'],
    [whole({ ...trust, Principal: undefined }), 'Missing required field Principal', 'trust'],
    [whole({ ...trust, Principal: {} }), 'Missing required field Principal cannot be empty!', 'trust'],
    [whole({ ...trust, Principal: { Aws: '*' } }), syntax, 'trust'],
    [whole({ ...trust, Principal: { AWS: 'ada' } }), 'Invalid principal in policy: "AWS":"ada"', 'trust'],
    [
      whole({ ...trust, Action: 's3:GetObject' }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
      'trust',
    ],
    [whole({ ...trust, Action: undefined }), 'Missing required field Action', 'trust'],
    [whole(good), 'Missing required field Principal', 'resource'],
  ])('%s', (text, message, use) => {
    expect(() => parsePolicy(text, use)).toThrow(
      expect.objectContaining({ name: 'BrokenRule', message }) as Error,
    );
  });
});

test('one statement alone, and texts alone, are as a list of them', () => {
  const { statements } = parsePolicy(whole({ ...good, Sid: 'One' }), 'identity');
  expect(statements).toMatchObject([{ sid: 'One', effect: 'Allow', actions: { isNegated: false } }]);
  expect(parsePolicy(whole([trust, { ...trust, Principal: '*' }]), 'trust').statements).toHaveLength(2);
});
