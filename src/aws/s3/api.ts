// The API of Amazon S3: its operations, access and errors, for the wire.
import { waitingOperationsOf, type Api, type Operation, type WaitingOperationTable } from '../../wire/api.ts';
import { operationNames } from '../../wire/model.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { s3Access } from './access.ts';
import { s3CrossOrigin } from './cross-origin.ts';
import { invalidArgument, unsupported } from './errors.ts';
import { invalidInput } from './invalid-input.ts';
import { asAvailability } from './operations/object/write-outcome.ts';
import type { S3 } from './s3.ts';
import { s3Model, type S3Operations } from './shapes.generated.ts';
import { createBucket } from './operations/bucket/create-bucket.ts';
import { deleteBucket } from './operations/bucket/delete-bucket.ts';
import { getBucketLocation } from './operations/bucket/get-bucket-location.ts';
import { headBucket } from './operations/bucket/head-bucket.ts';
import { listBuckets } from './operations/bucket/list-buckets.ts';
import { getBucketAcl } from './operations/acl/get-bucket-acl.ts';
import { putBucketAcl } from './operations/acl/put-bucket-acl.ts';
import { deleteBucketCors } from './operations/cors/delete-bucket-cors.ts';
import { getBucketCors } from './operations/cors/get-bucket-cors.ts';
import { putBucketCors } from './operations/cors/put-bucket-cors.ts';
import { deleteBucketEncryption } from './operations/encryption/delete-bucket-encryption.ts';
import { getBucketEncryption } from './operations/encryption/get-bucket-encryption.ts';
import { putBucketEncryption } from './operations/encryption/put-bucket-encryption.ts';
import { deleteBucketReplication } from './operations/feature/delete-bucket-replication.ts';
import { deleteBucketWebsite } from './operations/feature/delete-bucket-website.ts';
import { getBucketAccelerateConfiguration } from './operations/feature/get-bucket-accelerate-configuration.ts';
import { getBucketLogging } from './operations/feature/get-bucket-logging.ts';
import { getBucketNotificationConfiguration } from './operations/feature/get-bucket-notification-configuration.ts';
import { getBucketReplication } from './operations/feature/get-bucket-replication.ts';
import { getBucketRequestPayment } from './operations/feature/get-bucket-request-payment.ts';
import { getBucketWebsite } from './operations/feature/get-bucket-website.ts';
import { getObjectLockConfiguration } from './operations/feature/get-object-lock-configuration.ts';
import { listBucketAnalyticsConfigurations } from './operations/feature/list-bucket-analytics-configurations.ts';
import { listBucketIntelligentTieringConfigurations } from './operations/feature/list-bucket-intelligent-tiering-configurations.ts';
import { listBucketInventoryConfigurations } from './operations/feature/list-bucket-inventory-configurations.ts';
import { listBucketMetricsConfigurations } from './operations/feature/list-bucket-metrics-configurations.ts';
import { putBucketAccelerateConfiguration } from './operations/feature/put-bucket-accelerate-configuration.ts';
import { putBucketLogging } from './operations/feature/put-bucket-logging.ts';
import { putBucketNotificationConfiguration } from './operations/feature/put-bucket-notification-configuration.ts';
import { putBucketRequestPayment } from './operations/feature/put-bucket-request-payment.ts';
import { deleteBucketLifecycle } from './operations/lifecycle/delete-bucket-lifecycle.ts';
import { getBucketLifecycleConfiguration } from './operations/lifecycle/get-bucket-lifecycle-configuration.ts';
import { putBucketLifecycleConfiguration } from './operations/lifecycle/put-bucket-lifecycle-configuration.ts';
import { deleteBucketOwnershipControls } from './operations/ownership/delete-bucket-ownership-controls.ts';
import { getBucketOwnershipControls } from './operations/ownership/get-bucket-ownership-controls.ts';
import { putBucketOwnershipControls } from './operations/ownership/put-bucket-ownership-controls.ts';
import { deleteBucketPolicy } from './operations/policy/delete-bucket-policy.ts';
import { getBucketPolicyStatus } from './operations/policy/get-bucket-policy-status.ts';
import { getBucketPolicy } from './operations/policy/get-bucket-policy.ts';
import { putBucketPolicy } from './operations/policy/put-bucket-policy.ts';
import { deletePublicAccessBlock } from './operations/public-access/delete-public-access-block.ts';
import { getPublicAccessBlock } from './operations/public-access/get-public-access-block.ts';
import { putPublicAccessBlock } from './operations/public-access/put-public-access-block.ts';
import { deleteBucketTagging } from './operations/tag/delete-bucket-tagging.ts';
import { getBucketTagging } from './operations/tag/get-bucket-tagging.ts';
import { putBucketTagging } from './operations/tag/put-bucket-tagging.ts';
import { getBucketVersioning } from './operations/versioning/get-bucket-versioning.ts';
import { putBucketVersioning } from './operations/versioning/put-bucket-versioning.ts';
import { abortMultipartUpload } from './operations/upload/abort-multipart-upload.ts';
import { completeMultipartUpload } from './operations/upload/complete-multipart-upload.ts';
import { copyObject } from './operations/object/copy-object.ts';
import { createMultipartUpload } from './operations/upload/create-multipart-upload.ts';
import { deleteObject } from './operations/object/delete-object.ts';
import { deleteObjectTagging } from './operations/tag/delete-object-tagging.ts';
import { deleteObjects } from './operations/object/delete-objects.ts';
import { getObject } from './operations/object/get-object.ts';
import { getObjectAcl } from './operations/acl/get-object-acl.ts';
import { getObjectAttributes } from './operations/object/get-object-attributes.ts';
import { getObjectTagging } from './operations/tag/get-object-tagging.ts';
import { headObject } from './operations/object/head-object.ts';
import { listMultipartUploads } from './operations/upload/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/list/list-object-versions.ts';
import { listObjects } from './operations/list/list-objects.ts';
import { listObjectsV2 } from './operations/list/list-objects-v2.ts';
import { listParts } from './operations/upload/list-parts.ts';
import { putObject } from './operations/object/put-object.ts';
import { putObjectAcl } from './operations/acl/put-object-acl.ts';
import { putObjectTagging } from './operations/tag/put-object-tagging.ts';
import { uploadPart } from './operations/upload/upload-part.ts';
import { uploadPartCopy } from './operations/upload/upload-part-copy.ts';

