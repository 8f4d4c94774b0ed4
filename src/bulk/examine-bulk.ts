// Looks at a file of bulk data without opening it for a server: whether its pages, tables and indexes are whole.
import { existsSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { namingFile, sqliteCodeOf, sqliteCodes } from '../lib/sqlite.ts';

export interface BulkReport {
  readonly bytes: number;
  /** A sentence each. */
  readonly findings: readonly string[];
}

const maxFindings = 20;

/** Reads the whole file and changes nothing. Throws an Error when a server is using it. */
export function examineBulk(path: string): BulkReport {
  const bytes = statSync(path).size;
  const hadIndex = existsSync(`${path}-shm`);
  let database: DatabaseSync | undefined;
  try {
    return namingFile(path, () => {
      database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
      const rows = database.prepare(`PRAGMA integrity_check(${maxFindings})`).all();
      const said = rows.map((row) => String(Object.values(row)[0]));
      return { bytes, findings: said.filter((text) => text !== 'ok') };
    });
  } catch (error) {
    const code = sqliteCodeOf(error);
    if (code === undefined) throw error;
    if (code === sqliteCodes.busy)
      throw new Error(`a server is using ${path}: stop it first`, { cause: error });
    return { bytes, findings: [(error as Error).message] };
  } finally {
    database?.close();
    if (!hadIndex) rmSync(`${path}-shm`, { force: true });
  }
}
