// PutBucketAccelerateConfiguration: takes that transfers are not accelerated.
import { malformedXml, unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketAccelerateConfiguration: S3Operation<'PutBucketAccelerateConfiguration'> = (
  { store },
  input,
  call,
) => {
  const { Status: accelerate } = input.AccelerateConfiguration;
  if (accelerate === undefined) throw malformedXml('The Status is missing.');
  if (accelerate === 'Enabled') throw unsupported('transfer acceleration');
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, accelerate });
    return {};
  });
};
