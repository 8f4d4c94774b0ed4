import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHolder, lockHolderText } from './lock-holder.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'longshore-lock-'))));
afterEach(() => rmSync(directory, { recursive: true }));

it.runIf(process.platform === 'linux')('names the process that has locked a database', () => {
  const path = join(directory, 'a.db');
  const database = new DatabaseSync(path);
  expect(lockHolder(path)).toBeUndefined();
  database.exec('CREATE TABLE t (a); BEGIN EXCLUSIVE');
  expect(lockHolder(path)).toBe(process.pid);
  expect(lockHolderText(path)).toBe(` (pid ${process.pid})`);
  database.close();
  expect(lockHolderText(path)).toBe('');
});

it('knows nothing of a file that is not there or not locked', () => {
  writeFileSync(join(directory, 'b'), '');
  expect(lockHolder(join(directory, 'b'))).toBeUndefined();
  expect(lockHolder(join(directory, 'c'))).toBeUndefined();
});
