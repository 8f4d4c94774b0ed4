// GetBucketLocation: what the bucket was created with to say where; nothing is us-east-1.
import type { S3Operation } from '../../s3.ts';
import type { BucketLocationConstraint } from '../../shapes.generated.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketLocation: S3Operation<'GetBucketLocation'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { locationConstraint, region } = bucketOf(tx, call, input);
    const shown = locationConstraint ?? (region === 'us-east-1' ? undefined : region);
    return { LocationConstraint: shown as BucketLocationConstraint | undefined };
  });
