import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { seededRandom, systemRandom } from '../lib/random.ts';
import { MemoryJournal } from '../store/journal/memory-journal.ts';
import { openStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { keyInFile } from './master-key-file.ts';
import { heldKey, masterSeal } from './master-key.ts';
import { masterKeyProofs } from './master-key-proof.ts';

const open = (): Promise<Store> =>
  openStore({
    tables: [masterKeyProofs],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'master-key-'));
  path = join(directory, 'master.key');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the master key', () => {
  it('is made at the first start, for its user alone, and found again', async () => {
    const store = await open();
    const sealed = masterSeal(store, keyInFile(directory), systemRandom).close('a', Buffer.from('x'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'latin1')).toMatch(/^[0-9a-f]{64}\n$/);
    const { revision } = store;
    const again = masterSeal(store, keyInFile(directory), systemRandom);
    expect(Buffer.from(again.open('a', sealed)).toString()).toBe('x');
    expect(store.revision).toBe(revision);
  });

  it('that a directory has already is used for a new state', async () => {
    masterSeal(await open(), keyInFile(directory), systemRandom);
    const before = readFileSync(path, 'latin1');
    masterSeal(await open(), keyInFile(directory), systemRandom);
    expect(readFileSync(path, 'latin1')).toBe(before);
  });

  it('that is missing is not replaced', async () => {
    const store = await open();
    masterSeal(store, keyInFile(directory), systemRandom);
    const { revision } = store;
    rmSync(path);
    expect(() => masterSeal(store, keyInFile(directory), systemRandom)).toThrow(`${path} is missing`);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    expect(store.revision).toBe(revision);
  });

  it('of another state is refused, and left as it is', async () => {
    const store = await open();
    masterSeal(store, keyInFile(directory), systemRandom);
    const other = `${'0'.repeat(64)}\n`;
    writeFileSync(path, other);
    expect(() => masterSeal(store, keyInFile(directory), systemRandom)).toThrow(`${path} is not the key`);
    expect(readFileSync(path, 'latin1')).toBe(other);
  });

  it.each(['', 'abc', '0'.repeat(64), `${'g'.repeat(64)}\n`])('is refused as %j', async (text) => {
    writeFileSync(path, text);
    const store = await open();
    expect(() => masterSeal(store, keyInFile(directory), systemRandom)).toThrow('does not contain a key');
  });

  it('is taken away from other users who may read it', async () => {
    const store = await open();
    masterSeal(store, keyInFile(directory), systemRandom);
    chmodSync(path, 0o644);
    masterSeal(store, keyInFile(directory), systemRandom);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('may be held in memory', async () => {
    const store = await open();
    const holder = heldKey();
    const sealed = masterSeal(store, holder, seededRandom(1)).close('a', Buffer.from('x'));
    expect(masterSeal(store, holder, seededRandom(2)).open('a', sealed)).toHaveLength(1);
    expect(() => masterSeal(store, heldKey(), seededRandom(2))).toThrow('memory is missing');
  });
});
