// What lifecycle configurations make of objects that lie in buckets, over weeks.
import {
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  UploadPartCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { bulkInProcess } from '../../../src/bulk/bulk-in-process.ts';
import type { Bulk, OpenBulk } from '../../../src/bulk/bulk.ts';
import { MemoryJournal } from '../../../src/store/journal/memory-journal.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { CountedFiles, S3Rig } from '../../../test-support/s3-rig.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';

const Bucket = 'bucket';
const hour = 3_600_000;
const day = 24 * hour;
/** A look comes after each hour. */
const look = hour + 60_000;

/** Midnight of the 1st of January 2026. */
let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});

const putRules = (Rules: LifecycleRule[]) =>
  rig.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  ID: 'r',
  Status: 'Enabled',
  Filter: {},
  ...more,
});
const keepVersions = (Status: 'Enabled' | 'Suspended') =>
  rig.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const remove = (Key: string) => rig.s3.send(new DeleteObjectCommand({ Bucket, Key }));
const pass = (ms: number) => rig.ecs.clock.advance(ms);

describe('objects', () => {
  test('go after their days, with their bytes', async () => {
    await putRules([rule({ Expiration: { Days: 2 } })]);
    await pass(hour);
    await rig.put('old');
    await pass(day);
    await rig.put('young');
    // Two days after the 1st at one o'clock is the 3rd, and the midnight after that begins the 4th.
    await pass(2 * day - 2 * hour);
    expect(await rig.list()).toEqual(['old', 'young']);
    await pass(hour + look);
    expect(await rig.list()).toEqual(['young']);
    expect(rig.files.there.size).toBe(1);
    await pass(day);
    expect(await rig.list()).toEqual([]);
    expect(rig.files.there.size).toBe(0);
  });

  test('go from a date on', async () => {
    await putRules([rule({ Expiration: { Date: new Date('2026-01-05T00:00:00Z') } })]);
    await rig.put('before');
    await pass(4 * day - 1);
    expect(await rig.list()).toEqual(['before']);
    await pass(look);
    expect(await rig.list()).toEqual([]);
    await rig.put('after');
    await pass(look);
    expect(await rig.list()).toEqual([]);
  });

  test('stay where no rule is about them', async () => {
    const expire = { Expiration: { Days: 1 } };
    await putRules([
      rule({ ID: 'prefix', Filter: { Prefix: 'logs/' }, ...expire }),
      rule({ ID: 'tag', Filter: { Tag: { Key: 'kind', Value: 'scratch' } }, ...expire }),
      rule({ ID: 'size', Filter: { ObjectSizeGreaterThan: 9 }, ...expire }),
      rule({
        ID: 'all',
        Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeLessThan: 3 } },
        ...expire,
      }),
      rule({ ID: 'off', Status: 'Disabled', ...expire }),
    ]);
    await rig.put('logs/a', 'x');
    await rig.put('scratch', 'x', { Tagging: 'kind=scratch&other=1' });
    await rig.put('large', 'x'.repeat(10));
    await rig.put('tmp/gone', 'xx', { Tagging: 'a=b' });
    await rig.put('a', 'x'.repeat(9));
    await rig.put('kept', 'x', { Tagging: 'kind=kept' });
    await rig.put('tmp/large', 'xxx', { Tagging: 'a=b' });
    await rig.put('tmp/other', 'xx', { Tagging: 'a=c' });
    await pass(20 * day);
    expect(await rig.list()).toEqual(['a', 'kept', 'tmp/large', 'tmp/other']);
  });

  test('begin anew when they are written over', async () => {
    await putRules([rule({ Expiration: { Days: 3 } })]);
    await rig.put('k', 'same');
    await pass(2 * day);
    await rig.put('k', 'same');
    await pass(2 * day + look);
    expect((await rig.get('k')).text).toBe('same');
    await pass(day);
    expect(await rig.list()).toEqual([]);
  });
});

