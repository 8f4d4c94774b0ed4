// Whether a request comes too fast: one token bucket for each account, region and group of operations.
import { scopeKey } from '../../shared/scope.ts';
import type { Call } from '../../../wire/api.ts';
import { throttled } from '../errors.ts';
import { ecsBuckets } from './ecs-buckets.ts';
import { fullBucket, refilled, takeToken, type BucketRule, type TokenBucket } from './token-bucket.ts';

/** Counts a request; throws ThrottlingException when it is one too many. */
export type Throttle = (operation: string, call: Call) => void;

/** Answers all requests, however fast they come. */
export const noThrottle: Throttle = () => {};

/** Regions are whatever a signature says: with this many buckets, those that are full again are forgotten. */
const manyBuckets = 10_000;

/** ECS's own rates, counted in memory from the start of the server. */
export function ecsThrottle(): Throttle {
  const rules = new Map<string, { readonly name: string; readonly rule: BucketRule }>();
  for (const [name, rule] of Object.entries(ecsBuckets))
    for (const operation of rule.operations) rules.set(operation, { name, rule });
  const buckets = new Map<string, { readonly rule: BucketRule; bucket: TokenBucket }>();
  let sweepAt = manyBuckets;
  return (operation, call) => {
    const found = rules.get(operation);
    if (!found) return;
    const key = `${scopeKey(call)}/${found.name}`;
    if (buckets.size >= sweepAt) {
      forgetFull(buckets, call.now);
      // Doubling keeps the sweeps, all together, as cheap as the requests that made the buckets.
      sweepAt = Math.max(manyBuckets, buckets.size * 2);
    }
    const before = buckets.get(key)?.bucket ?? fullBucket(found.rule, call.now);
    const bucket = takeToken(before, found.rule, call.now);
    if (!bucket) throw throttled();
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
