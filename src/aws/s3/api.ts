// The API of Amazon S3: its operations, access and errors, for the wire.
import { waitingOperationsOf, type Api, type WaitingOperationTable } from '../../wire/api.ts';
import { operationNames } from '../../wire/model.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { s3Access } from './access.ts';
import { invalidArgument, unsupported } from './errors.ts';
import { invalidInput } from './invalid-input.ts';
import type { S3 } from './s3.ts';
import { s3Model, type S3Operations } from './shapes.generated.ts';
import { createBucket } from './operations/bucket/create-bucket.ts';
import { deleteBucket } from './operations/bucket/delete-bucket.ts';
import { getBucketLocation } from './operations/bucket/get-bucket-location.ts';
import { headBucket } from './operations/bucket/head-bucket.ts';
import { listBuckets } from './operations/bucket/list-buckets.ts';

/** A row for each operation of the model. */
const table: WaitingOperationTable<S3Operations, S3> = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  HeadBucket: headBucket,
  ListBuckets: listBuckets,
};

/** Lists of objects go on behind a key that their token names; this one alone has a token that is sealed. */
const sealed = ['ListBuckets'] as const;

const tokens = {
  input: 'ContinuationToken',
  output: 'ContinuationToken',
  invalid: () => invalidArgument('The continuation token provided is incorrect', 'continuation-token'),
};

/** The API over `s3`. */
export function s3Api(s3: S3): Api {
  const operations = waitingOperationsOf(table, s3);
  const paged = Object.fromEntries(sealed.map((name) => [name, operations[name]!]));
  return {
    model: s3Model,
    operations: { ...operations, ...sealedPages(s3.pageSeal, tokens, paged) },
    access: s3Access(s3.store, operationNames(s3Model)),
    invalid: invalidInput,
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
