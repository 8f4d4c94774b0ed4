// A query of CloudWatch Logs Insights, ready to run: events go in, rows come out.
import {
  compileExpression,
  type AggregateCall,
  type CompileContext,
  type Evaluate,
} from './compile-expression.ts';
import { MalformedQuery } from './malformed-query.ts';
import { maxRows, parseQuery, type Command, type NamedExpression } from './parse-query.ts';
import { QueryBudget } from './query-budget.ts';
import { Row, type LogEvent } from './row.ts';
import * as stages from './stages.ts';
import { toText } from './value.ts';

/** A field of a row of results; those that a row does not have are left out. */
export interface ResultField {
  readonly field: string;
  readonly value: string;
}

/** One run of a query. */
export interface InsightsRun {
  /** Events come in the order in which rows without an order are wanted: the newest first. */
  add(event: LogEvent): void;
  /** After the last event: the rows. Throws QueryTooLarge, as `add` does. */
  end(): readonly (readonly ResultField[])[];
  readonly statistics: { readonly recordsMatched: number };
}

export interface InsightsQuery {
  run(budget?: QueryBudget): InsightsRun;
}

interface Columns {
  /** What rows show, in this order; undefined until a command says so. */
  readonly shown: readonly string[] | undefined;
  /** Fields that there are: any until `stats`. */
  readonly known: ReadonlySet<string> | undefined;
}

interface Compiled extends Columns {
  readonly stage: stages.StageBefore;
}

type CommandOf<Kind extends Command['kind']> = Command & { readonly kind: Kind };

const defaultColumns = ['@timestamp', '@message'];

/** Compiles `text`; `limit` counts where the query has none. Throws MalformedQuery. */
export function compileQuery(
  text: string,
  { now, limit = maxRows }: { now: number; limit?: number },
): InsightsQuery {
  const written = parseQuery(text);
  const commands: Command[] = written.some(({ kind }) => kind === 'limit')
    ? [...written, { kind: 'limit', count: maxRows }]
    : [...written, { kind: 'limit', count: limit }];
  const counted = commands.findIndex(({ kind }) => !isMap(kind));
  let columns: Columns = { shown: undefined, known: undefined };
  const before: stages.StageBefore[] = [];
  for (const [place, command] of commands.entries()) {
    const compiled = compileCommand(command, columns, { now, keep: keptRows(commands.slice(place + 1)) });
    columns = compiled;
    before.push(compiled.stage);
  }
  return { run: (budget = new QueryBudget()) => startRun(before, counted, columns, budget) };
}

/** Whether a command makes of each row one row or none, by itself. */
const isMap = (kind: Command['kind']): boolean => ['fields', 'display', 'filter', 'parse'].includes(kind);

/** How many rows are asked for of a sort in front of `rest`; undefined for all. */
function keptRows(rest: readonly Command[]): number | undefined {
  const next = rest.find(({ kind }) => kind !== 'fields' && kind !== 'display' && kind !== 'parse');
  return next?.kind === 'limit' ? next.count : undefined;
}

function startRun(
  before: readonly stages.StageBefore[],
  mapped: number,
  { shown, known }: Columns,
  budget: QueryBudget,
): InsightsRun {
  const results: (readonly ResultField[])[] = [];
  let recordsMatched = 0;
  const columns = shown ?? defaultColumns;
  const sink: stages.Stage = {
    add: (row) => {
      const fields = presentRow(row, columns, known === undefined);
      budget.take(fields.reduce((sum, { field, value }) => sum + 100 + field.length + 2 * value.length, 0));
      results.push(fields);
    },
    end: () => undefined,
  };
  const all = before.toSpliced(
    mapped,
    0,
    stages.countStage(() => recordsMatched++),
  );
  const first = all.reduceRight<stages.Stage>((next, stage) => stage(next, budget), sink);
  return {
    add: (event) => first.add(new Row(event)),
    end: () => {
      first.end();
      return results;
    },
    statistics: {
      get recordsMatched() {
        return recordsMatched;
      },
    },
  };
}

function presentRow(row: Row, columns: readonly string[], isEvent: boolean): ResultField[] {
  const fields: ResultField[] = [];
  for (const field of isEvent ? new Set([...columns, '@ptr']) : columns) {
    const value = toText(row.get(field));
    if (value !== undefined) fields.push({ field, value });
  }
  return fields;
}

function compileCommand(
  command: Command,
  columns: Columns,
  { now, keep }: { readonly now: number; readonly keep: number | undefined },
): Compiled {
  const context: CompileContext = { known: columns.known, now };
  const compile = (one: { readonly expression: NamedExpression['expression'] }): Evaluate =>
    compileExpression(one.expression, context);
  switch (command.kind) {
    case 'fields':
    case 'display':
      return compileFields(command, columns, compile);
    case 'filter':
      return { ...columns, stage: stages.filterStage(compileExpression(command.condition, context)) };
    case 'parse': {
      const { names, partsOf } = command.extraction;
      const stage = stages.parseStage(compileExpression(command.of, context), names, partsOf);
      return { ...withColumns(columns, names), stage };
    }
    case 'stats':
      return compileStats(command, context);
    case 'sort': {
      const by = command.keys.map((key) => ({ value: compile(key), descending: key.descending }));
      return { ...columns, stage: stages.sortStage(by, keep) };
    }
    case 'dedup':
      return { ...columns, stage: stages.dedupStage(command.items.map(compile)) };
    case 'limit':
      return { ...columns, stage: stages.limitStage(command.count) };
  }
}

function compileFields(
  { kind, items }: CommandOf<'fields' | 'display' | 'dedup'>,
  columns: Columns,
  compile: (one: NamedExpression) => Evaluate,
): Compiled {
  const values = items.map((item) => ({ name: item.name, value: compile(item) }));
  const made = values.filter((_, place) => !isItself(items[place]!));
  const names = items.map(({ name }) => name);
  const shown = kind === 'display' ? { known: columns.known, shown: names } : withColumns(columns, names);
  return { ...shown, stage: stages.setStage(made) };
}

/** Whether an item only names a field that rows have by that name. */
const isItself = ({ name, expression }: NamedExpression): boolean =>
  expression.kind === 'field' && expression.name === name;

function withColumns({ shown, known }: Columns, names: readonly string[]): Columns {
  return {
    shown: [...new Set([...(shown ?? []), ...names])],
    known: known === undefined ? undefined : new Set([...known, ...names]),
  };
}

function compileStats({ items, by }: CommandOf<'stats'>, context: CompileContext): Compiled {
  const calls: AggregateCall[] = [];
  const results = items.map(({ name, expression }) => {
    const before = calls.length;
    const value = compileExpression(expression, { ...context, calls });
    if (calls.length > before) return { name, value };
    throw new MalformedQuery(`stats needs a function such as count(*), and ${name} has none`, 0, 0);
  });
  const groups = by.map(({ name, expression }) => ({ name, value: compileExpression(expression, context) }));
  const names = [...new Set([...groups, ...results].map(({ name }) => name))];
  return { shown: names, known: new Set(names), stage: stages.statsStage(groups, calls, results) };
}
