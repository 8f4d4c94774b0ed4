// ListBuckets: the buckets of the account in all regions, by name; in pages where that is asked for.
import { afterToken, pageOf } from '../../../shared/page.ts';
import { invalidArgument } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { presentBucket } from '../../present/bucket.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { canonicalUserId } from '../../state/canonical-user.ts';

const maxBuckets = 10_000;

export const listBuckets: S3Operation<'ListBuckets'> = ({ store }, input, { accountId }) => {
  const { MaxBuckets: max, ContinuationToken: token, Prefix: prefix = '', BucketRegion: region } = input;
  if (max !== undefined && (max < 1 || max > maxBuckets))
    throw invalidArgument(
      `Argument max-buckets must be an integer between 1 and ${maxBuckets}`,
      'max-buckets',
      String(max),
    );
  const isAsked = [max, token, input.Prefix, region].some((one) => one !== undefined);
  return store.view((tx) => {
    const after = afterToken('buckets', token === '' ? undefined : token);
    const rows = Iterator.from(tx.table(buckets).by('account', { accountId }, after)).filter(
      (bucket) => bucket.name.startsWith(prefix) && (region === undefined || bucket.region === region),
    );
    const page = pageOf('buckets', rows, max ?? maxBuckets, buckets.key, (bucket) =>
      presentBucket(bucket, isAsked),
    );
    return {
      Buckets: page.items,
      Owner: { ID: canonicalUserId(accountId) },
      ContinuationToken: page.nextToken,
      Prefix: input.Prefix,
    };
  });
};
