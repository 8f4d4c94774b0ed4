// PutBucketRequestPayment: takes that the owner pays; all else is refused by name.
import { unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketRequestPayment: S3Operation<'PutBucketRequestPayment'> = ({ store }, input, call) => {
  if (input.RequestPaymentConfiguration.Payer !== 'BucketOwner')
    throw unsupported('buckets whose requesters pay');
  return store.view((tx) => {
    bucketToChange(tx, call, input);
    return {};
  });
};
