// PutBucketLogging: takes that nothing is logged; all else is refused by name.
import { unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketLogging: S3Operation<'PutBucketLogging'> = ({ store }, input, call) => {
  if (input.BucketLoggingStatus.LoggingEnabled !== undefined) throw unsupported('server access logging');
  return store.view((tx) => {
    bucketToChange(tx, call, input);
    return {};
  });
};
