// CreateBucket: a name that nobody else has, in a region. Access is closed as S3 closes it by default.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import {
  bucketAlreadyExists,
  bucketAlreadyOwnedByYou,
  illegalLocation,
  invalidBucketName,
  tooManyBuckets,
  unsupported,
} from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { s3Model, type CreateBucketRequest } from '../../shapes.generated.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import { isBucketName } from '../../state/bucket/bucket-name.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { tagsOf } from '../tag/tag-set.ts';
import { checkAclOfNew } from './acl-of-new.ts';

/** What a new bucket has. */
const allBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const maxBuckets = 10_000;
const defaultRegion = 'us-east-1';

export const createBucket: S3Operation<'CreateBucket'> = ({ store }, input, call) => {
  const { Bucket: name, CreateBucketConfiguration: configuration = {} } = input;
  refuseUnsupported(input);
  if (!isBucketName(name)) throw invalidBucketName(name);
  const region = regionOf(configuration.LocationConstraint, call.region);
  const objectOwnership = input.ObjectOwnership ?? 'BucketOwnerEnforced';
  checkAclOfNew(input, objectOwnership);
  return store.update((tx) => {
    const known = tx.table(buckets).get(name);
    if (known === undefined) {
      refuseTooMany(tx, call);
      tx.table(buckets).put({
        name,
        accountId: call.accountId,
        region,
        createdAt: call.now,
        locationConstraint: configuration.LocationConstraint,
        objectOwnership,
        tags: tagsOf(configuration.Tags ?? []),
        publicAccessBlock: allBlocked,
      });
    } else refuseKnown(known, region, call);
    return { Location: region === defaultRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/` };
  });
};

function refuseUnsupported({
  ObjectLockEnabledForBucket: hasLock,
  BucketNamespace: namespace,
  CreateBucketConfiguration: { Location: location, Bucket: directory } = {},
}: CreateBucketRequest): void {
  if (hasLock === true) throw unsupported('S3 Object Lock (x-amz-bucket-object-lock-enabled)');
  if (namespace === 'account-regional') throw unsupported('buckets of an account-regional namespace');
  if (location !== undefined || directory !== undefined) throw unsupported('directory buckets');
}

/** Where the bucket is to be: where the request was sent to, which for us-east-1 may name any other region. */
function regionOf(constraint: string | undefined, called: string): string {
  if (constraint === undefined) {
    if (called !== defaultRegion && isConstraint(called)) throw illegalLocation(constraint);
    return called;
  }
  const region = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region !== called && called !== defaultRegion) throw illegalLocation(constraint);
  return region;
}

/** A region of which clients can say that a bucket is to be there: those that AWS does not have cannot be told. */
function isConstraint(region: string): boolean {
  const shape = s3Model.shapes['BucketLocationConstraint'];
  return typeof shape === 'object' && shape.kind === 'enum' && shape.values.includes(region);
}

function refuseTooMany(tx: WriteTransaction, { accountId }: Call): void {
  if (tx.table(buckets).count('account', { accountId }) >= maxBuckets) throw tooManyBuckets();
}

/** In us-east-1 alone an owner may create its bucket again, and nothing changes. */
function refuseKnown({ name, accountId, region }: Bucket, wanted: string, call: Call): void {
  if (accountId !== call.accountId) throw bucketAlreadyExists(name);
  if (region !== defaultRegion || wanted !== defaultRegion) throw bucketAlreadyOwnedByYou(name);
}