/** A row for each operation of the model. */
const table: WaitingOperationTable<S3Operations, S3> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: deleteBucketCors,
  DeleteBucketEncryption: deleteBucketEncryption,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketReplication: deleteBucketReplication,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteBucketWebsite: deleteBucketWebsite,
  DeleteObject: deleteObject,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketAccelerateConfiguration: getBucketAccelerateConfiguration,
  GetBucketAcl: getBucketAcl,
  GetBucketCors: getBucketCors,
  GetBucketEncryption: getBucketEncryption,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: getBucketLogging,
  GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketReplication: getBucketReplication,
  GetBucketRequestPayment: getBucketRequestPayment,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: getBucketWebsite,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBucketAnalyticsConfigurations: listBucketAnalyticsConfigurations,
  ListBucketIntelligentTieringConfigurations: listBucketIntelligentTieringConfigurations,
  ListBucketInventoryConfigurations: listBucketInventoryConfigurations,
  ListBucketMetricsConfigurations: listBucketMetricsConfigurations,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketAccelerateConfiguration: putBucketAccelerateConfiguration,
  PutBucketAcl: putBucketAcl,
  PutBucketCors: putBucketCors,
  PutBucketEncryption: putBucketEncryption,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketLogging: putBucketLogging,
  PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  PutBucketPolicy: putBucketPolicy,
  PutBucketRequestPayment: putBucketRequestPayment,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  PutObjectAcl: putObjectAcl,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: putPublicAccessBlock,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
};

/** A thousand keys of a kilobyte, and ten thousand parts with their checksums, as XML in which characters may be written with six. */
const longLists = { bodyBytes: 4 * 1024 * 1024, inputLength: 4 * 1024 * 1024 };

const limits: NonNullable<Api['limits']> = {
  // A lifecycle configuration of a thousand rules, each with tags, is longest; a policy is one text.
  ...limitsOf(
    operationNames(s3Model).filter((name) => /^Put(Bucket|Public)/.test(name)),
    { textLength: 65_536, inputLength: 1024 * 1024 },
  ),
  DeleteObjects: longLists,
  CompleteMultipartUpload: longLists,
};

/** Lists of objects go on behind a key that their token names; this one alone has a token that is sealed. */
const sealed = ['ListBuckets'] as const;

const tokens = {
  input: 'ContinuationToken',
  output: 'ContinuationToken',
  invalid: () => invalidArgument('The continuation token provided is incorrect', 'continuation-token'),
};

const tellingAvailability = (operation: Operation): Operation => {
  return async (input, call) => {
    try {
      return await operation(input, call);
    } catch (error) {
      throw asAvailability(error);
    }
  };
};

/** The API over `s3`. */
export function s3Api(s3: S3): Api {
  const operations = waitingOperationsOf(table, s3);
  const paged = Object.fromEntries(sealed.map((name) => [name, operations[name]!]));
  return {
    model: s3Model,
    operations: Object.fromEntries(
      Object.entries({ ...operations, ...sealedPages(s3.pageSeal, tokens, paged) }).map(([name, run]) => [
        name,
        tellingAvailability(run),
      ]),
    ),
    access: s3Access(s3.store, operationNames(s3Model)),
    limits,
    crossOrigin: s3CrossOrigin(s3.store),
    invalid: invalidInput,
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
