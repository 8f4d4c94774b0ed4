import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileErrorReason, fileErrorText } from './file-error.ts';

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('says why a file could not be used, and which', () => {
  const missing = join(tmpdir(), 'longshore-no-such-file');
  expect(fileErrorText(errorOf(() => readFileSync(missing)))).toBe(
    `${missing}: there is no such file or directory`,
  );
  const through = join(process.execPath, 'file');
  expect(fileErrorText(errorOf(() => readFileSync(through)))).toBe(
    `${through}: a part of its path is a file, not a directory`,
  );
  // What is read after the opening has no name in it.
  const directory = errorOf(() => readFileSync(tmpdir()));
  expect(fileErrorText(directory)).toBeUndefined();
  expect(fileErrorReason(directory)).toBe('it is a directory, not a file');
});

test('leaves to others what is no error of files', () => {
  const refused = { code: 'ENOENT', syscall: 'connect', path: '/run/docker.sock' };
  expect(fileErrorText(Object.assign(new Error('refused'), refused))).toBeUndefined();
  expect(fileErrorText(new Error('words'))).toBeUndefined();
  expect(fileErrorReason('words')).toBeUndefined();
  expect(fileErrorReason(undefined)).toBeUndefined();
});
