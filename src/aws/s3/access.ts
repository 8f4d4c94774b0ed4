// What the caller of each S3 operation must be allowed to do it to: buckets and objects by their ARNs, with the policy of the bucket.
import type { Store } from '../../store/store.ts';
import type { FurtherAction, OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import { ApiError } from '../../wire/errors.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { noSuchBucket } from './errors.ts';
import { bucketArn, bucketOfArn, objectArn } from './state/arn.ts';
import { buckets } from './state/bucket/buckets.ts';
import { copySourceName } from './state/object/copy-source-name.ts';
import { maxDeletions } from './state/object/max-deletions.ts';

/** Operations that are not called as their action is, as the service authorization reference has them. */
const actions: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteBucketAnalyticsConfiguration: 'PutAnalyticsConfiguration',
  DeleteBucketCors: 'PutBucketCORS',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketIntelligentTieringConfiguration: 'PutIntelligentTieringConfiguration',
  DeleteBucketInventoryConfiguration: 'PutInventoryConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteBucketMetricsConfiguration: 'PutMetricsConfiguration',
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketTagging: 'PutBucketTagging',
  DeleteObjects: 'DeleteObject',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketAnalyticsConfiguration: 'GetAnalyticsConfiguration',
  GetBucketCors: 'GetBucketCORS',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketIntelligentTieringConfiguration: 'GetIntelligentTieringConfiguration',
  GetBucketInventoryConfiguration: 'GetInventoryConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketMetricsConfiguration: 'GetMetricsConfiguration',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBucketAnalyticsConfigurations: 'GetAnalyticsConfiguration',
  ListBucketIntelligentTieringConfigurations: 'GetIntelligentTieringConfiguration',
  ListBucketInventoryConfigurations: 'GetInventoryConfiguration',
  ListBucketMetricsConfigurations: 'GetMetricsConfiguration',
  ListBuckets: 'ListAllMyBuckets',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjectVersions: 'ListBucketVersions',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListParts: 'ListMultipartUploadParts',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  PutBucketAnalyticsConfiguration: 'PutAnalyticsConfiguration',
  PutBucketCors: 'PutBucketCORS',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketIntelligentTieringConfiguration: 'PutIntelligentTieringConfiguration',
  PutBucketInventoryConfiguration: 'PutInventoryConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutBucketMetricsConfiguration: 'PutMetricsConfiguration',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  PutBucketReplication: 'PutReplicationConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
};