describe('versions', () => {
  test('a marker hides the current one, and all go one after the other until nothing is left', async () => {
    await keepVersions('Enabled');
    await putRules([rule({ Expiration: { Days: 5 }, NoncurrentVersionExpiration: { NoncurrentDays: 3 } })]);
    const first = await rig.put('k', 'one');
    await pass(day);
    const second = await rig.put('k', 'two');
    const there = async () => {
      const { versions, markers } = await rig.versions();
      return { versions: versions.map(({ VersionId }) => VersionId), markers: markers.length };
    };
    await pass(2 * day + look);
    expect(await there()).toEqual({ versions: [second.VersionId, first.VersionId], markers: 0 });
    // The first has not been current since the 2nd.
    await pass(day);
    expect(await there()).toEqual({ versions: [second.VersionId], markers: 0 });
    await pass(2 * day);
    expect(await there()).toEqual({ versions: [second.VersionId], markers: 1 });
    await expect(rig.get('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await rig.get('k', { VersionId: second.VersionId })).text).toBe('two');
    await pass(4 * day);
    expect(await there()).toEqual({ versions: [], markers: 1 });
    await pass(2 * day);
    expect(await there()).toEqual({ versions: [], markers: 0 });
    expect(rig.files.there.size).toBe(0);
    await rig.s3.send(new DeleteBucketCommand({ Bucket }));
  });

  test('the newest that are not current are kept as many as the rule says', async () => {
    await keepVersions('Enabled');
    await putRules([
      rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } }),
    ]);
    for (const text of ['1', '2', '3', '4', '5']) await rig.put('k', text);
    await pass(3 * day);
    const { versions } = await rig.versions();
    const texts = versions.map(({ VersionId }) => rig.get('k', { VersionId }).then(({ text }) => text));
    expect(await Promise.all(texts)).toEqual(['5', '4', '3']);
  });

  test('a marker that hides nothing goes, one that hides something stays', async () => {
    await keepVersions('Enabled');
    await putRules([rule({ Expiration: { ExpiredObjectDeleteMarker: true } })]);
    await rig.put('hidden');
    await remove('hidden');
    await remove('alone');
    await pass(look);
    const { versions, markers } = await rig.versions();
    expect(versions.map(({ Key }) => Key)).toEqual(['hidden']);
    expect(markers.map(({ Key }) => Key)).toEqual(['hidden']);
  });

  test('where versions are made no more, a marker takes the place of the null version', async () => {
    await keepVersions('Suspended');
    await putRules([rule({ Expiration: { Days: 1 } })]);
    await rig.put('k');
    await pass(day + look);
    const { versions, markers } = await rig.versions();
    expect(versions).toEqual([]);
    expect(markers).toMatchObject([{ Key: 'k', VersionId: 'null', IsLatest: true }]);
    expect(rig.files.there.size).toBe(0);
  });
});

test('uploads that were left end after their days, with their parts', async () => {
  await putRules([
    rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 }, Filter: { Prefix: 'u/' } }),
  ]);
  const begin = async (Key: string) => {
    const { UploadId } = await rig.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await rig.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }));
  };
  const uploads = async () =>
    (await rig.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key);
  await begin('other');
  await begin('u/old');
  await pass(day);
  await begin('u/young');
  await pass(2 * day - 1);
  expect(await uploads()).toEqual(['other', 'u/old', 'u/young']);
  await pass(look);
  expect(await uploads()).toEqual(['other', 'u/young']);
  await pass(day);
  expect(await uploads()).toEqual(['other']);
  expect(rig.files.there.size).toBe(1);
});

/** Bulk data that is there for one server after the other. */
function sharedBulk(): OpenBulk {
  const all = new Map<unknown, unknown>();
  return (module) => {
    const bulk = (all.get(module) ?? bulkInProcess(module)) as Bulk<typeof module>;
    all.set(module, bulk);
    return { ...bulk, close: () => Promise.resolve() };
  };
}

test('nothing is looked after where another S3 is asked', async () => {
  const clock = new VirtualClock();
  const files = new CountedFiles();
  const openBulk = sharedBulk();
  let journal = new MemoryJournal({ durability: 'immediate' });
  const start = async (forwards: Readonly<Record<string, { url: string }>> = {}) =>
    EcsRig.open({ journal, openBulk, objectFiles: files, forwards }, clock);
  const stop = async ({ controlPlane }: EcsRig) => {
    journal = journal.crash();
    await controlPlane.stop();
  };
  const ecs = await start();
  rig = await S3Rig.over(ecs, files);
  await putRules([rule({ Expiration: { Days: 1 } })]);
  await rig.put('k');
  await stop(ecs);
  const forwarding = await start({ s3: { url: 'http://127.0.0.1:9' } });
  await clock.advance(10 * day);
  await stop(forwarding);
  rig = new S3Rig(await start(), files);
  expect(await rig.list()).toEqual(['k']);
  await clock.advance(look);
  expect(await rig.list()).toEqual([]);
});
