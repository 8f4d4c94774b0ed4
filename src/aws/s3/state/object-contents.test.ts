import { beforeEach, describe, expect, test } from 'vitest';
import { bulkInProcess } from '../../../bulk/bulk-in-process.ts';
import { silentLog } from '../../../lib/log.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { Bucket } from './bucket/bucket.ts';
import type { Expiry, ListedVersion } from './lifecycle/expiry.ts';
import { bulkModule } from './object-database.ts';
import { objectContents } from './object-contents.ts';
import { filesInMemory } from './object/object-files.ts';
import { Objects } from './objects.ts';

const random = seededRandom(1);
const record = {
  headers: {},
  metadata: {},
  tags: [],
  storageClass: 'STANDARD',
  encryption: { algorithm: 'AES256' },
  owner: '000000000000',
  acl: 'private',
};

let objects: Objects;
beforeEach(() => {
  objects = new Objects(bulkInProcess(bulkModule), filesInMemory(), silentLog);
});

/** Pages of two, so that keys and versions are cut. */
const contents = () => objectContents(objects, random, () => 100, 2);
const bucketOf = (Status?: 'Enabled' | 'Suspended'): Bucket => ({
  name: 'b',
  accountId: '000000000000',
  region: 'us-east-1',
  createdAt: 0,
  version: 1,
  tags: [],
  ...(Status && { versioning: { Status } }),
});

function put(key: string, versionId: string, modified: number, versioning?: 'Enabled' | 'Suspended') {
  const version = { size: 0, etag: 'same', content: [], record };
  const all = {
    bucket: 'b',
    key,
    versioning,
    versionId,
    modified,
    version,
    fresh: undefined,
    conditions: {},
  };
  return objects.database.write('putVersion', all);
}

async function remove(key: string, versionId?: string, markerId = 'marker') {
  const all = { bucket: 'b', versioning: 'Enabled' as const, owner: '000000000000', now: 50 };
  await objects.database.write('deleteVersions', { ...all, deletions: [{ key, versionId, markerId }] });
}

async function found(): Promise<(readonly ListedVersion[])[]> {
  const all = [];
  for await (const versions of contents().keys('b')) all.push(versions);
  return all;
}
const ids = async () =>
  (await found()).map((versions) => [versions[0]!.key, ...versions.map(({ versionId }) => versionId)]);

test('the versions of a key are together, also where pages end between them', async () => {
  for (const [key, id] of [
    ['a', '1'],
    ['b', '2'],
    ['b', '3'],
    ['b', '4'],
    ['c', '5'],
    ['c', '6'],
  ] as const)
    await put(key, id, 1, 'Enabled');
  expect(await ids()).toEqual([
    ['a', '1'],
    ['b', '4', '3', '2'],
    ['c', '6', '5'],
  ]);
});

test('all uploads are told, also those of one key', async () => {
  for (const [key, id] of [
    ['a', '1'],
    ['b', '2'],
    ['b', '3'],
    ['b', '4'],
    ['c', '5'],
  ] as const)
    await objects.database.write('beginUpload', { bucket: 'b', key, id, started: 7, record });
  const all = [];
  for await (const { key, uploadId, startedAt } of contents().uploads('b'))
    all.push([key, uploadId, startedAt]);
  expect(all).toEqual([
    ['a', '1', 7],
    ['b', '2', 7],
    ['b', '3', 7],
    ['b', '4', 7],
    ['c', '5', 7],
  ]);
});

describe('what changed since it was found stays:', () => {
  const expire = async (kind: Expiry['kind'], version: ListedVersion, status?: 'Enabled' | 'Suspended') =>
    contents().expire(bucketOf(status), { kind, version });

  test('an object that was written over', async () => {
    await put('k', 'x', 1);
    const [[before]] = (await found()) as [[ListedVersion]];
    await put('k', 'x', 2);
    await expire('current', before);
    expect(await found()).toMatchObject([[{ versionId: 'null', modifiedAt: 2 }]]);
    const [[now]] = (await found()) as [[ListedVersion]];
    await expire('current', now);
    expect(await found()).toEqual([]);
  });

  test('a current version that has got a newer one', async () => {
    await put('k', '1', 1, 'Enabled');
    const [[before]] = (await found()) as [[ListedVersion]];
    await put('k', '2', 2, 'Enabled');
    await expire('current', before, 'Enabled');
    expect(await ids()).toEqual([['k', '2', '1']]);
  });

  test('a version that is the current one again', async () => {
    await put('k', '1', 1, 'Enabled');
    await put('k', '2', 2, 'Enabled');
    const [[, older]] = (await found()) as [[ListedVersion, ListedVersion]];
    await remove('k', '2');
    await expire('noncurrent', older, 'Enabled');
    expect(await ids()).toEqual([['k', '1']]);
  });

  test('a null version that was written over as the current one', async () => {
    await put('k', 'x', 1);
    await put('k', '2', 2, 'Enabled');
    const [[, older]] = (await found()) as [[ListedVersion, ListedVersion]];
    await put('k', 'x', 3, 'Suspended');
    await expire('noncurrent', older, 'Suspended');
    expect(await ids()).toEqual([['k', 'null', '2']]);
  });

  test('a marker that hides something after all', async () => {
    await put('k', '1', 1, 'Enabled');
    await remove('k');
    const [[marker]] = (await found()) as [[ListedVersion]];
    await expire('marker', marker, 'Enabled');
    expect(await ids()).toEqual([['k', 'marker', '1']]);
    await remove('k', '1');
    await expire('marker', marker, 'Enabled');
    expect(await found()).toEqual([]);
  });

  test('an upload that was completed is none any more', async () => {
    await contents().abortUpload('b', { key: 'k', uploadId: 'gone', startedAt: 0 });
    expect(await contents().isEmpty('b')).toBe(true);
  });
});
