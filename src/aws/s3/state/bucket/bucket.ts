// A bucket as it is stored. Its name is nobody else's, in whatever account and region; what is in it lies elsewhere.
import type { Row } from '../../../../store/table.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { ObjectOwnership } from '../../shapes.generated.ts';

export interface Bucket extends Row {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** What CreateBucket was given to say where, `EU` among it; undefined where it was given nothing. */
  readonly locationConstraint?: string | undefined;
  /** Undefined where its ownership controls were deleted. */
  readonly objectOwnership?: ObjectOwnership | undefined;
  readonly tags: readonly Tag[];
  /** Its policy, as it was given. */
  readonly policy?: string | undefined;
}
