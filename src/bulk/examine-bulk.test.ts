import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openToWrite } from './bulk-database.ts';
import { examineBulk } from './examine-bulk.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bulk-'));
  path = join(directory, 'logs.db');
  const database = openToWrite(path, ['CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT NOT NULL)']);
  const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
  for (let id = 0; id < 2000; id++) insert.run(id, `text ${id} `.padEnd(100, 'x'));
  database.close();
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a whole file is sound, and is left as it is', () => {
  const before = readFileSync(path);
  expect(examineBulk(path)).toEqual({ bytes: before.length, findings: [] });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}-shm`)).toBe(false);
});

test('a damaged one is found out', () => {
  const bytes = readFileSync(path);
  bytes.fill(0xff, 3 * 16_384, 4 * 16_384);
  writeFileSync(path, bytes);
  expect(examineBulk(path).findings.length).toBeGreaterThan(0);
  writeFileSync(path, 'no database at all');
  expect(examineBulk(path).findings).toEqual([expect.stringContaining('logs.db')]);
});
