import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compileCacheDirectory } from './compile-cache.ts';

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-cache-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

const version = (cacheHome: string): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'version'], {
    env: { ...process.env, XDG_CACHE_HOME: cacheHome, NODE_COMPILE_CACHE: undefined },
    encoding: 'utf8',
  });

test("the cache is the user's, where the user wants it", () => {
  expect(compileCacheDirectory({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/longshore/compiled');
  expect(compileCacheDirectory({})).toBe(join(homedir(), '.cache/longshore/compiled'));
});

test('a relative cache directory is none, as the specification says', () => {
  expect(compileCacheDirectory({ XDG_CACHE_HOME: 'here' })).toBe(compileCacheDirectory({}));
});

test('a command keeps its compiled code, and answers the same with it', () => {
  const home = emptyDirectory();
  const first = version(home);
  const kept = readdirSync(join(home, 'longshore/compiled'), { recursive: true });
  expect(kept.length).toBeGreaterThan(10);
  expect(version(home)).toBe(first);
});

test('a cache that cannot be written keeps no command from running', () => {
  const file = join(emptyDirectory(), 'file');
  writeFileSync(file, '');
  expect(version(file)).toMatch(/^\d+\.\d+\.\d+/);
  expect(existsSync(join(file, 'longshore'))).toBe(false);
});
