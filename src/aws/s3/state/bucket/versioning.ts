import type { Bucket } from './bucket.ts';

/** What a bucket does with what is written over: undefined where it never had versions. */
export const versioningOf = ({ versioning }: Bucket): 'Enabled' | 'Suspended' | undefined =>
  versioning?.Status;
