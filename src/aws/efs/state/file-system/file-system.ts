// A file system: a directory of the server, and what is on record of it.
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type {
  LifecyclePolicy,
  PerformanceMode,
  ReplicationOverwriteProtection,
  ThroughputMode,
} from '../../shapes.generated.ts';

export interface FileSystem extends Scope {
  readonly version: number;
  /** `fs-` and 17 hex digits: also the name of its directory. */
  readonly id: string;
  readonly arn: string;
  readonly creationToken: string;
  /** `creating` until its directory is there, `deleting` until it is gone. */
  readonly state: 'creating' | 'available' | 'deleting';
  readonly encrypted: boolean;
  /** The key's ARN, on record. */
  readonly kmsKeyArn?: string | undefined;
  readonly performanceMode: PerformanceMode;
  readonly throughputMode: ThroughputMode;
  readonly provisionedThroughput?: number | undefined;
  /** Of a One Zone file system. */
  readonly availabilityZoneName?: string | undefined;
  readonly lifecyclePolicies: readonly LifecyclePolicy[];
  /** JSON as it was given. */
  readonly policy?: string | undefined;
  readonly isBackedUp: boolean;
  readonly overwriteProtection: ReplicationOverwriteProtection;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}
