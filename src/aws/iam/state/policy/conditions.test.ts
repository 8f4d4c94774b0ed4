// The condition operators as AWS documents them, one case a row.
import { describe, expect, test } from 'vitest';
import { conditionOf } from './condition.ts';

type Values = string | readonly string[] | undefined;
/** Operator, what the policy wants, what the request has (undefined: not the key), whether the condition is met. */
type Row = readonly [operator: string, wanted: string | readonly string[], has: Values, isMet: boolean];

const listOf = (values: string | readonly string[]): readonly string[] =>
  typeof values === 'string' ? [values] : values;

/** The request has the key under test, and a user that is called `ada`. */
function isMet([operator, wanted, has]: Row): boolean {
  const context: Record<string, readonly string[] | undefined> = {
    'test:key': has === undefined ? undefined : listOf(has),
    'aws:username': ['ada'],
    'aws:principaltag/team': ['blue'],
    'aws:tagkeys': ['a', 'b'],
  };
  return conditionOf(operator, 'Test:Key', listOf(wanted), true)!.isMet((key) => context[key]);
}

const strings: readonly Row[] = [
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a', 'ab', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', ['a', 'b'], 'c', false],
  ['StringEquals', 'a', undefined, false],
  ['StringEquals', '', '', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', 'a*', 'a*', true],
  ['StringEquals', 'a?', 'a?', true],
  ['StringEquals', '${aws:username}', 'ada', true],
  ['StringEquals', '${AWS:UserName}', 'ada', true],
  ['StringEquals', '${aws:username}', 'bob', false],
  ['StringEquals', '${aws:PrincipalTag/Team}', 'blue', true],
  ['StringEquals', '${aws:PrincipalTag/team}-x', 'blue-x', true],
  ['StringEquals', '${aws:nothing}', '', false],
  ['StringEquals', "${aws:nothing, 'none'}", 'none', true],
  ['StringEquals', "${aws:username, 'none'}", 'none', false],
  ['StringEquals', "${aws:username, 'none'}", 'ada', true],
  ['StringEquals', '${aws:TagKeys}', 'a', false],
  ['StringEquals', '${*}', '*', true],
  ['StringEquals', '${?}', '?', true],
  ['StringEquals', '${$}', '$', true],
  ['StringEquals', 'cost$', 'cost$', true],
  ['StringEquals', '${open', '${open', true],
  ['StringNotEquals', 'a', 'b', true],
  ['StringNotEquals', 'a', 'a', false],
  ['StringNotEquals', 'a', 'A', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringNotEquals', 'a', undefined, true],
  ['StringNotEquals', '${aws:username}', 'ada', false],
  ['StringNotEquals', '${aws:username}', 'bob', true],
  ['StringEqualsIgnoreCase', 'Ab', 'aB', true],
  ['StringEqualsIgnoreCase', 'Ab', 'abc', false],
  ['StringEqualsIgnoreCase', 'Ab', undefined, false],
  ['StringEqualsIgnoreCase', '${aws:username}', 'ADA', true],
  ['StringNotEqualsIgnoreCase', 'Ab', 'aB', false],
  ['StringNotEqualsIgnoreCase', 'Ab', 'x', true],
  ['StringNotEqualsIgnoreCase', 'Ab', undefined, true],
  ['StringLike', 'a*', 'abc', true],
  ['StringLike', 'a*', 'a', true],
  ['StringLike', 'a*', 'ba', false],
  ['StringLike', '*a', 'ba', true],
  ['StringLike', '*', '', true],
  ['StringLike', '*', undefined, false],
  ['StringLike', 'a?c', 'abc', true],
  ['StringLike', 'a?c', 'ac', false],
  ['StringLike', 'a?c', 'abbc', false],
  ['StringLike', '?', 'x', true],
  ['StringLike', '?', '', false],
  ['StringLike', 'a*c*e', 'abcde', true],
  ['StringLike', 'a*c*e', 'abde', false],
  ['StringLike', '*b?d*', 'aabcdd', true],
  ['StringLike', 'A*', 'abc', false],
  ['StringLike', 'a.c', 'abc', false],
  ['StringLike', '(a|b)', 'a', false],
  ['StringLike', '${*}x', '*x', true],
  ['StringLike', '${*}x', 'yx', false],
  ['StringLike', '${?}x', 'yx', false],
  ['StringLike', '${aws:username}/*', 'ada/file', true],
  ['StringLike', '${aws:username}/*', 'bob/file', false],
  ['StringLike', ['x*', 'y*'], 'yes', true],
  ['StringNotLike', 'a*', 'abc', false],
  ['StringNotLike', 'a*', 'xbc', true],
  ['StringNotLike', ['a*', 'x*'], 'xbc', false],
  ['StringNotLike', 'a*', undefined, true],
  ['stringequals', 'a', 'a', true],
  ['STRINGLIKE', 'a*', 'ab', true],
];

const numbers: readonly Row[] = [
  ['NumericEquals', '5', '5', true],
  ['NumericEquals', '5', '5.0', true],
  ['NumericEquals', '5', '6', false],
  ['NumericEquals', ['5', '6'], '6', true],
  ['NumericEquals', '5', undefined, false],
  ['NumericEquals', '5', 'five', false],
  ['NumericEquals', 'five', 'five', false],
  ['NumericEquals', '', '0', false],
  ['NumericEquals', '-1', '-1', true],
  ['NumericEquals', '1e3', '1000', true],
  ['NumericNotEquals', '5', '6', true],
  ['NumericNotEquals', '5', '5', false],
  ['NumericNotEquals', '5', undefined, true],
  ['NumericLessThan', '5', '4.9', true],
  ['NumericLessThan', '5', '5', false],
  ['NumericLessThan', '5', undefined, false],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThanEquals', '5', '5', true],
  ['NumericLessThanEquals', '5', '5.1', false],
  ['NumericGreaterThan', '5', '6', true],
  ['NumericGreaterThan', '5', '5', false],
  ['NumericGreaterThan', '9', '10', true],
  ['NumericGreaterThanEquals', '5', '5', true],
  ['NumericGreaterThanEquals', '5', '4', false],
  ['NumericGreaterThanEquals', '5', 'x', false],
];

const dates: readonly Row[] = [
  ['DateEquals', '2026-01-31T00:00:00Z', '2026-01-31T00:00:00Z', true],
  ['DateEquals', '2026-01-31', '2026-01-31T00:00:00Z', true],
  ['DateEquals', '1769817600', '2026-01-31T00:00:00Z', true],
  ['DateEquals', '2026-01-31T01:00:00+01:00', '2026-01-31T00:00:00Z', true],
  ['DateEquals', '2026-01-31', '2026-01-31T00:00:01Z', false],
  ['DateEquals', 'today', 'today', false],
  ['DateEquals', '2026-01-31', undefined, false],
  ['DateNotEquals', '2026-01-31', '2026-02-01T00:00:00Z', true],
  ['DateNotEquals', '2026-01-31', '2026-01-31T00:00:00Z', false],
  ['DateNotEquals', '2026-01-31', undefined, true],
  ['DateLessThan', '2026-01-31T12:00:00Z', '2026-01-31T11:59:59Z', true],
  ['DateLessThan', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', false],
  ['DateLessThan', '2026-01-31T12:00:00Z', undefined, false],
  ['DateLessThanEquals', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', true],
  ['DateLessThanEquals', '2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z', false],
  ['DateGreaterThan', '2026-01-31T12:00:00Z', '2026-01-31T12:00:01Z', true],
  ['DateGreaterThan', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', false],
  ['DateGreaterThan', '2026-01-31T12:00:00Z', '1769860801', true],
  ['DateGreaterThanEquals', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z', true],
  ['DateGreaterThanEquals', '2026-01-31T12:00:00Z', '2025-01-31T12:00:00Z', false],
];

const others: readonly Row[] = [
  ['Bool', 'true', 'true', true],
  ['Bool', 'true', 'false', false],
  ['Bool', 'false', 'false', true],
  ['Bool', 'True', 'true', true],
  ['Bool', 'false', undefined, false],
  ['Bool', 'true', undefined, false],
  ['Bool', ['true', 'false'], 'false', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ4', false],
  ['BinaryEquals', 'QQ==', 'QQ', true],
  ['BinaryEquals', 'QQ==', undefined, false],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'x', false],
  ['Null', 'false', 'x', true],
  ['Null', 'false', undefined, false],
  ['Null', 'false', '', true],
  ['null', 'TRUE', undefined, true],
];

const addresses: readonly Row[] = [
  ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', '203.0.113.7', '203.0.113.8', false],
  ['IpAddress', '0.0.0.0/0', '198.51.100.1', true],
  ['IpAddress', '10.0.0.0/8', '10.255.255.255', true],
  ['IpAddress', '10.0.0.0/8', '11.0.0.0', false],
  ['IpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.1.1', true],
  ['IpAddress', '2001:db8:1234:5678::/64', '2001:db8:1234:5678::1', true],
  ['IpAddress', '2001:db8:1234:5678::/64', '2001:db8:1234:5679::1', false],
  ['IpAddress', '::/0', '10.0.0.1', false],
  ['IpAddress', '0.0.0.0/0', '::1', false],
  ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
  ['IpAddress', 'nonsense', '10.0.0.1', false],
  ['IpAddress', '10.0.0.0/8', 'nonsense', false],
  ['IpAddress', '10.0.0.0/8', undefined, false],
  ['NotIpAddress', '10.0.0.0/8', '10.1.1.1', false],
  ['NotIpAddress', '10.0.0.0/8', '11.1.1.1', true],
  ['NotIpAddress', ['10.0.0.0/8', '11.0.0.0/8'], '11.1.1.1', false],
  ['NotIpAddress', '10.0.0.0/8', undefined, true],
];

const topic = 'arn:aws:sns:us-east-1:123456789012:my-topic';
const arns: readonly Row[] = [
  ['ArnEquals', topic, topic, true],
  ['ArnEquals', topic, `${topic}s`, false],
  ['ArnLike', 'arn:aws:sns:*:123456789012:my-*', topic, true],
  ['ArnEquals', 'arn:aws:sns:*:123456789012:my-*', topic, true],
  ['ArnLike', 'arn:aws:sns:eu-?????-1:*:*', topic, false],
  ['ArnLike', 'arn:*:sns:*:*:*', topic, true],
  ['ArnLike', 'arn:aws:*:my-topic', topic, false],
  ['ArnLike', 'arn:aws:sns:*:my-topic', topic, false],
  ['ArnLike', '*', topic, true],
  ['ArnLike', 'arn:aws:ecs:*:*:task-definition/web:*', 'arn:aws:ecs:r:1:task-definition/web:7', true],
  ['ArnLike', 'arn:aws:ecs:*:*:task-definition/web:*', 'arn:aws:ecs:r:1:task-definition/api:7', false],
  ['ArnLike', 'arn:aws:iam::1:role/${aws:PrincipalTag/team}/*', 'arn:aws:iam::1:role/blue/x', true],
  ['ArnLike', 'arn:aws:sns:*:*:*', 'not an arn', false],
  ['ArnLike', 'arn:aws:sns:*:*:*', undefined, false],
  ['ArnNotEquals', topic, topic, false],
  ['ArnNotEquals', topic, 'arn:aws:sns:us-east-1:123456789012:other', true],
  ['ArnNotLike', 'arn:aws:sns:*:*:my-*', topic, false],
  ['ArnNotLike', 'arn:aws:sns:*:*:your-*', topic, true],
  ['ArnNotLike', 'arn:aws:sns:*:*:your-*', undefined, true],
];

const ifExists: readonly Row[] = [
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'a', true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringLikeIfExists', 'a*', undefined, true],
  ['StringLikeIfExists', 'a*', 'b', false],
  ['StringNotEqualsIfExists', 'a', undefined, true],
  ['StringNotEqualsIfExists', 'a', 'a', false],
  ['NumericLessThanIfExists', '5', undefined, true],
  ['NumericLessThanIfExists', '5', '6', false],
  ['DateGreaterThanIfExists', '2026-01-01', undefined, true],
  ['BoolIfExists', 'true', undefined, true],
  ['BoolIfExists', 'true', 'false', false],
  ['IpAddressIfExists', '10.0.0.0/8', undefined, true],
  ['IpAddressIfExists', '10.0.0.0/8', '11.0.0.1', false],
  ['ArnLikeIfExists', 'arn:aws:sns:*:*:*', undefined, true],
  ['boolifexists', 'true', undefined, true],
];

const sets: readonly Row[] = [
  ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], [], true],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
  ['ForAllValues:StringLike', ['a*', 'b*'], ['ax', 'bx'], true],
  ['ForAllValues:StringLike', ['a*', 'b*'], ['ax', 'cx'], false],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
  ['ForAllValues:StringNotEquals', ['a', 'b'], undefined, true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], [], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringLike', 'a*', ['x', 'ab'], true],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringEqualsIfExists', 'a', undefined, true],
  ['ForAllValues:StringEqualsIfExists', 'a', ['b'], false],
  ['ForAnyValue:ArnLike', 'arn:aws:sns:*:*:*', ['x', topic], true],
  ['ForAllValues:NumericLessThan', '5', ['1', '6'], false],
  ['ForAnyValue:NumericLessThan', '5', ['1', '6'], true],
  ['forallvalues:StringEquals', 'a', ['a'], true],
];

/** Many rows by their operator, so that a report names it. */
describe.each([
  ['String', strings],
  ['Numeric', numbers],
  ['Date', dates],
  ['Bool, Binary and Null', others],
  ['IpAddress', addresses],
  ['Arn', arns],
  ['…IfExists', ifExists],
  ['ForAllValues and ForAnyValue', sets],
] as const)('the operators of %s', (_kind, rows: readonly Row[]) => {
  test.each(rows)('%s %j with %j: %j', (...row) => {
    expect(isMet(row)).toBe(row[3]);
  });
});

test('an operator that there is not', () => {
  for (const name of ['Equals', 'StringEqualsNot', 'ForEach:StringEquals', 'Null:StringEquals', ''])
    expect(conditionOf(name, 'a:b', ['x'], true)).toBeUndefined();
});

test('variables mean nothing in a policy of the old version', () => {
  const condition = conditionOf('StringEquals', 'a:b', ['${aws:username}'], false)!;
  expect(condition.isMet((key) => (key === 'a:b' ? ['${aws:username}'] : ['ada']))).toBe(true);
});
