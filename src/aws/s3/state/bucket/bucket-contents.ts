// What is known here of what lies in buckets.

export interface BucketContents {
  /** Whether the bucket of that name holds no object, version, delete marker or unfinished upload. */
  isEmpty(bucket: string): Promise<boolean>;
}

/** Those of a server that keeps no objects. */
export const noContents: BucketContents = { isEmpty: () => Promise.resolve(true) };
