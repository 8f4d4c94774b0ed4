import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskFullAdvice, errorText } from './error-text.ts';

test('is one sentence, whatever was thrown', () => {
  expect(errorText(new Error('The disk is full.'))).toBe('The disk is full.');
  expect(errorText(new Error('Bad indentation at line 3:\n\n  a: b\n  ^\n'))).toBe(
    'Bad indentation at line 3:',
  );
  expect(errorText(new AggregateError([new Error('refused by ::1'), new Error('refused')]))).toBe(
    'refused by ::1',
  );
  expect(errorText(new TypeError(''))).toBe('TypeError');
  expect(errorText('words')).toBe('words');
});

test('of a file says which and why, without the words of the system', () => {
  const [file, path] = [process.execPath, join(process.execPath, 'store.db')];
  expect(() => readFileSync(path)).toThrow('ENOTDIR');
  try {
    readFileSync(path);
  } catch (error) {
    expect(errorText(error)).toBe(`${file}/store.db: a part of its path is a file, not a directory`);
  }
});

test('of a full disk it is said what helps, and of nothing else', () => {
  const advice = ' Make room on the disk and start it again: nothing that was acknowledged is lost.';
  expect(diskFullAdvice(new Error('/data/store.db: database or disk is full'))).toBe(advice);
  const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    path: '/d',
  });
  expect(errorText(noSpace)).toBe('/d: the disk is full');
  expect(diskFullAdvice(noSpace)).toBe(advice);
  expect(diskFullAdvice(new Error('it was deleted'))).toBe('');
});
