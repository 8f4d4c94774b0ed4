// A module of bulk data for tests: numbers by name.
import type { BulkDatabase } from '../src/bulk/bulk-database.ts';
import { defineBulk } from '../src/bulk/bulk-module.ts';

export const bulkModule = defineBulk({
  name: 'counts',
  url: import.meta.url,
  migrations: ['CREATE TABLE counts (name TEXT PRIMARY KEY, count INTEGER NOT NULL)'],
  reads: {
    count: (database: BulkDatabase, name: string): number =>
      Number(database.prepare('SELECT count FROM counts WHERE name = ?').get(name)?.['count'] ?? 0),
    fail: (): never => {
      throw new RangeError('no such count');
    },
  },
  writes: {
    add: (database: BulkDatabase, { name, by }: { name: string; by: number }): number => {
      const sql =
        'INSERT INTO counts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET count = count + excluded.count RETURNING count';
      const { count } = database.prepare(sql).get(name, by)!;
      if (Number(count) < 0) throw new RangeError('a count below zero');
      return Number(count);
    },
    fill: (database: BulkDatabase, pages: number): void => {
      database.exec(`PRAGMA max_page_count = ${pages}`);
    },
    end: (): void => process.exit(3),
  },
  scans: {
    *upTo(_database: BulkDatabase, most: number): Generator<number, string, void> {
      for (let at = 1; at <= most; at++) yield at;
      return `reached ${most}`;
    },
  },
});
