// Makes of an expression the function that evaluates it on a row.
import { aggregateNamed, type Aggregate } from './aggregates.ts';
import type { Expression } from './expression.ts';
import { functionNamed } from './functions.ts';
import { MalformedQuery } from './malformed-query.ts';
import { ceilTo, floorTo, type Period } from './period.ts';
import type { QueryBudget } from './query-budget.ts';
import type { Row } from './row.ts';
import {
  compareValues,
  isTrue,
  sameValue,
  Timestamp,
  toNumber,
  toText,
  yesOrNo,
  type Value,
} from './value.ts';

export type Evaluate = (row: Row, group?: readonly Aggregate[]) => Value;

/** One call of a function of `stats`: how to begin a group, and what it counts of a row. */
export interface AggregateCall {
  readonly create: (budget: QueryBudget) => Aggregate;
  readonly value: Evaluate;
}

export interface CompileContext {
  /** Where calls of functions of `stats` are put; undefined where there may be none. */
  readonly calls?: AggregateCall[];
  /** The fields that there are; undefined where any may be in an event. */
  readonly known?: ReadonlySet<string> | undefined;
  /** Epoch ms at which the query began. */
  readonly now: number;
}

type Call = Expression & { readonly kind: 'call' };

/** Compiles `expression`; throws MalformedQuery for functions and fields that there are not. */
export function compileExpression(expression: Expression, context: CompileContext): Evaluate {
  const compile = (one: Expression): Evaluate => compileExpression(one, context);
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'star':
      return () => 1;
    case 'period':
      throw new MalformedQuery('a period such as 5m stands only in bin, datefloor and dateceil', 0, 0);
    case 'field':
      return compileField(expression, context);
    case 'call':
      return compileCall(expression, context);
    case 'not': {
      const of = compile(expression.of);
      return (row, group) => yesOrNo(!isTrue(of(row, group)));
    }
    case 'minus': {
      const of = compile(expression.of);
      return (row, group) => negative(toNumber(of(row, group)));
    }
    case 'binary':
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
    case 'like':
      return compileLike(compile(expression.of), expression.pattern, compile);
    case 'in': {
      const of = compile(expression.of);
      const list = expression.list.map(compile);
      return (row, group) => {
        const value = of(row, group);
        return yesOrNo(list.some((one) => value !== undefined && sameValue(value, one(row, group))));
      };
    }
  }
}

function compileField(
  { name, start, end }: Expression & { kind: 'field' },
  { known }: CompileContext,
): Evaluate {
  if (known !== undefined && !known.has(name))
    throw new MalformedQuery(`Unknown symbols found in or after stats: ${name}`, start, end);
  return (row) => row.get(name);
}

const negative = (number: number | undefined): Value => (number === undefined ? undefined : -number);

function compileBinary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === 'and')
    return (row, group) => yesOrNo(isTrue(left(row, group)) && isTrue(right(row, group)));
  if (operator === 'or')
    return (row, group) => yesOrNo(isTrue(left(row, group)) || isTrue(right(row, group)));
  const calculate = calculations[operator];
  if (calculate !== undefined)
    return (row, group) => {
      const [one, other] = [toNumber(left(row, group)), toNumber(right(row, group))];
      const result = one === undefined || other === undefined ? undefined : calculate(one, other);
      return Number.isFinite(result) ? result : undefined;
    };
  const compare = comparisons[operator]!;
  return (row, group) => yesOrNo(compare(left(row, group), right(row, group)));
}

const calculations: Readonly<Record<string, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
  '^': (one, other) => one ** other,
};

/** A field that an event does not have differs from every value, and is neither smaller nor larger than any. */
const comparisons: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  '=': (one, other) => one !== undefined && sameValue(one, other),
  '!=': (one, other) => !sameValue(one, other),
  '<': (one, other) => bothThere(one, other) && compareValues(one, other) < 0,
  '<=': (one, other) => bothThere(one, other) && compareValues(one, other) <= 0,
  '>': (one, other) => bothThere(one, other) && compareValues(one, other) > 0,
  '>=': (one, other) => bothThere(one, other) && compareValues(one, other) >= 0,
};

const bothThere = (one: Value, other: Value): boolean => one !== undefined && other !== undefined;

