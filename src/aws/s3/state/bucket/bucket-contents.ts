// What is known here of what lies in buckets.

import type { Expiry, ListedVersion } from '../lifecycle/expiry.ts';
import type { Bucket } from './bucket.ts';

/** An upload that was begun and neither completed nor aborted. */
export interface StoredUpload {
  readonly key: string;
  readonly uploadId: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

export interface BucketContents {
  /** Whether the bucket of that name holds no object, version, delete marker or unfinished upload. */
  isEmpty(bucket: string): Promise<boolean>;
  /** The versions of each key, the newest first, key by key; what is written meanwhile may be among them or not. */
  keys(bucket: string): AsyncIterable<readonly ListedVersion[]>;
  uploads(bucket: string): AsyncIterable<StoredUpload>;
  /** Lets a version go; nothing happens where it is another by now, or is the current one and was not, or the other way round. */
  expire(bucket: Bucket, expiry: Expiry): Promise<void>;
  abortUpload(bucket: string, upload: StoredUpload): Promise<void>;
}
