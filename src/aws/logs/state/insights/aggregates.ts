// The functions of `stats`, each over the rows of a group.
import { Percentiles } from './percentile.ts';
import type { QueryBudget } from './query-budget.ts';
import type { Row } from './row.ts';
import { compareValues, toNumber, toText, type Value } from './value.ts';

/** What is kept of a group's rows for one function. */
export interface Aggregate {
  add(value: Value, row: Row): void;
  result(): Value;
}

interface AggregateFunction {
  /** With how many arguments: at least, at most. Only the first is of each row; the others are constants. */
  readonly arity: readonly [number, number];
  readonly create: (budget: QueryBudget, constants: readonly number[]) => Aggregate;
}

const over = (create: AggregateFunction['create'], arity: readonly [number, number] = [1, 1]) => ({
  arity,
  create,
});

const aggregates: Readonly<Record<string, AggregateFunction>> = {
  count: over(() => counting(), [0, 1]),
  count_distinct: over((budget) => distinct(budget)),
  sum: over(() => moments(({ sum }) => sum)),
  avg: over(() => moments(({ sum, count }) => sum / count)),
  stddev: over(() => moments(({ squares, count }) => Math.sqrt(squares / count))),
  pct: over((budget, [percent]) => percentile(budget, percent!), [2, 2]),
  min: over(() => best((value, other) => compareValues(value, other) < 0)),
  max: over(() => best((value, other) => compareValues(value, other) > 0)),
  sortsfirst: over(() => best((value, other) => compareValues(value, other) < 0)),
  sortslast: over(() => best((value, other) => compareValues(value, other) > 0)),
  earliest: over(() => byTime((time, other) => time < other)),
  latest: over(() => byTime((time, other) => time > other)),
};

/** The function of that name, in capitals or not; undefined for one that `stats` does not have. */
export function aggregateNamed(name: string): AggregateFunction | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(aggregates, key) ? aggregates[key] : undefined;
}

function counting(): Aggregate {
  let count = 0;
  return {
    add: (value) => {
      if (value !== undefined) count++;
    },
    result: () => count,
  };
}

function distinct(budget: QueryBudget): Aggregate {
  const seen = new Set<string>();
  return {
    add: (value) => {
      const text = toText(value);
      if (text === undefined || seen.has(text)) return;
      budget.take(64 + 2 * text.length);
      seen.add(text);
    },
    result: () => seen.size,
  };
}

interface Moments {
  readonly count: number;
  readonly sum: number;
  /** Of the differences from the mean. */
  readonly squares: number;
}

/** Of the values that are numbers; nothing where there are none. */
function moments(of: (moments: Moments) => number): Aggregate {
  let [count, sum, mean, squares] = [0, 0, 0, 0];
  return {
    add: (value) => {
      const number = toNumber(value);
      if (number === undefined) return;
      count++;
      sum += number;
      const difference = number - mean;
      mean += difference / count;
      squares += difference * (number - mean);
    },
    result: () => (count === 0 ? undefined : of({ count, sum, squares })),
  };
}

function percentile(budget: QueryBudget, percent: number): Aggregate {
  const numbers = new Percentiles();
  let taken = 0;
  return {
    add: (value) => {
      const number = toNumber(value);
      if (number === undefined) return;
      if (taken++ < 10_000) budget.take(8);
      numbers.add(number);
    },
    result: () => numbers.at(percent),
  };
}

function best(isBetter: (value: Value, other: Value) => boolean): Aggregate {
  let found: Value;
  return {
    add: (value) => {
      if (value !== undefined && (found === undefined || isBetter(value, found))) found = value;
    },
    result: () => found,
  };
}

function byTime(isBetter: (time: number, other: number) => boolean): Aggregate {
  let found: { readonly value: Value; readonly time: number } | undefined;
  return {
    add: (value, row) => {
      if (value === undefined || (found !== undefined && !isBetter(row.timestamp, found.time))) return;
      found = { value, time: row.timestamp };
    },
    result: () => found?.value,
  };
}
