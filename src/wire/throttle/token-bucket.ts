// A token bucket as a value: how many requests may still come at once, and how fast that grows again. Pure.

export interface BucketRule {
  /** Tokens in a full bucket: the requests that may come at once. */
  readonly burst: number;
  /** Tokens a second that come back, up to `burst`. */
  readonly refill: number;
}

export interface TokenBucket {
  /** Not always whole. */
  readonly tokens: number;
  /** Epoch ms at which `tokens` was right. */
  readonly at: number;
}

export const fullBucket = (rule: BucketRule, now: number): TokenBucket => ({ tokens: rule.burst, at: now });

/** The bucket at `now` (epoch ms); a clock that goes back gives nothing and takes nothing. */
export function refilled(bucket: TokenBucket, rule: BucketRule, now: number): TokenBucket {
  const seconds = Math.max(0, now - bucket.at) / 1000;
  return { tokens: Math.min(rule.burst, bucket.tokens + seconds * rule.refill), at: now };
}

/** The bucket after one request at `now`, or undefined when that is one too many. */
export function takeToken(bucket: TokenBucket, rule: BucketRule, now: number): TokenBucket | undefined {
  const { tokens, at } = refilled(bucket, rule, now);
  return tokens < 1 ? undefined : { tokens: tokens - 1, at };
}
