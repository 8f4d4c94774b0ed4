// Whether an instance matches a parsed cluster query. Pure, and bounded whatever the query and the values hold.
import { compareVersions } from '../../../state/instance/agent-version.ts';
import { ExpressionError, type Expression, type Test } from './expression.ts';
import { PatternCompiler } from './pattern.ts';
import type { Attribute } from '../../../../../agent-protocol/attribute.ts';

/** What a query can ask of an instance. */
export interface InstanceFacts {
  readonly attributes: readonly Attribute[];
  readonly agentConnected: boolean;
  readonly agentVersion?: string | undefined;
  readonly ec2InstanceId?: string | undefined;
  /** Epoch ms. */
  readonly registeredAt: number;
  readonly runningTasksCount: number;
  /** Groups of the tasks on it. */
  readonly taskGroups: readonly string[];
}

type Matches = (facts: InstanceFacts) => boolean;

/**
 * Compiles the query once; throws ExpressionError for a literal that its subject cannot be compared with, and for patterns
 * that would take too long.
 */
export const compileExpression = (expression: Expression): Matches =>
  compilePart(expression, new PatternCompiler());

function compilePart(expression: Expression, patterns: PatternCompiler): Matches {
  switch (expression.kind) {
    case 'and': {
      const parts = expression.of.map((part) => compilePart(part, patterns));
      return (facts) => parts.every((part) => part(facts));
    }
    case 'or': {
      const parts = expression.of.map((part) => compilePart(part, patterns));
      return (facts) => parts.some((part) => part(facts));
    }
    case 'not': {
      const inner = compilePart(expression.of, patterns);
      return (facts) => !inner(facts);
    }
    case 'test':
      return compileTest(expression, patterns);
  }
}

function compileTest(test: Test, patterns: PatternCompiler): Matches {
  const { subject, operator } = test;
  if (subject.startsWith('attribute:'))
    return attributeTest(test, subject.slice('attribute:'.length), patterns);
  switch (subject) {
    case 'agentConnected':
      return valueTest(test, patterns, (facts) => String(facts.agentConnected));
    case 'ec2InstanceId':
      return valueTest(test, patterns, (facts) => facts.ec2InstanceId);
    case 'agentVersion':
      return orderTest(test, (facts) => facts.agentVersion, compareVersions);
    case 'registeredAt':
      return numberTest(test, (facts) => facts.registeredAt, readDate);
    case 'runningTasksCount':
      return numberTest(test, (facts) => facts.runningTasksCount, readInteger);
    case 'task:group': {
      const isNegative = operator === '!=' || operator === '!in' || operator === '!~';
      const positive = literalTest({ ...test, operator: positiveOf(operator) }, patterns);
      return (facts) => facts.taskGroups.some(positive) !== isNegative;
    }
    default:
      throw new Error(`unknown subject ${subject}`);
  }
}

/** An instance without the attribute matches nothing but `!exists`; one whose attribute has no value counts as ''. */
function attributeTest(test: Test, name: string, patterns: PatternCompiler): Matches {
  const find = (facts: InstanceFacts): string | undefined => {
    const attribute = facts.attributes.find((one) => one.name === name);
    return attribute && (attribute.value ?? '');
  };
  if (test.operator === 'exists') return (facts) => find(facts) !== undefined;
  if (test.operator === '!exists') return (facts) => find(facts) === undefined;
  if (test.operator.startsWith('>') || test.operator.startsWith('<'))
    return orderTest(test, find, compareValues);
  return valueTest(test, patterns, find);
}

function valueTest(
  test: Test,
  patterns: PatternCompiler,
  value: (facts: InstanceFacts) => string | undefined,
): Matches {
  const matches = literalTest(test, patterns);
  return (facts) => {
    const found = value(facts);
    return found !== undefined && matches(found);
  };
}

function literalTest(
  { operator, literals, position }: Test,
  patterns: PatternCompiler,
): (value: string) => boolean {
  const [first = ''] = literals;
  switch (operator) {
    case '==':
      return (value) => value === first;
    case '!=':
      return (value) => value !== first;
    case 'in':
      return (value) => literals.includes(value);
    case '!in':
      return (value) => !literals.includes(value);
    default: {
      const matches = patterns.compile(first, position);
      return (value) => matches(value) === (operator === '=~');
    }
  }
}

const positiveOf = (operator: Test['operator']): Test['operator'] =>
  (({ '!=': '==', '!in': 'in', '!~': '=~' }) as const)[operator as '!='] ?? operator;

function orderTest(
  { operator, literals }: Test,
  value: (facts: InstanceFacts) => string | undefined,
  compare: (a: string, b: string) => number,
): Matches {
  const [literal = ''] = literals;
  return (facts) => {
    const found = value(facts);
    return found !== undefined && holds(operator, compare(found, literal));
  };
}

function numberTest(
  { operator, literals, position }: Test,
  value: (facts: InstanceFacts) => number,
  read: (literal: string, position: number) => number,
): Matches {
  const literal = read(literals[0] ?? '', position);
  return (facts) => holds(operator, value(facts) - literal);
}

function holds(operator: Test['operator'], difference: number): boolean {
  switch (operator) {
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    default:
      throw new Error(`${operator} compares nothing`);
  }
}

/** As numbers where both are, else as text. */
function compareValues(a: string, b: string): number {
  const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A date, or a date and time; without a zone it is UTC. */
function readDate(literal: string, position: number): number {
  const zoned = /T/.test(literal) && !/(Z|[+-]\d{2}:?\d{2})$/.test(literal) ? `${literal}Z` : literal;
  const time = /^\d{4}-\d{2}-\d{2}/.test(literal) ? Date.parse(zoned) : NaN;
  if (Number.isNaN(time))
    throw new ExpressionError(
      `'${literal}' is not a date such as 2018-06-18 or 2018-06-18T22:28:28Z.`,
      position,
    );
  return time;
}

function readInteger(literal: string, position: number): number {
  if (!/^\d{1,9}$/.test(literal)) throw new ExpressionError(`'${literal}' is not a number.`, position);
  return Number(literal);
}
