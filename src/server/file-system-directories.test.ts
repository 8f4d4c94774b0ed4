import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { directoriesIn } from './file-system-directories.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'file-systems-'));
});
afterEach(() => rmSync(data, { recursive: true }));

test('a file system has a directory for its server alone, made and removed as often as asked', () => {
  const directories = directoriesIn(data);
  const path = join(data, 'efs', 'fs-1');
  directories.make('fs-1');
  directories.make('fs-1');
  expect(statSync(path).mode & 0o777).toBe(0o700);
  writeFileSync(join(path, 'file'), 'x');
  directories.make('fs-2');
  directories.remove('fs-1');
  directories.remove('fs-1');
  expect([existsSync(path), existsSync(join(data, 'efs', 'fs-2'))]).toEqual([false, true]);
});

test('a directory that cannot be made says so', () => {
  writeFileSync(join(data, 'efs'), 'in the way');
  expect(() => directoriesIn(data).make('fs-1')).toThrow('cannot be made');
});
