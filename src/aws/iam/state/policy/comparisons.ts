// What each condition operator compares, one value of the request with one of the policy. That an operator is negated, and what many
// values mean, is for condition.ts.
import { fits, patternOf, resolved, type VariableValue } from './pattern.ts';
import { ipRange, isInRange } from './ip-range.ts';

/** Whether a value of the request is as a value of the policy wants it. */
export type Test = (value: string, valueOf: VariableValue) => boolean;

/** Makes the test of a policy's value once. `variables`: whether the policy is of a version that has them. */
type Comparison = (wanted: string, variables: boolean) => Test;

const stringEquals: Comparison = (wanted, variables) => {
  const pattern = patternOf(wanted, { wildcards: false, variables });
  return (value, valueOf) => fits(pattern, value, valueOf);
};

const stringLike: Comparison = (wanted, variables) => {
  const pattern = patternOf(wanted, { variables });
  return (value, valueOf) => fits(pattern, value, valueOf);
};

const equalsIgnoreCase: Comparison = (wanted, variables) => {
  const pattern = patternOf(wanted, { wildcards: false, variables });
  return (value, valueOf) => resolved(pattern, valueOf)?.toLowerCase() === value.toLowerCase();
};

/** Each of the six parts of an ARN is compared for itself. */
const arnLike: Comparison = (wanted, variables) => {
  if (wanted === '*') return (value) => value.startsWith('arn:');
  const patterns = arnParts(wanted).map((part) => patternOf(part, { variables }));
  return (value, valueOf) => {
    const parts = arnParts(value);
    return (
      parts.length === patterns.length &&
      patterns.every((pattern, index) => fits(pattern, parts[index]!, valueOf))
    );
  };
};

/** The parts of an ARN; what follows the account is one. A colon within a variable is none of the ARN's. */
function arnParts(text: string): readonly string[] {
  const parts: string[] = [''];
  for (const [piece] of text.matchAll(/\$\{[^}]*\}|:|[^:$]+|\$/g)) {
    if (piece === ':' && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.length === 6 && parts[0] === 'arn' ? parts : ['', ...parts.slice(0, 1)];
}

type Order = (value: number, wanted: number) => boolean;

const ordered =
  (read: (text: string) => number, order: Order): Comparison =>
  (text) => {
    const wanted = read(text);
    return (value) => order(read(value), wanted);
  };

const numberOf = (text: string): number =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;

/** Epoch ms of a date in one of the W3C's forms of ISO 8601, or of seconds since the epoch; NaN for anything else. */
function dateOf(text: string): number {
  if (/^\d{5,13}$/.test(text)) return Number(text) * 1000;
  return /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}

const bool: Comparison = (wanted) => {
  const lower = wanted.toLowerCase();
  return (value) => value.toLowerCase() === lower;
};

const binaryEquals: Comparison = (wanted) => {
  const bytes = Buffer.from(wanted, 'base64');
  return (value) => Buffer.from(value, 'base64').equals(bytes);
};

const ipAddress: Comparison = (wanted) => {
  const range = ipRange(wanted);
  return (value) => range !== undefined && isInRange(range, value);
};

const orders = {
  Equals: (value: number, wanted: number) => value === wanted,
  LessThan: (value: number, wanted: number) => value < wanted,
  LessThanEquals: (value: number, wanted: number) => value <= wanted,
  GreaterThan: (value: number, wanted: number) => value > wanted,
  GreaterThanEquals: (value: number, wanted: number) => value >= wanted,
} as const;

const orderedBy = (kind: string, read: (text: string) => number): Record<string, Comparison> =>
  Object.fromEntries(Object.entries(orders).map(([name, order]) => [`${kind}${name}`, ordered(read, order)]));

/** By operator, without those that are another's negation. */
const plain: Readonly<Record<string, Comparison>> = {
  StringEquals: stringEquals,
  StringEqualsIgnoreCase: equalsIgnoreCase,
  StringLike: stringLike,
  ...orderedBy('Numeric', numberOf),
  ...orderedBy('Date', dateOf),
  Bool: bool,
  BinaryEquals: binaryEquals,
  IpAddress: ipAddress,
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

/** By operator, the one that it negates. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

export interface Operator {
  /** As AWS spells it; policies may spell it in any case. */
  readonly name: string;
  readonly isNegated: boolean;
  readonly comparison: Comparison;
}

const operators = new Map(
  [...Object.keys(plain), ...Object.keys(negations)].map((name): [string, Operator] => {
    const negated = negations[name];
    return [
      name.toLowerCase(),
      { name, isNegated: negated !== undefined, comparison: plain[negated ?? name]! },
    ];
  }),
);

/** The operator of that name, without what may stand before and behind it; undefined where there is none. `Null` is none of these. */
export const operatorOf = (name: string): Operator | undefined => operators.get(name.toLowerCase());
