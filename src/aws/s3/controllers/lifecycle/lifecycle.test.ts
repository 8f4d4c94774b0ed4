import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { silentLog } from '../../../../lib/log.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { LifecycleRule } from '../../shapes.generated.ts';
import type { BucketContents, StoredUpload } from '../../state/bucket/bucket-contents.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import type { ListedVersion } from '../../state/lifecycle/expiry.ts';
import { s3Tables } from '../../state/tables.ts';
import { startLifecycle } from './lifecycle.ts';

const day = 24 * 3_600_000;

async function running(rules: readonly LifecycleRule[] | undefined, contents: Partial<BucketContents>) {
  const clock = new VirtualClock();
  const store = await openStore({
    tables: s3Tables,
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  store.update((tx) =>
    tx.table(buckets).put({
      name: 'logs',
      accountId: '000000000000',
      region: 'us-east-1',
      createdAt: clock.now(),
      tags: [],
      lifecycle: rules && { rules, transitionDefaultMinimumObjectSize: 'all_storage_classes_128K' },
    }),
  );
  const done: string[] = [];
  const all: BucketContents = {
    isEmpty: () => Promise.resolve(false),
    keys: each([]),
    uploads: each([]),
    expire: ({ name }, { kind, version }) => {
      done.push(`${name} ${kind} ${version.key} ${version.versionId}`);
      return Promise.resolve();
    },
    abortUpload: (bucket, { key, uploadId }) => {
      done.push(`${bucket} upload ${key} ${uploadId}`);
      return Promise.resolve();
    },
    ...contents,
  };
  const stop = startLifecycle({ store, contents: all, clock, log: silentLog });
  return { clock, store, done, stop };
}

const each = <Item>(items: readonly Item[]) =>
  async function* (): AsyncIterable<Item> {
    yield* items;
  };

const start = Date.UTC(2026, 0, 1);
const object = (key: string, modifiedAt: number): readonly ListedVersion[] => [
  { key, versionId: 'null', isDeleteMarker: false, modifiedAt, size: 1, tags: {} },
];
const upload: StoredUpload = { key: 'b', uploadId: 'u', startedAt: start };
const rules: readonly LifecycleRule[] = [
  {
    ID: 'all',
    Status: 'Enabled',
    Filter: {},
    Expiration: { Days: 3 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  },
];

test('objects expire and uploads end when they are due', async () => {
  const contents = {
    keys: each([object('a', start + 1), object('b', start + 5 * day)]),
    uploads: each([upload]),
  };
  const { clock, done, stop } = await running(rules, contents);
  await clock.advance(day - 1);
  expect(done).toEqual([]);
  await clock.advance(3_600_000);
  expect(done).toEqual(['logs upload b u']);
  done.length = 0;
  await clock.advance(3 * day);
  expect(new Set(done)).toEqual(new Set(['logs upload b u', 'logs current a null']));
  stop();
  done.length = 0;
  await clock.advance(day);
  expect(done).toEqual([]);
});

test('a bucket without rules is not looked into', async () => {
  let looked = 0;
  const keys = () => {
    looked += 1;
    return each<readonly ListedVersion[]>([])();
  };
  const { clock, stop } = await running(undefined, { keys });
  await clock.advance(day);
  expect(looked).toBe(0);
  stop();
});

test('what goes wrong in one look is tried again in the next', async () => {
  let isBroken = true;
  const expired: string[] = [];
  const { clock, stop } = await running(rules, {
    keys: each([object('a', start)]),
    expire: (_, { version }) => {
      if (isBroken) return Promise.reject(new Error('the disk is full'));
      expired.push(version.key);
      return Promise.resolve();
    },
  });
  await clock.advance(5 * day);
  expect(expired).toEqual([]);
  isBroken = false;
  await clock.advance(3_600_000);
  expect(expired).toEqual(['a']);
  stop();
});
