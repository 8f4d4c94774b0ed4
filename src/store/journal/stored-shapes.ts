// Which tables a state has rows of, and in which shapes: what tells that a later release wrote it, before anything is read.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { newerShape, type TableShapes } from '../row-migration.ts';
import { shapeOfText } from './row-text.ts';

/** The version of the schema that they are kept from. */
export const shapedVersion = 3;

/** Throws an Error for people when the state, of schema version `version`, has rows in shapes that are not known. */
export function refuseNewerShapes(database: DatabaseSync, version: number, known: TableShapes): void {
  if (version < shapedVersion) return;
  for (const [table, shape] of storedShapes(database)) {
    const readable = known[table];
    if (readable === undefined || shape > readable) throw newerShape(table, shape, readable);
  }
}

const storedShapes = (database: DatabaseSync): [table: string, shape: number][] =>
  database
    .prepare('SELECT "table", shape FROM shapes ORDER BY "table"')
    .all()
    .map(({ table, shape }) => [String(table), Number(shape)]);

/** By table, the highest shape that a row of it was ever written in. */
export class StoredShapes {
  readonly #highest: Map<string, number>;
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync) {
    this.#highest = new Map(storedShapes(database));
    this.#insert = database.prepare('INSERT OR REPLACE INTO shapes ("table", shape) VALUES (?, ?)');
  }

  /** Takes note of a row, in the transaction that writes it; one that is then undone has to be the last. */
  note(table: string, text: string): void {
    const shape = shapeOfText(text);
    if (shape <= (this.#highest.get(table) ?? 0)) return;
    this.#highest.set(table, shape);
    this.#insert.run(table, shape);
  }
}