/** Actions that are others on a version: `GetObjectVersion`. */
const ofVersions: Readonly<Record<string, string>> = {
  DeleteObject: 'DeleteObjectVersion',
  DeleteObjectTagging: 'DeleteObjectVersionTagging',
  GetObject: 'GetObjectVersion',
  GetObjectAcl: 'GetObjectVersionAcl',
  GetObjectAttributes: 'GetObjectVersionAttributes',
  GetObjectTagging: 'GetObjectVersionTagging',
  PutObjectAcl: 'PutObjectVersionAcl',
  PutObjectTagging: 'PutObjectVersionTagging',
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function actionOf(operation: string, input: Members): string {
  const action = actions[operation] ?? operation;
  return input['VersionId'] === undefined ? action : (ofVersions[action] ?? action);
}

function resourcesOf(input: Members, { region }: Caller): readonly string[] {
  const bucket = textOf(input['Bucket']);
  if (bucket === undefined) return ['*'];
  const key = textOf(input['Key']);
  return [key === undefined ? bucketArn(region, bucket) : objectArn(region, bucket, key)];
}

interface ObjectName {
  readonly Key?: string;
  readonly VersionId?: string;
}

const objectsToDelete = (input: Members): readonly ObjectName[] =>
  (input['Delete'] as { readonly Objects?: readonly ObjectName[] } | undefined)?.Objects ?? [];

/** Each is decided as if it was deleted by itself. Of lists that are too long nobody asks: they are refused as they are. */
function deletionsOf({ Delete: _, ...rest }: Members, objects: readonly ObjectName[]): Members[] {
  if (objects.length > maxDeletions) return [];
  return objects.map(({ Key, VersionId }) => ({ ...rest, Key, VersionId }));
}

const member =
  (...names: readonly string[]) =>
  (input: Members): readonly string[] =>
    names.flatMap((name) => {
      const value = input[name];
      return value === undefined || value === null
        ? []
        : [value instanceof Object ? '' : `${value as string}`];
    });

/** The condition keys of S3 that a request shows. */
const conditions: OperationAccess['conditions'] = {
  's3:LocationConstraint': ({ CreateBucketConfiguration: configuration }) =>
    member('LocationConstraint')((configuration ?? {}) as Members),
  's3:VersionId': member('VersionId'),
  's3:delimiter': member('Delimiter'),
  's3:max-keys': member('MaxKeys'),
  's3:prefix': member('Prefix'),
  's3:x-amz-acl': member('ACL'),
  's3:x-amz-copy-source': member('CopySource'),
  's3:x-amz-grant-full-control': member('GrantFullControl'),
  's3:x-amz-grant-read': member('GrantRead'),
  's3:x-amz-grant-read-acp': member('GrantReadACP'),
  's3:x-amz-grant-write': member('GrantWrite'),
  's3:x-amz-grant-write-acp': member('GrantWriteACP'),
  's3:x-amz-metadata-directive': member('MetadataDirective'),
  's3:x-amz-object-ownership': member('ObjectOwnership'),
  's3:x-amz-server-side-encryption': member('ServerSideEncryption'),
  's3:x-amz-server-side-encryption-aws-kms-key-id': member('SSEKMSKeyId'),
  's3:x-amz-server-side-encryption-customer-algorithm': member('SSECustomerAlgorithm'),
  's3:x-amz-storage-class': member('StorageClass'),
};

/** The tags that a request gives to a bucket. */
function requestTags(input: Members): Tags {
  const { CreateBucketConfiguration: made, Tagging: tagging } = input as {
    readonly CreateBucketConfiguration?: { readonly Tags?: readonly ShownTag[] };
    readonly Tagging?: { readonly TagSet?: readonly ShownTag[] } | string;
  };
  const set = typeof tagging === 'object' ? tagging.TagSet : undefined;
  return Object.fromEntries((set ?? made?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

interface ShownTag {
  readonly Key: string;
  readonly Value: string;
}

/** What an operation does beside its own action: what is copied is read, and tags and lists of grants are written. */
function furtherActions(store: Store, input: Members, caller: Caller): FurtherAction[] {
  return actionsBeside(input, caller).map((further) => ({
    ...further,
    resourcePolicy: policyOf(store, further.resources[0]!, caller),
    eitherMayAllow: true,
  }));
}

function actionsBeside(input: Members, caller: Caller): FurtherAction[] {
  const resources = resourcesOf(input, caller);
  const { CopySource: source, Key: key } = input;
  return [
    ...(typeof source === 'string' ? readingSource(source, caller) : []),
    ...(typeof input['Tagging'] === 'string' && key !== undefined
      ? [{ action: 's3:PutObjectTagging', resources }]
      : []),
  ];
}

/** None where the source names nothing: the operation refuses it. */
function readingSource(source: string, { region }: Caller): FurtherAction[] {
  const name = copySourceName(source);
  if (name === undefined) return [];
  return [
    {
      action: name.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
      resources: [objectArn(region, name.Bucket, name.Key)],
    },
  ];
}

/** By operation, what `wire` asks before it runs. */
export function s3Access(store: Store, operations: readonly string[]): Record<string, OperationAccess> {
  const common: OperationAccess = {
    conditions,
    requestTags,
    furtherActions: (input, caller) => furtherActions(store, input, caller),
    resources: resourcesOf,
    resourcePolicy: (arn, caller) => policyOf(store, arn, caller),
  };
  return Object.fromEntries(
    operations.map((name) => [
      name,
      {
        ...common,
        action: (input: Members) => actionOf(name, input),
        ...(name === 'DeleteObjects' && {
          parts: (input: Members) => deletionsOf(input, objectsToDelete(input)),
        }),
        ...(name !== 'CreateBucket' && {
          refusedAs: (refused: ApiError, input: Members) => refusedAs(store, refused, name, input),
        }),
      },
    ]),
  );
}

/** S3 tells everybody that there is no such bucket, and whoever may not see a bucket still where it is. */
function refusedAs(store: Store, refused: ApiError, operation: string, input: Members): ApiError {
  const name = textOf(input['Bucket']);
  if (name === undefined) return refused;
  const bucket = store.view((tx) => tx.table(buckets).get(name));
  if (bucket === undefined) return noSuchBucket(name);
  if (operation !== 'HeadBucket') return refused;
  return new ApiError(refused.code, refused.message, refused.status, { Region: bucket.region });
}

/** The policy of the bucket that an ARN names, or in which what it names lies. */
function policyOf(store: Store, arn: string, caller: Caller): string | undefined {
  const name = bucketOfArn(arn);
  const bucket = name === undefined ? undefined : store.view((tx) => tx.table(buckets).get(name));
  if (bucket?.policy === undefined) return undefined;
  // A policy that lets in everybody then lets in those of the account alone.
  const isRestricted =
    caller.isAnonymous === true && bucket.publicAccessBlock?.RestrictPublicBuckets === true;
  return isRestricted ? undefined : bucket.policy;
}
