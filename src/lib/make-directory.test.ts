import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DirectoryError, makeDirectory } from './make-directory.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'make-directory-'))));
afterEach(() => rmSync(root, { recursive: true }));

it('makes a directory and those above it, with their mode, and leaves what is there', () => {
  const path = join(root, 'a', 'b', 'c');
  makeDirectory(path, 0o700);
  makeDirectory(path, 0o755);
  for (const one of ['a', 'a/b', 'a/b/c']) expect(statSync(join(root, one)).mode & 0o777).toBe(0o700);
  expect(readdirSync(root)).toEqual(['a']);
});

it.each([
  ['a file in its place', 'file', 'The directory ROOT/file cannot be made: a file has that name'],
  [
    'a file above it',
    'file/data',
    'The directory ROOT/file/data cannot be made: ROOT/file, above it: a file has that name',
  ],
  [
    'a link that leads nowhere',
    'link/data',
    'The directory ROOT/link/data cannot be made: ROOT/link, above it: a file has that name',
  ],
])('names what is in the way: %s', (_what, path, message) => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'nowhere'), join(root, 'link'));
  const make = () => makeDirectory(join(root, path));
  expect(make).toThrow(DirectoryError);
  expect(make).toThrow(message.replaceAll('ROOT', root));
});

it.runIf(existsSync('/proc/self'))('comes to an end where a file system takes no directories', () => {
  expect(() => makeDirectory('/proc/longshore/data')).toThrow(
    'The directory /proc/longshore/data cannot be made: /proc/longshore, above it: no directories can be made in /proc',
  );
});
