import { indexOn } from '../../../../store/index-on.ts';
import { defineTable, type Row } from '../../../../store/table.ts';
import type { Bucket } from './bucket.ts';

const on = indexOn<Bucket>();

export const buckets = defineTable<Bucket>()({
  name: 's3-buckets',
  durable: true,
  key: (bucket) => bucket.name,
  indexes: { account: on('accountId') },
  tallies: {},
});

/** A bucket that is being deleted: it is looked into once more, and nothing comes into it meanwhile. */
interface BucketDeletion extends Row {
  readonly name: string;
}

/** Of this process only: what a crash interrupted has not begun. */
export const bucketDeletions = defineTable<BucketDeletion>()({
  name: 's3-bucket-deletions',
  durable: false,
  key: (deletion) => deletion.name,
  indexes: {},
  tallies: {},
});
