// Starts that cannot succeed: each says why in a sentence, and the process ends with a code.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
      stderr:
        'the stored state holds rows of a table crates that is not known here: start the release that wrote it, or a later one\n',
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

  it.runIf(existsSync('/proc/self'))('ends where its data directory cannot be made', async () => {
    expect(await longshore('server', '--data', '/proc/longshore', '--port', '0')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'The directory /proc/longshore cannot be made: no directories can be made in /proc. Choose another with --data.\n',
    });
  });

  it('ends where its data directory is a file', async () => {
    const file = join(data, 'file');
    writeFileSync(file, '');
    expect(await longshore('server', '--data', file, '--port', '0')).toEqual({
      code: 1,
      stdout: '',
      stderr: `The directory ${file} cannot be made: a file has that name. Choose another with --data.\n`,
    });
  });

  it('ends where it is to listen on what is no address', async () => {
    const { code, stderr } = await longshore('server', '--data', data, '--port', '0', '--host', '300.1.1.1');
    expect([code, stderr]).toEqual([
      1,
      'Cannot listen on 300.1.1.1:0: there is no host of that name. Choose another with --host; 0.0.0.0 listens on all addresses.\n',
    ]);
  });
});
