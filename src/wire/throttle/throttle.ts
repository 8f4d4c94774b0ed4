// Whether a request comes too fast: one token bucket for each account, region and group of operations.
import type { Caller } from '../caller.ts';
import { ApiError } from '../errors.ts';
import { fullBucket, refilled, takeToken, type BucketRule, type TokenBucket } from './token-bucket.ts';

/** Operations that share a bucket, and how big it is. */
export interface OperationBucket extends BucketRule {
  readonly operations: readonly string[];
}

/** Counts a request at `now` (epoch ms); throws ThrottlingException when it is one too many. */
export type Throttle = (operation: string, caller: Caller, now: number) => void;

/** Regions are whatever a signature says: with this many buckets, those that are full again are forgotten. */
const manyBuckets = 10_000;

/** A throttle by the buckets of one API, by name; full at first, counted in memory. Operations that are in none are free. */
export function createThrottle(named: Readonly<Record<string, OperationBucket>>): Throttle {
  const rules = new Map<string, { readonly name: string; readonly rule: BucketRule }>();
  for (const [name, rule] of Object.entries(named))
    for (const operation of rule.operations) rules.set(operation, { name, rule });
  const buckets = new Map<string, { readonly rule: BucketRule; bucket: TokenBucket }>();
  let sweepAt = manyBuckets;
  return (operation, { accountId, region }, now) => {
    const found = rules.get(operation);
    if (!found) return;
    const key = `${accountId}/${region}/${found.name}`;
    if (buckets.size >= sweepAt) {
      forgetFull(buckets, now);
      // Doubling keeps the sweeps, all together, as cheap as the requests that made the buckets.
      sweepAt = Math.max(manyBuckets, buckets.size * 2);
    }
    const before = buckets.get(key)?.bucket ?? fullBucket(found.rule, now);
    const bucket = takeToken(before, found.rule, now);
    if (!bucket) throw new ApiError('ThrottlingException', 'Rate exceeded');
    buckets.set(key, { rule: found.rule, bucket });
  };
}

function forgetFull(
  buckets: Map<string, { readonly rule: BucketRule; readonly bucket: TokenBucket }>,
  now: number,
): void {
  for (const [key, { rule, bucket }] of buckets)
    if (refilled(bucket, rule, now).tokens === rule.burst) buckets.delete(key);
}
