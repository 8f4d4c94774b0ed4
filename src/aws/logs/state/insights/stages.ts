// The commands of a query as they run: rows go in at one end, one by one, and out to the next stage.
import type { Aggregate } from './aggregates.ts';
import type { AggregateCall, Evaluate } from './compile-expression.ts';
import type { QueryBudget } from './query-budget.ts';
import { Row } from './row.ts';
import { compareValues, isTrue, Timestamp, toText, type Value } from './value.ts';

export interface Stage {
  add(row: Row): void;
  /** After the last row: what was held back goes on. */
  end(): void;
}

/** Makes a stage in front of another. */
export type StageBefore = (next: Stage, budget: QueryBudget) => Stage;

export interface NamedValue {
  readonly name: string;
  readonly value: Evaluate;
}

const passing = (next: Stage, add: (row: Row) => void): Stage => ({ add, end: () => next.end() });

export function filterStage(condition: Evaluate): StageBefore {
  return (next) =>
    passing(next, (row) => {
      if (isTrue(condition(row))) next.add(row);
    });
}

/** Sets fields of each row; undefined for one that is only named. */
export function setStage(items: readonly NamedValue[]): StageBefore {
  return (next) =>
    passing(next, (row) => {
      for (const { name, value } of items) row.set(name, value(row));
      next.add(row);
    });
}

export function parseStage(
  of: Evaluate,
  names: readonly string[],
  partsOf: (text: string) => readonly (string | undefined)[] | undefined,
): StageBefore {
  return (next) =>
    passing(next, (row) => {
      const text = toText(of(row));
      const parts = text === undefined ? undefined : partsOf(text);
      for (const [place, name] of names.entries()) if (parts !== undefined) row.set(name, parts[place]);
      next.add(row);
    });
}

export function limitStage(count: number): StageBefore {
  return (next) => {
    let left = count;
    return passing(next, (row) => {
      if (left-- > 0) next.add(row);
    });
  };
}

/** Calls `count` for each row that comes so far. */
export function countStage(count: () => void): StageBefore {
  return (next) =>
    passing(next, (row) => {
      count();
      next.add(row);
    });
}

/** "Null values are not considered duplicates": CWL_QuerySyntax-Dedup. */
export function dedupStage(values: readonly Evaluate[]): StageBefore {
  return (next, budget) => {
    const seen = new Set<string>();
    return passing(next, (row) => {
      const texts = values.map((value) => toText(value(row)));
      if (!texts.includes(undefined)) {
        const key = JSON.stringify(texts);
        if (seen.has(key)) return;
        budget.take(64 + 2 * key.length);
        seen.add(key);
      }
      next.add(row);
    });
  };
}

export interface SortValue {
  readonly value: Evaluate;
  readonly descending: boolean;
}

interface SortedRow {
  readonly row: Row;
  readonly keys: readonly Value[];
}

/** In order of `by`; holds no more than `keep` rows for long, where no more are asked for. */
export function sortStage(by: readonly SortValue[], keep: number | undefined): StageBefore {
  return (next, budget) => {
    let rows: SortedRow[] = [];
    const sort = (): void => {
      rows.sort((one, other) => compareKeys(by, one.keys, other.keys));
      for (const { row } of rows.splice(keep ?? rows.length)) budget.giveBack(row.bytes);
    };
    return {
      add: (row) => {
        budget.take(row.bytes);
        rows.push({ row, keys: by.map(({ value }) => value(row)) });
        if (keep !== undefined && rows.length >= 2 * keep + 100) sort();
      },
      end: () => {
        sort();
        const sorted = rows;
        rows = [];
        for (const { row } of sorted) {
          budget.giveBack(row.bytes);
          next.add(row);
        }
        next.end();
      },
    };
  };
}

function compareKeys(by: readonly SortValue[], one: readonly Value[], other: readonly Value[]): number {
  for (const [place, { descending }] of by.entries()) {
    const order = compareValues(one[place], other[place]);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

interface Group {
  readonly row: Row;
  readonly aggregates: readonly Aggregate[];
}

/** One row for each group of rows, in the order in which the groups came. Without `by`, one for all. */
export function statsStage(
  by: readonly NamedValue[],
  calls: readonly AggregateCall[],
  results: readonly NamedValue[],
): StageBefore {
  return (next, budget) => {
    const groups = new Map<string, Group>();
    const create = (values: readonly Value[]): Group => {
      budget.take(400 + 200 * calls.length);
      const row = new Row();
      for (const [place, { name }] of by.entries()) row.set(name, values[place]);
      return { row, aggregates: calls.map((call) => call.create(budget)) };
    };
    return {
      add: (row) => {
        const values = by.map(({ value }) => value(row));
        const key = values.map(keyOf).join('');
        let group = groups.get(key);
        if (group === undefined) groups.set(key, (group = create(values)));
        for (const [place, call] of calls.entries()) group.aggregates[place]!.add(call.value(row), row);
      },
      end: () => {
        if (by.length === 0 && groups.size === 0) groups.set('', create([]));
        for (const { row, aggregates } of groups.values()) {
          for (const { name, value } of results) row.set(name, value(row, aggregates));
          next.add(row);
        }
        next.end();
      },
    };
  };
}

/** With the length in front, so that no two lists of values have the same key; a time is not written out for each row. */
function keyOf(value: Value): string {
  if (value instanceof Timestamp) return `@${value.ms};`;
  const text = toText(value);
  return text === undefined ? '-' : `${text.length}:${text}`;
}
