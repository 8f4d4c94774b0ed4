import type { Presented } from '../../shared/presented.ts';
import type { Bucket as ShownBucket } from '../shapes.generated.ts';
import type { Bucket } from '../state/bucket/bucket.ts';

/** A bucket in a list; its region is told where the list was asked for with a parameter. */
export const presentBucket = (
  { name, createdAt, region }: Bucket,
  withRegion: boolean,
): Presented<ShownBucket> => ({
  Name: name,
  CreationDate: createdAt / 1000,
  BucketRegion: withRegion ? region : undefined,
  // Of directory buckets alone.
  BucketArn: undefined,
});
