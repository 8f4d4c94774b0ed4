import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseInput, readInputFile } from './input-file.ts';
import { UsageError } from './usage-error.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'longshore-input-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('reads JSON and YAML', () => {
  const path = join(directory, 'web.json');
  writeFileSync(path, '{"family": "web"}');
  expect(readInputFile(path)).toEqual({ name: path, value: { family: 'web' } });
  expect(parseInput('family: web\n', 'f')).toEqual({ family: 'web' });
  expect(parseInput('{\n\t"family": "web", // the shop\n}'.replace('//', '#'), 'f')).toEqual({
    family: 'web',
  });
});

test('says what a path is that is no file', () => {
  const missing = join(directory, 'web.json');
  const refusals = [
    [directory, `Cannot read ${directory}: it is a directory, not a file.`],
    [missing, `Cannot read ${missing}: there is no such file or directory.`],
  ] as const;
  for (const [path, text] of refusals) expect(() => readInputFile(path)).toThrow(new UsageError(text));
});

test.each([
  [
    '{\n  "family": "web"\n  "cpu": "256"\n}',
    'Cannot read f: it is not valid JSON at line 3, column 3. Look for a missing or extra comma, quote or bracket there or just before.',
  ],
  [
    '{"family": "web',
    /^Cannot read f: it is not valid JSON at line 1, column \d+\. Look for a missing or extra comma, quote/,
  ],
  ['[1, 2', /^Cannot read f: it is not valid JSON at line 1, column \d+\. /],
  ['not: [json', /^Cannot read f: it is not valid YAML at line 1, column \d+\. Look at the indentation/],
  ['a: 1\n b: 2', /^Cannot read f: it is not valid YAML at line \d, column \d+\. /],
  ['a: *b', 'Cannot read f: it is not valid YAML.'],
  ['a: 1\n---\nb: 2', 'Cannot read f: it has several YAML documents. Give one.'],
])('says where %j is wrong, in words of its own', (text, message) => {
  expect(() => parseInput(text, 'f')).toThrow(UsageError);
  expect(() => parseInput(text, 'f')).toThrow(message);
});

test('warns of nothing', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  expect(parseInput('family: !Ref Web\n', 'f')).toEqual({ family: 'Web' });
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
