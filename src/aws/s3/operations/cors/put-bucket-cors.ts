// PutBucketCors: which pages of other origins may use the bucket.
import { checkCors } from './check-cors.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketCors: S3Operation<'PutBucketCors'> = ({ store }, input, call) => {
  const { CORSRules: cors } = input.CORSConfiguration;
  checkCors(cors);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, cors });
    return {};
  });
};
