// PutBucketNotificationConfiguration: takes that nobody is told; all else is refused by name.
import { unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketNotificationConfiguration: S3Operation<'PutBucketNotificationConfiguration'> = (
  { store },
  input,
  call,
) => {
  if (Object.values(input.NotificationConfiguration).some(isSomething))
    throw unsupported('event notifications of buckets');
  return store.view((tx) => {
    bucketToChange(tx, call, input);
    return {};
  });
};

/** EventBridge is asked for by an element without content. */
const isSomething = (configuration: unknown): boolean =>
  Array.isArray(configuration) ? configuration.length > 0 : configuration !== undefined;
