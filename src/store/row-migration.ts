// The shapes of stored rows: how a row that an earlier release wrote comes into the shape that its table has today.

/** A row as it was written, of whatever shape. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** The step of a table's rows to `shape` from the one before; the first shape is 1. A step that was released never changes. */
export interface RowMigration {
  readonly shape: number;
  /** Answers the row in the new shape, under the same key; changes nothing of what it is given. */
  migrate(row: StoredRow): StoredRow;
}

/** By table: the shape that its rows are written in, which is the highest that can be read. */
export type TableShapes = Readonly<Record<string, number>>;

interface MigratedTable {
  readonly name: string;
  readonly migrations?: readonly RowMigration[];
}

/** The shape that rows of the table are written in. */
export const shapeOf = ({ migrations = [] }: MigratedTable): number => migrations.length + 1;

/** Throws when the migrations of a table do not lead from each shape to the next. */
export function checkMigrations({ name, migrations = [] }: MigratedTable): void {
  if (migrations.some(({ shape }, place) => shape !== place + 2))
    throw new Error(`the migrations of table ${name} must lead to the shapes 2, 3, … one after the other`);
}

/** The row, which was written in `shape`, as the table has it today. Throws an Error for people when it is of a later release. */
export function migrateRow(table: MigratedTable, shape: number, row: StoredRow): StoredRow {
  if (shape > shapeOf(table)) throw newerShape(table.name, shape, shapeOf(table));
  return (table.migrations ?? []).slice(shape - 1).reduce((older, { migrate }) => migrate(older), row);
}

/** A migration's work where members only have other names; the members that a row does not have stay away. */
export const renameMembers =
  (names: Readonly<Record<string, string>>) =>
  (row: StoredRow): StoredRow =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [names[name] ?? name, value]));

/** A migration's work where members go, under these names, into the one member `into`; a row that has none of them does not get it. */
export const gatherMembers =
  (into: string, names: Readonly<Record<string, string>>) =>
  (row: StoredRow): StoredRow => {
    const members = Object.entries(row);
    const gathered = Object.fromEntries(members.filter(([name]) => names[name] !== undefined));
    const left = Object.fromEntries(members.filter(([name]) => names[name] === undefined));
    if (Object.keys(gathered).length === 0) return left;
    return { ...left, [into]: renameMembers(names)(gathered) };
  };

const wayOut = 'start the release that wrote it, or a later one';

/** Why rows cannot be read: a later release wrote them. `known` undefined: the table is not known at all. */
export const newerShape = (table: string, found: number, known: number | undefined): Error =>
  new Error(
    known === undefined
      ? `the stored state holds rows of a table ${table} that is not known here: ${wayOut}`
      : `the stored state holds rows of table ${table} in shape ${found}, and this Longshore knows shapes up to ` +
          `${known}: ${wayOut}`,
  );
