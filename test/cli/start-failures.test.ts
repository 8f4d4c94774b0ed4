// Starts that cannot succeed: each says why in a sentence, and the process ends with a code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalDatabase } from '../../src/store/journal/journal-database.ts';
import { longshore } from './longshore-command.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'start-failures-'))));
afterEach(() => rmSync(data, { recursive: true }));

const server = () => longshore('server', '--data', data, '--port', '0');

/** Leaves a state of rows, their checksums right: table, key, JSON; … */
function state(...rows: readonly string[]): void {
  const database = new JournalDatabase(data);
  database.write({ revision: 1, rows });
  database.close();
}

describe('longshore server', () => {
  it('ends when its state holds rows of a table that is not known', async () => {
    state('crates', 'a', '{}');
    expect(await server()).toEqual({
      code: 1,
      stdout: '',
      stderr: 'the journal holds rows of a table crates that is not known here\n',
    });
  });

  it('ends when a row is not JSON', async () => {
    state('clusters', 'a', '{"arn":');
    expect(await server()).toEqual({
      code: 1,
      stdout: '',
      stderr: "the journal's row a of table clusters is not JSON\n",
    });
  });
});
