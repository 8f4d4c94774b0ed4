// The bucket that an operation names.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Caller } from '../../../../wire/caller.ts';
import { accessDenied, noSuchBucket, operationAborted, wrongRegion } from '../../errors.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import { bucketDeletions, buckets } from '../../state/bucket/buckets.ts';

/** How the input of an operation names its bucket. */
export interface BucketInput {
  readonly Bucket: string;
  /** The account that the caller takes for its owner. */
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket, to read. Throws NoSuchBucket, AuthorizationHeaderMalformed for one of another region than the request was signed for, and
 * AccessDenied where its owner is not the one that was expected.
 */
export function bucketOf(tx: ReadTransaction, call: Caller, input: BucketInput): Bucket {
  const bucket = tx.table(buckets).get(input.Bucket);
  if (bucket === undefined) throw noSuchBucket(input.Bucket);
  if (call.isAnonymous !== true && bucket.region !== call.region)
    throw wrongRegion(call.region, bucket.region);
  const { ExpectedBucketOwner: expected } = input;
  if (expected !== undefined && expected !== bucket.accountId) throw accessDenied();
  if (call.isAnonymous !== true && call.accountId !== bucket.accountId) throw accessDenied();
  return bucket;
}

/** The bucket, to change it or what is in it: as `bucketOf`, and OperationAborted while it is being deleted. */
export function bucketToChange(tx: ReadTransaction, call: Caller, input: BucketInput): Bucket {
  const bucket = bucketOf(tx, call, input);
  if (tx.table(bucketDeletions).get(bucket.name) !== undefined) throw operationAborted();
  return bucket;
}
