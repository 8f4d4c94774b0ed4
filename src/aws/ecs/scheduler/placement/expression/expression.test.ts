import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression, type InstanceFacts } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { parseExpression } from './parse.ts';

const facts = (over: Partial<InstanceFacts> = {}): InstanceFacts => ({
  attributes: [
    { name: 'ecs.availability-zone', value: 'us-east-1a' },
    { name: 'ecs.instance-type', value: 'g2.2xlarge' },
    { name: 'stack', value: 'dev' },
    { name: 'rank', value: '10' },
    { name: 'marked' },
  ],
  agentConnected: true,
  agentVersion: '1.14.5',
  ec2InstanceId: 'i-abcd1234',
  registeredAt: Date.UTC(2018, 5, 18, 22, 28, 28),
  runningTasksCount: 2,
  taskGroups: ['service:production', 'family:web'],
  ...over,
});

const matches = (text: string, over?: Partial<InstanceFacts>): boolean =>
  compileExpression(parseExpression(text))(facts(over));

describe('one test', () => {
  test.each([
    'agentConnected == true',
    'agentConnected equals true',
    'agentVersion >= 1.9.0',
    'agentVersion < 1.100',
    'agentVersion == 1.14.5',
    'ec2InstanceId in [i-abcd1234, i-wxyx7890]',
    "ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']",
    'ec2InstanceId not_in [i-1]',
    'ec2InstanceId !in [i-1]',
    'registeredAt < 2018-06-19',
    'registeredAt == 2018-06-18T22:28:28+00:00',
    'registeredAt >= 2018-06-18T22:28:28Z',
    'registeredAt greater_than 2018-06-18T22:28:27',
    'runningTasksCount == 2',
    'runningTasksCount less_than_equal 2',
    'task:group == service:production',
    'task:group != service:staging',
    'task:group in [a, family:web]',
    'task:group =~ service:.*',
    'attribute:stack == dev',
    'attribute:stack != prod',
    'attribute:stack exists',
    'attribute:marked exists',
    'attribute:missing !exists',
    'attribute:missing not_exists',
    'attribute:ecs.instance-type =~ g2.*',
    "attribute:ecs.instance-type matches '(g2|g3)\\.2xlarge'",
    'attribute:ecs.instance-type =~ t2.*|g2.*',
    'attribute:rank > 9',
    'attribute:stack > abc',
    'attribute:stack==dev',
  ])('%s matches', (text) => {
    expect(matches(text)).toBe(true);
  });

  test.each([
    'agentConnected == false',
    'agentVersion > 1.14.5',
    'registeredAt > 2018-06-19',
    'runningTasksCount > 2',
    'task:group == web',
    'task:group != family:web',
    'task:group !~ service:.*',
    'attribute:missing == x',
    'attribute:missing != x',
    'attribute:missing !in [x]',
    'attribute:missing !~ x',
    'attribute:stack == Dev',
    'attribute:ecs.instance-type =~ g2',
    'attribute:rank < 9',
  ])('%s does not', (text) => {
    expect(matches(text)).toBe(false);
  });

  test('an instance without an EC2 id matches no test of it', () => {
    expect(matches('ec2InstanceId != x', { ec2InstanceId: undefined })).toBe(false);
  });
});

