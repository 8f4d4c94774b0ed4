import { bucketDeletions, buckets } from './bucket/buckets.ts';

/** Every table of S3. */
export const s3Tables = [buckets, bucketDeletions] as const;
