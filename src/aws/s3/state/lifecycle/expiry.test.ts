import { describe, expect, test } from 'vitest';
import type { LifecycleRule } from '../../shapes.generated.ts';
import { dueAt, expiriesOf, isUploadDue, type ListedVersion } from './expiry.ts';

const day = 24 * 3_600_000;
/** Noon of a day. */
const noon = (days: number) => days * day + day / 2;
const midnight = (days: number) => days * day;

const version = (versionId: string, more: Partial<ListedVersion> = {}): ListedVersion => ({
  key: 'logs/a',
  versionId,
  isDeleteMarker: false,
  modifiedAt: noon(0),
  size: 10,
  tags: {},
  ...more,
});
const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({
  ID: 'r',
  Status: 'Enabled',
  Filter: { Prefix: 'logs/' },
  ...more,
});
const due = (rules: readonly LifecycleRule[], versions: readonly ListedVersion[], now: number) =>
  expiriesOf(rules, versions, now).map(({ kind, version: { versionId } }) => `${kind} ${versionId}`);

test('days end at a midnight', () => {
  expect(dueAt(noon(0), 1)).toBe(midnight(2));
  expect(dueAt(midnight(3), 1)).toBe(midnight(4));
});

describe('the current version', () => {
  const afterTen = rule({ Expiration: { Days: 10 } });

  test('goes after its days, and not before', () => {
    expect(due([afterTen], [version('1')], midnight(11) - 1)).toEqual([]);
    expect(due([afterTen], [version('1')], midnight(11))).toEqual(['current 1']);
  });

  test('goes from a date on', () => {
    const dated = rule({ Expiration: { Date: midnight(5) / 1000 } });
    expect(due([dated], [version('1')], midnight(5) - 1)).toEqual([]);
    expect(due([dated], [version('1', { modifiedAt: noon(7) })], noon(8))).toEqual(['current 1']);
  });

  test.each<[string, Partial<LifecycleRule>, Partial<ListedVersion>, boolean]>([
    ['another prefix', {}, { key: 'data/a' }, false],
    ['a rule that is disabled', { Status: 'Disabled' }, {}, false],
    ['the prefix of old', { Filter: undefined, Prefix: 'logs/' }, {}, true],
    ['no condition', { Filter: {} }, { key: 'any' }, true],
    ['a tag', { Filter: { Tag: { Key: 'k', Value: 'v' } } }, { tags: { k: 'v', l: 'w' } }, true],
    ['another tag', { Filter: { Tag: { Key: 'k', Value: 'v' } } }, { tags: { k: 'w' } }, false],
    ['a larger size', { Filter: { ObjectSizeGreaterThan: 10 } }, {}, false],
    ['a size', { Filter: { ObjectSizeGreaterThan: 9 } }, {}, true],
    ['a smaller size', { Filter: { ObjectSizeLessThan: 10 } }, {}, false],
    [
      'all of several conditions',
      { Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'k', Value: 'v' }], ObjectSizeLessThan: 11 } } },
      { tags: { k: 'v' } },
      true,
    ],
    ['one of several conditions', { Filter: { And: { Prefix: 'x', ObjectSizeLessThan: 11 } } }, {}, false],
  ])('of %s', (_, ruled, stored, isDue) => {
    const expired = due([{ ...afterTen, ...ruled }], [version('1', stored)], midnight(20));
    expect(expired).toEqual(isDue ? ['current 1'] : []);
  });
});

describe('versions that are not current', () => {
  const history = [
    version('4', { modifiedAt: noon(30) }),
    version('3', { modifiedAt: noon(20) }),
    version('2', { modifiedAt: noon(10) }),
    version('1', { modifiedAt: noon(0) }),
  ];

  test('go some days after the next one came', () => {
    const rules = [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 5 } })];
    // 3 has not been current since day 30, 2 since day 20, 1 since day 10.
    expect(due(rules, history, noon(30))).toEqual(['noncurrent 2', 'noncurrent 1']);
    expect(due(rules, history, midnight(36))).toEqual(['noncurrent 3', 'noncurrent 2', 'noncurrent 1']);
  });

  test('stay while they are among the newest that are kept', () => {
    const rules = [rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } })];
    expect(due(rules, history, noon(100))).toEqual(['noncurrent 1']);
  });
});

describe('a delete marker', () => {
  const marker = version('2', { isDeleteMarker: true, size: 0, modifiedAt: noon(5) });

  test('goes once it hides nothing any more', () => {
    const rules = [rule({ Expiration: { ExpiredObjectDeleteMarker: true } })];
    expect(due(rules, [marker, version('1')], noon(100))).toEqual([]);
    expect(due(rules, [marker], noon(6))).toEqual(['marker 2']);
  });

  test('goes with what it hid', () => {
    const rules = [
      rule({
        Expiration: { ExpiredObjectDeleteMarker: true },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      }),
    ];
    expect(due(rules, [marker, version('1')], noon(9))).toEqual(['noncurrent 1', 'marker 2']);
  });

  test('goes after the days of objects', () => {
    const rules = [rule({ Expiration: { Days: 3 } })];
    expect(due(rules, [marker], noon(6))).toEqual([]);
    expect(due(rules, [marker], noon(9))).toEqual(['marker 2']);
  });
});

test('an upload that was left goes after its days', () => {
  const rules = [rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } })];
  const upload = { key: 'logs/a', startedAt: noon(0) };
  expect(isUploadDue(rules, upload, midnight(3) - 1)).toBe(false);
  expect(isUploadDue(rules, upload, midnight(3))).toBe(true);
  expect(isUploadDue(rules, { ...upload, key: 'a' }, midnight(3))).toBe(false);
  expect(isUploadDue([rule({ Expiration: { Days: 1 } })], upload, midnight(30))).toBe(false);
});
