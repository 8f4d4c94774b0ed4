import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAccess, writeAccess } from './access-file.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'access-file-'))));
afterEach(() => rmSync(data, { recursive: true }));

const access = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accountId: '000000000000',
  accessKeyId: 'a',
  secretAccessKey: 'b',
};

it('is read as it was written', () => {
  writeAccess(data, access);
  expect(readAccess(data)).toEqual(access);
});

it('is missing where no server has been', () => {
  expect(() => readAccess(data)).toThrow(`No server has been started with the data directory ${data}.`);
});

it('is not taken for missing where it cannot be read', () => {
  const file = join(data, 'access.json');
  mkdirSync(file);
  expect(() => readAccess(data)).toThrow(`${file} cannot be read: it is a directory, not a file.`);
});
