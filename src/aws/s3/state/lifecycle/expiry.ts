// What becomes of a key's versions, and of an upload, by a bucket's lifecycle: decided here, done elsewhere.
import type { LifecycleRule } from '../../shapes.generated.ts';
import { isFiltered, prefixOfRule, tagsOfRule, type FilteredObject } from './rule-filter.ts';

/** A version of an object, as far as rules ask for it. */
export interface ListedVersion extends FilteredObject {
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** Epoch ms. */
  readonly modifiedAt: number;
}

/** What is to be done: the current version goes as DeleteObject lets it go; one that is not, and a marker that is alone, for good. */
export interface Expiry {
  readonly kind: 'current' | 'noncurrent' | 'marker';
  readonly version: ListedVersion;
}

const day = 24 * 3_600_000;

/** The midnight at which what was begun at `from` is `days` old: S3 counts whole days, from the midnight after. */
export const dueAt = (from: number, days: number): number => Math.ceil((from + days * day) / day) * day;

/** What is due at `now` of the versions of one key, the newest first, all of them. */
export function expiriesOf(
  rules: readonly LifecycleRule[],
  versions: readonly ListedVersion[],
  now: number,
): Expiry[] {
  const enabled = rules.filter(({ Status: status }) => status === 'Enabled');
  const [current, ...older] = versions;
  if (current === undefined) return [];
  const gone = older.filter((version, index) =>
    enabled.some((rule) =>
      isNoncurrentDue(rule, version, { index, since: versions[index]!.modifiedAt }, now),
    ),
  );
  const expiries = gone.map((version): Expiry => ({ kind: 'noncurrent', version }));
  if (current.isDeleteMarker) {
    const isAlone = gone.length === older.length;
    const isDue = isAlone && enabled.some((rule) => isMarkerDue(rule, current, now));
    return isDue ? [...expiries, { kind: 'marker', version: current }] : expiries;
  }
  const isDue = enabled.some((rule) => isCurrentDue(rule, current, now));
  return isDue ? [...expiries, { kind: 'current', version: current }] : expiries;
}

function isCurrentDue(rule: LifecycleRule, version: ListedVersion, now: number): boolean {
  const { Days: days, Date: date } = rule.Expiration ?? {};
  if (!isFiltered(rule, version)) return false;
  if (days !== undefined) return dueAt(version.modifiedAt, days) <= now;
  return date !== undefined && date * 1000 <= now;
}

/** A marker that hides nothing any more: at once where that is asked for, else when it is as old as objects become. */
function isMarkerDue(rule: LifecycleRule, marker: ListedVersion, now: number): boolean {
  const { ExpiredObjectDeleteMarker: isAsked, Days: days } = rule.Expiration ?? {};
  // A marker has neither size nor tags.
  if (!marker.key.startsWith(prefixOfRule(rule)) || tagsOfRule(rule).length > 0) return false;
  return isAsked === true || (days !== undefined && dueAt(marker.modifiedAt, days) <= now);
}

/** How many versions are between it and the current one, and since when it is not that any more. */
interface Place {
  readonly index: number;
  readonly since: number;
}

function isNoncurrentDue(
  rule: LifecycleRule,
  version: ListedVersion,
  { index, since }: Place,
  now: number,
): boolean {
  const { NoncurrentDays: days, NewerNoncurrentVersions: kept = 0 } = rule.NoncurrentVersionExpiration ?? {};
  return days !== undefined && index >= kept && isFiltered(rule, version) && dueAt(since, days) <= now;
}

/** Whether an upload that was begun at `startedAt` (epoch ms) and never completed is due. */
export const isUploadDue = (
  rules: readonly LifecycleRule[],
  { key, startedAt }: { readonly key: string; readonly startedAt: number },
  now: number,
): boolean =>
  rules.some((rule) => {
    const { DaysAfterInitiation: days } = rule.AbortIncompleteMultipartUpload ?? {};
    return (
      rule.Status === 'Enabled' &&
      days !== undefined &&
      key.startsWith(prefixOfRule(rule)) &&
      dueAt(startedAt, days) <= now
    );
  });
