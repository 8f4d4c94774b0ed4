import { beforeEach, describe, expect, it, test } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { seededRandom, systemRandom } from '../lib/random.ts';
import { MemoryJournal } from '../store/journal/memory-journal.ts';
import { openStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { accessKeys } from '../aws/iam/state/access-key/access-keys.ts';
import { newKeyPair } from '../aws/iam/state/access-key/access-key.ts';
import { administratorKey } from './admin-key.ts';

const account = '000000000000';

let journal: MemoryJournal;
let store: Store;
const open = (from: MemoryJournal): Promise<Store> =>
  openStore({ tables: [accessKeys], journal: from, log: silentLog });
beforeEach(async () => {
  journal = new MemoryJournal({ durability: 'immediate' });
  store = await open(journal);
});

describe('the administrator’s key', () => {
  it('is made at the first start, for the account', () => {
    expect(administratorKey(store, account, seededRandom(1), 1234)).toMatchObject({
      accountId: account,
      principalArn: 'arn:aws:iam::000000000000:user/administrator',
      status: 'Active',
      createdAt: 1234,
    });
  });

  it('is the same one at every later start', async () => {
    const first = administratorKey(store, account, seededRandom(1), 1);
    await store.close();
    const next = await open(journal.crash());
    expect(administratorKey(next, account, seededRandom(2), 2)).toEqual(first);
    expect(next.view((tx) => tx.table(accessKeys).size)).toBe(1);
  });

  it('is a new one once the old one was made inactive', () => {
    const first = administratorKey(store, account, seededRandom(1), 1);
    store.update((tx) => {
      tx.table(accessKeys).put({ ...first, status: 'Inactive' });
    });
    const second = administratorKey(store, account, seededRandom(2), 2);
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(administratorKey(store, account, seededRandom(3), 3)).toEqual(second);
  });

  it('is never the key of an agent, whatever its name', () => {
    const first = administratorKey(store, account, seededRandom(1), 1);
    store.update((tx) => {
      tx.table(accessKeys).put({ ...first, kind: 'agent' });
    });
    expect(administratorKey(store, account, seededRandom(2), 2).accessKeyId).not.toBe(first.accessKeyId);
  });

  it('is neither another account’s nor another user’s', () => {
    const first = administratorKey(store, account, seededRandom(1), 1);
    store.update((tx) => {
      tx.table(accessKeys).put({
        ...first,
        accessKeyId: 'AKIAOTHER',
        principalArn: 'arn:aws:iam::1:user/agent',
      });
    });
    const other = administratorKey(store, '999999999999', seededRandom(2), 1);
    expect(other).toMatchObject({ accountId: '999999999999' });
    expect(administratorKey(store, account, seededRandom(3), 1)).toEqual(first);
  });
});

test('key pairs have AWS’s form, and no two are alike', () => {
  const pairs = Array.from({ length: 300 }, () => newKeyPair(systemRandom));
  for (const { accessKeyId, secretAccessKey } of pairs) {
    expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  }
  expect(new Set(pairs.map(({ accessKeyId }) => accessKeyId)).size).toBe(300);
  expect(new Set(pairs.map(({ secretAccessKey }) => secretAccessKey)).size).toBe(300);
});
