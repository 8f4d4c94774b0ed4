// What every S3 operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { WaitingOperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { S3Operations } from './shapes.generated.ts';
import type { BucketContents } from './state/bucket/bucket-contents.ts';
import type { Objects } from './state/objects.ts';

export interface S3 {
  readonly store: Store;
  readonly random: Random;
  readonly pageSeal: PageSeal;
  readonly contents: BucketContents;
  /** What lies in buckets. */
  readonly objects: Objects;
}

/** One operation of the model. What is written of a bucket is one transaction; what lies in it is not in the store. */
export type S3Operation<Name extends keyof S3Operations> = WaitingOperationOf<S3Operations, S3, Name>;
