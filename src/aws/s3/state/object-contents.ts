// What lies in buckets, as those ask for it that look after buckets.
import type { Random } from '../../../lib/random.ts';
import type { BucketContents } from './bucket/bucket-contents.ts';
import { versioningOf } from './bucket/versioning.ts';
import type { ListedVersion } from './lifecycle/expiry.ts';
import type { Listed } from './object/key-range.ts';
import { newVersionId } from './object/new-version-id.ts';
import type { ObjectVersion } from './object/version.ts';
import type { Objects } from './objects.ts';

/** How many are looked at with one read. */
const defaultPageSize = 1000;

/** `now` answers epoch ms. */
export const objectContents = (
  objects: Objects,
  random: Random,
  now: () => number,
  size = defaultPageSize,
): BucketContents => ({
  // Behind the writes that are under way.
  isEmpty: (bucket) => objects.database.write('isEmpty', bucket),
  keys: (bucket) =>
    byKey(
      rowsOf((last?: ObjectVersion) =>
        objects.database.read('listVersions', {
          bucket,
          size,
          after: last?.key,
          afterVersion: last?.versionId,
        }),
      ),
    ),
  async *uploads(bucket) {
    const uploads = rowsOf((last?: { readonly key: string; readonly id: string }) =>
      objects.database.read('listUploads', { bucket, size, after: last?.key, afterUpload: last?.id }),
    );
    for await (const { key, id: uploadId, started: startedAt } of uploads) yield { key, uploadId, startedAt };
  },
  async expire(bucket, expiry) {
    const unused = await objects.database.write('expireVersion', {
      bucket: bucket.name,
      versioning: versioningOf(bucket),
      owner: bucket.accountId,
      now: now(),
      expiry,
      markerId: newVersionId(random),
    });
    objects.removeUnused(unused);
  },
  async abortUpload(bucket, { key, uploadId: id }) {
    objects.removeUnused((await objects.database.write('endUpload', { bucket, key, id })) ?? []);
  },
});

/** The rows of a list, page by page, each from behind the last row before it. */
async function* rowsOf<Row>(pageBehind: (last?: Row) => Promise<Listed<Row>>): AsyncIterable<Row> {
  let last: Row | undefined;
  let isTruncated = true;
  while (isTruncated) {
    const page = await pageBehind(last);
    for (const entry of page.entries)
      if ('row' in entry) {
        last = entry.row;
        yield last;
      }
    ({ isTruncated } = page);
  }
}

async function* byKey(versions: AsyncIterable<ObjectVersion>): AsyncIterable<readonly ListedVersion[]> {
  let held: ListedVersion[] = [];
  for await (const version of versions) {
    if (held.length > 0 && held[0]!.key !== version.key) {
      yield held;
      held = [];
    }
    held.push(listed(version));
  }
  if (held.length > 0) yield held;
}

const listed = ({ key, versionId, isMarker, modified, size, record }: ObjectVersion): ListedVersion => ({
  key,
  versionId,
  isDeleteMarker: isMarker,
  modifiedAt: modified,
  size,
  tags: Object.fromEntries(record.tags.map((tag) => [tag.key, tag.value])),
});