function compileLike(
  of: Evaluate,
  pattern: (Expression & { kind: 'like' })['pattern'],
  compile: (one: Expression) => Evaluate,
): Evaluate {
  if ('test' in pattern)
    return (row, group) => {
      const text = toText(of(row, group));
      return yesOrNo(text !== undefined && pattern.test(text));
    };
  const part = compile(pattern);
  return (row, group) => {
    const [text, wanted] = [toText(of(row, group)), toText(part(row, group))];
    return yesOrNo(text !== undefined && wanted !== undefined && text.includes(wanted));
  };
}

function compileCall(call: Call, context: CompileContext): Evaluate {
  const name = call.name.toLowerCase();
  if (name === 'bin') return compileBin(call);
  if (name === 'datefloor' || name === 'dateceil') return compileDate(call, name, context);
  if (name === 'now') return constant(call, Math.floor(context.now / 1000));
  if (name === 'if') return compileIf(call, context);
  if (context.calls !== undefined && aggregateNamed(name) !== undefined)
    return compileAggregate(call, context, context.calls);
  const found = functionNamed(name);
  if (found === undefined) throw unknownFunction(call);
  checkArity(call, found.arity);
  const args = call.args.map((one) => compileExpression(one, context));
  return (row, group) => found.run(args.map((one) => one(row, group)));
}

function constant(call: Call, value: Value): Evaluate {
  checkArity(call, [0, 0]);
  return () => value;
}

function compileIf(call: Call, context: CompileContext): Evaluate {
  checkArity(call, [2, 3]);
  const [condition, yes, no] = call.args.map((one) => compileExpression(one, context));
  return (row, group) => (isTrue(condition!(row, group)) ? yes!(row, group) : no?.(row, group));
}

function compileBin(call: Call): Evaluate {
  checkArity(call, [1, 1]);
  const period = periodOf(call, 0);
  return (row) => timeOf(row.get('@timestamp'), (ms) => floorTo(ms, period));
}

function compileDate(call: Call, name: 'datefloor' | 'dateceil', context: CompileContext): Evaluate {
  checkArity(call, [2, 2]);
  const period = periodOf(call, 1);
  const value = compileExpression(call.args[0]!, context);
  const round = name === 'datefloor' ? floorTo : ceilTo;
  return (row, group) => timeOf(value(row, group), (ms) => round(ms, period));
}

function timeOf(value: Value, change: (ms: number) => number): Value {
  const ms = toNumber(value);
  return ms === undefined ? undefined : new Timestamp(change(ms));
}

function periodOf(call: Call, place: number): Period {
  const argument = call.args[place]!;
  if (argument.kind === 'period') return argument.period;
  throw new MalformedQuery(`${call.name} takes a period such as 5m`, call.start, call.end);
}

function compileAggregate(call: Call, context: CompileContext, calls: AggregateCall[]): Evaluate {
  const found = aggregateNamed(call.name)!;
  checkArity(call, found.arity);
  const [first, ...rest] = call.args;
  const constants = rest.map((one) => constantOf(call, one));
  const inner: CompileContext = { known: context.known, now: context.now };
  const value = first === undefined ? (): Value => 1 : compileExpression(first, inner);
  const place = calls.push({ create: (budget) => found.create(budget, constants), value }) - 1;
  return (_row, group) => group?.[place]?.result();
}

function constantOf(call: Call, argument: Expression): number {
  if (argument.kind === 'literal' && typeof argument.value === 'number') return argument.value;
  throw new MalformedQuery(`${call.name} takes a number as its second argument`, call.start, call.end);
}

function checkArity(call: Call, [least, most]: readonly [number, number]): void {
  if (call.args.length >= least && call.args.length <= most) return;
  const takes = least === most ? String(least) : `${least} to ${most}`;
  throw new MalformedQuery(
    `${call.name} takes ${takes} arguments, and has ${call.args.length}`,
    call.start,
    call.end,
  );
}

function unknownFunction(call: Call): MalformedQuery {
  const reason = aggregateNamed(call.name) === undefined ? 'is no function' : 'stands only in stats';
  return new MalformedQuery(`${call.name} ${reason}`, call.start, call.end);
}
