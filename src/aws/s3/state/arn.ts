// ARNs of buckets and of what is in them: they name no account and no region.
import { partitionOf } from '../../../lib/partition.ts';

/** `region` is that of whoever asks. */
export const bucketArn = (region: string, bucket: string): string =>
  `arn:${partitionOf(region)}:s3:::${bucket}`;

export const objectArn = (region: string, bucket: string, key: string): string =>
  `${bucketArn(region, bucket)}/${key}`;

/** The bucket that an ARN names, or that holds the object that it names; undefined where it is none of S3. */
export const bucketOfArn = (arn: string): string | undefined => /^arn:[a-z-]+:s3:::([^/]+)/.exec(arn)?.[1];
