import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBucket, takeToken, type BucketRule, type TokenBucket } from './token-bucket.ts';

const rules: fc.Arbitrary<BucketRule> = fc.record({
  burst: fc.integer({ min: 1, max: 200 }),
  refill: fc.integer({ min: 1, max: 120 }),
});
/** Ms from each request to the next. */
const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 300 });

/** The times at which a bucket let a request through. */
function admitted(rule: BucketRule, waits: readonly number[]): number[] {
  let bucket: TokenBucket = fullBucket(rule, 0);
  let now = 0;
  return waits.flatMap((wait) => {
    now += wait;
    const next = takeToken(bucket, rule, now);
    bucket = next ?? bucket;
    return next ? [now] : [];
  });
}

describe('a token bucket', () => {
  it('lets no more through in any stretch of time than its burst and what came back in it', () => {
    fc.assert(
      fc.property(rules, gaps, (rule, waits) => {
        const times = admitted(rule, waits);
        for (const [first, from] of times.entries())
          for (const [last, to] of times.entries())
            if (last >= first)
              expect(last - first + 1).toBeLessThanOrEqual(
                rule.burst + ((to - from) / 1000) * rule.refill + 1e-6,
              );
      }),
    );
  });

  it('refuses nothing that comes no faster than it fills, after any burst that it holds', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 100 }), (rule, more) => {
        const waits = [
          ...Array.from({ length: rule.burst }, () => 0),
          ...Array.from({ length: more }, () => Math.ceil(1000 / rule.refill)),
        ];
        expect(admitted(rule, waits)).toHaveLength(waits.length);
      }),
    );
  });

  it('refuses what is more than its burst at once, and has one again once one came back', () => {
    const rule = { burst: 3, refill: 2 };
    expect(admitted(rule, [0, 0, 0, 0, 499, 1, 0])).toEqual([0, 0, 0, 500]);
  });

  it('neither gains nor loses when the clock goes back', () => {
    const rule = { burst: 2, refill: 1 };
    const late = takeToken(fullBucket(rule, 10_000), rule, 10_000)!;
    const early = takeToken(late, rule, 0);
    expect(early).toEqual({ tokens: 0, at: 0 });
  });
});
