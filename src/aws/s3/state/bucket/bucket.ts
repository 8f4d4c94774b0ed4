// A bucket as it is stored. Its name is nobody else's, in whatever account and region; what is in it lies elsewhere.
import type { Row } from '../../../../store/table.ts';
import type { Tag } from '../../../shared/tag.ts';
import type {
  BucketAccelerateStatus,
  CORSRule,
  Grant,
  LifecycleRule,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
  TransitionDefaultMinimumObjectSize,
  VersioningConfiguration,
} from '../../shapes.generated.ts';

/** What it was given as a document is kept as one, in the words of the API. */
export interface Bucket extends Row {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** What CreateBucket was given to say where, `EU` among it; undefined where it was given nothing. */
  readonly locationConstraint?: string | undefined;
  /** Undefined where its ownership controls were deleted, and objects are their writers'. */
  readonly objectOwnership?: ObjectOwnership | undefined;
  readonly tags: readonly Tag[];
  /** Undefined where it was deleted. */
  readonly publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
  /** Its policy, as it was given. */
  readonly policy?: string | undefined;
  /** Undefined where it never had versions. */
  readonly versioning?: VersioningConfiguration | undefined;
  /** Undefined where it is S3's own, AES256. */
  readonly encryption?: ServerSideEncryptionRule | undefined;
  readonly lifecycle?: BucketLifecycle | undefined;
  /** Undefined where its owner has full control, and nobody else any. */
  readonly grants?: readonly Grant[] | undefined;
  readonly cors?: readonly CORSRule[] | undefined;
  readonly accelerate?: BucketAccelerateStatus | undefined;
}

export interface BucketLifecycle {
  /** Each has an id. */
  readonly rules: readonly LifecycleRule[];
  readonly transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize;
}
