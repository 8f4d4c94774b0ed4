// Lists against a naive one: all keys in order, taken together by the delimiter, cut into pages.
import { array, assert as check, constantFrom, integer, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { openInMemory, type BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { keyRange, listPage } from './key-range.ts';
import { listObjects, listVersions } from './list.ts';
import { migrations } from './schema.ts';
import { deleteVersions, putVersion } from './write-versions.ts';

const bucket = 'b';
const anObject = {
  size: 1,
  etag: 'e',
  content: [],
  record: {
    headers: {},
    metadata: {},
    tags: [],
    storageClass: 'STANDARD',
    encryption: { algorithm: 'AES256' },
    owner: '0',
    acl: 'private',
  },
};

let lastId = 0;
const put = (database: BulkDatabase, key: string, versioning?: 'Enabled'): void => {
  const versionId = `v${++lastId}`;
  putVersion(database, {
    bucket,
    key,
    versioning,
    versionId,
    modified: 1,
    version: anObject,
    fresh: undefined,
    conditions: {},
  });
};
const remove = (database: BulkDatabase, key: string, versioning?: 'Enabled'): void => {
  const deletions = [{ key, markerId: `m${++lastId}` }];
  deleteVersions(database, { bucket, versioning, owner: '0', now: 1, deletions });
};

const bytes = (text: string): Buffer => Buffer.from(text);
const inOrder = (one: string, other: string): number => Buffer.compare(bytes(one), bytes(other));

/** Keys and common prefixes, the latter with `>` before them. */
function naive(keys: readonly string[], prefix: string, delimiter: string, after: string): string[] {
  const entries = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? key : `>${key.slice(0, at + delimiter.length)}`;
    });
  const bare = (entry: string): string => entry.replace(/^>/, '');
  return [...new Set(entries)]
    .toSorted((one, other) => inOrder(bare(one), bare(other)))
    .filter((entry) => inOrder(bare(entry), after) > 0 || after === '');
}

function paged(
  database: BulkDatabase,
  prefix: string,
  delimiter: string,
  start: string,
  size: number,
): string[] {
  const found: string[] = [];
  let after = start;
  for (;;) {
    const { entries, isTruncated } = listObjects(database, { bucket, prefix, delimiter, after, size });
    found.push(...entries.map((entry) => ('prefix' in entry ? `>${entry.prefix}` : entry.row.key)));
    if (!isTruncated) return found;
    expect(entries).toHaveLength(size);
    after = found.at(-1)!.replace(/^>/, '');
  }
}

const letter = constantFrom('a', 'b', '/', '//', '.', '~', 'é', '😀', '\uffff', '%', '\0', '+');
const text = array(letter, { maxLength: 5 }).map((letters) => letters.join(''));
const aKey = array(letter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join(''));

test('a list in pages is the naive list', () => {
  check(
    property(
      record({
        keys: array(aKey, { maxLength: 30 }),
        gone: array(aKey, { maxLength: 5 }),
        prefix: text,
        delimiter: constantFrom('', '/', 'a', '//', 'é'),
        start: text,
        size: integer({ min: 1, max: 7 }),
      }),
      ({ keys, gone, prefix, delimiter, start, size }) => {
        const database = openInMemory(migrations);
        for (const key of keys) put(database, key, 'Enabled');
        for (const key of keys.slice(3, 9)) put(database, key, 'Enabled');
        for (const key of [...gone, ...keys.slice(0, 2)]) remove(database, key, 'Enabled');
        const left = [...new Set(keys)].filter((key) => ![...gone, ...keys.slice(0, 2)].includes(key));
        expect(paged(database, prefix, delimiter, start, size)).toEqual(
          naive(left, prefix, delimiter, start),
        );
        database.close();
      },
    ),
    { numRuns: 300 },
  );
});

test('a list of versions goes on within a key, from the newest on', () => {
  check(
    property(
      array(constantFrom('a', 'b', 'b/c', 'b/d', 'c'), { maxLength: 20 }),
      integer({ min: 1, max: 5 }),
      (keys, size) => {
        const database = openInMemory(migrations);
        for (const key of keys) put(database, key, 'Enabled');
        const whole = listVersions(database, { bucket, size: 1000 }).entries.flatMap((entry) =>
          'row' in entry ? [entry.row] : [],
        );
        expect(whole.map(({ key }) => key)).toEqual(keys.toSorted(inOrder));
        const found: string[] = [];
        let [after, afterVersion]: (string | undefined)[] = [];
        for (let more = true; more;) {
          const page = listVersions(database, { bucket, size, after, afterVersion });
          for (const entry of page.entries) {
            if (!('row' in entry)) continue;
            ({ key: after, versionId: afterVersion } = entry.row);
            found.push(entry.row.versionId);
          }
          more = page.isTruncated;
        }
        expect(found).toEqual(whole.map(({ versionId }) => versionId));
        database.close();
      },
    ),
  );
});

test('what a common prefix stands for is not read', () => {
  const keys = [
    ...Array.from({ length: 1000 }, (_, at) => `a/${String(at).padStart(4, '0')}`),
    'b',
    'c/1',
    'c/2',
  ];
  let read = 0;
  function* rowsFrom(from: Buffer): Generator<{ key: Buffer }> {
    for (const key of keys.map(bytes).filter((one) => Buffer.compare(one, from) >= 0)) {
      read++;
      yield { key };
    }
  }
  const { entries } = listPage(rowsFrom, keyRange({ delimiter: '/' }), 10, ({ key }) => String(key));
  expect(entries).toEqual([{ prefix: 'a/' }, { row: 'b' }, { prefix: 'c/' }]);
  expect(read).toBe(3);
});

test('any text of UTF-8 is a key', () => {
  check(
    property(string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (key) => {
      const database = openInMemory(migrations);
      put(database, key);
      expect(paged(database, '', '', '', 5)).toEqual([key]);
      database.close();
    }),
  );
});
