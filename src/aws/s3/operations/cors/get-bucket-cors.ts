// GetBucketCors: the rules for browsers, as they were given.
import { noSuchCors } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketCors: S3Operation<'GetBucketCors'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { cors } = bucketOf(tx, call, input);
    if (cors === undefined) throw noSuchCors(input.Bucket);
    return { CORSRules: cors };
  });