describe('compound', () => {
  test.each([
    ['attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d', true],
    ['attribute:stack == x or attribute:stack == dev and runningTasksCount == 3', false],
    ['(attribute:stack == x or attribute:stack == dev) and runningTasksCount == 2', true],
    ['attribute:stack == dev or attribute:stack == x and runningTasksCount == 3', true],
    ['not(task:group == service:production)', false],
    ['!(task:group == x)', true],
    ['not not agentConnected == true', true],
    ['agentConnected == true && !(agentVersion < 1) || runningTasksCount == 9', true],
    ['!agentConnected == true', false],
  ])('%s is %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });
});

describe('errors name the place', () => {
  test.each([
    ['', 1, 'expected a subject'],
    ['stack == dev', 1, "found 'stack'"],
    ['attribute:stack', 16, "expected an operator after 'attribute:stack', but found the end"],
    ['attribute:stack ~ dev', 17, "unexpected '~'"],
    ['attribute:stack is dev', 17, "found 'is'"],
    ['attribute:stack ==', 19, 'expected a value'],
    ['attribute:stack in dev', 20, "expected '['"],
    ['attribute:stack in []', 21, 'expected a value'],
    ['attribute:stack =~ (a|b)', 20, 'goes in quotes'],
    ['attribute:stack in [dev', 24, "expected ']'"],
    ['attribute:stack == dev)', 23, "found ')'"],
    ['(attribute:stack == dev', 24, "expected ')'"],
    ["attribute:stack == 'dev", 20, 'never closed'],
    ['agentVersion in [1]', 14, 'cannot be asked with'],
    ['agentConnected == true agentConnected == true', 24, "expected 'and', 'or' or the end"],
    ['attribute:a exists and registeredAt > soon', 39, 'is not a date'],
    ['not (runningTasksCount < many)', 26, 'is not a number'],
    ['attribute:stack =~ "("', 20, 'is not a regular expression'],
  ])('%s', (text, position, problem) => {
    const parse = () => compileExpression(parseExpression(text));
    expect(parse).toThrow(ExpressionError);
    expect(parse).toThrow(`at position ${position}: `);
    expect(parse).toThrow(problem);
  });

  test.each(['registeredAt > soon', 'runningTasksCount > many', 'attribute:a =~ (', 'attribute:a =~ "("'])(
    '%s',
    (text) => {
      expect(() => compileExpression(parseExpression(text))).toThrow(ExpressionError);
    },
  );

  test('too long and too deep', () => {
    expect(() => parseExpression(`attribute:a == ${'x'.repeat(2000)}`)).toThrow('at most 2000 characters');
    expect(() => parseExpression(`${'('.repeat(500)}attribute:a exists${')'.repeat(500)}`)).toThrow(
      'nested too deeply',
    );
  });
});

const atom = fc.constantFrom(
  'agentConnected == true',
  'runningTasksCount > 5',
  'attribute:stack == dev',
  'attribute:x exists',
);
const { tree } = fc.letrec<{ tree: { text: string; value: boolean } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    atom.map((text) => ({ text, value: matches(text) })),
    tie('tree').map(({ text, value }) => ({ text: `not (${text})`, value: !value })),
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([a, b]) => ({ text: `(${a.text}) and (${b.text})`, value: a.value && b.value })),
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([a, b]) => ({ text: `(${a.text}) || (${b.text})`, value: a.value || b.value })),
  ),
}));

test('and, or and not mean what they mean, however nested', () => {
  fc.assert(
    fc.property(tree, ({ text, value }) => {
      fc.pre(text.length <= 2000);
      expect(matches(text)).toBe(value);
    }),
  );
});

test('any text is an expression or an ExpressionError, never anything else', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'attribute:a',
      'task:group',
      '==',
      '!',
      'in',
      '[',
      ']',
      ',',
      '(',
      ')',
      'and',
      'or',
      'not',
      'exists',
      "'x'",
      '"',
      ' ',
      'matches',
      '(a+)+$',
    ),
    fc.string({ maxLength: 4, unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        matches(pieces.join(' '));
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
      }
    }),
    { numRuns: 5000 },
  );
});

test('a pattern that would make a backtracking engine hang is answered at once', () => {
  const attributes = [{ name: 'a', value: `${'a'.repeat(5000)}!` }];
  expect(matches('attribute:a =~ "(a+)+"', { attributes })).toBe(false);
});

describe('patterns', () => {
  const stack = (value: string) => ({ attributes: [{ name: 'stack', value }] });

  test.each([
    ['that repeat what repeats', '((x{30}){30})'.repeat(130)],
    ['with one long repeat', '(abcdefgh){100}'],
    ['of many optional parts', 'a?'.repeat(200)],
    ['nested without end', '('.repeat(900) + ')'.repeat(900)],
  ])('%s are refused, with the limit', (_name, pattern) => {
    expect(() => compileExpression(parseExpression(`attribute:stack =~ "${pattern}"`))).toThrow(
      /at most 128 steps/,
    );
  });

  test('of one query share its steps', () => {
    const one = `attribute:stack =~ "${'a'.repeat(50)}"`;
    expect(matches(`${one} or ${one}`, stack('a'.repeat(50)))).toBe(true);
    expect(() => compileExpression(parseExpression(`${one} or ${one} or ${one}`))).toThrow('128 steps');
  });

  test('match no value that is longer than 256 characters', () => {
    expect(matches('attribute:stack =~ "a*"', stack('a'.repeat(256)))).toBe(true);
    expect(matches('attribute:stack =~ "a*"', stack('a'.repeat(257)))).toBe(false);
    expect(matches('attribute:stack !~ "a*"', stack('a'.repeat(257)))).toBe(true);
  });

  test('answer the same, asked again', () => {
    const query = compileExpression(parseExpression('attribute:stack =~ "a+"'));
    for (const value of ['a', 'b', 'a', 'b']) expect(query(facts(stack(value)))).toBe(value === 'a');
  });
});
