// A cluster: the namespace that container instances, services and tasks live in.
import type { CapacityProviderStrategyItem } from '../capacity/capacity-provider.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';

export interface ExecuteCommandConfiguration {
  readonly kmsKeyId?: string | undefined;
  readonly logging: 'NONE' | 'DEFAULT' | 'OVERRIDE';
  /** There exactly when `logging` is OVERRIDE. */
  readonly logConfiguration?:
    | {
        readonly cloudWatchLogGroupName?: string | undefined;
        readonly cloudWatchEncryptionEnabled: boolean;
        readonly s3BucketName?: string | undefined;
        readonly s3EncryptionEnabled: boolean;
        readonly s3KeyPrefix?: string | undefined;
      }
    | undefined;
}

export interface ManagedStorageConfiguration {
  readonly kmsKeyId?: string | undefined;
  readonly fargateEphemeralStorageKmsKeyId?: string | undefined;
}

export interface ClusterConfiguration {
  readonly executeCommandConfiguration?: ExecuteCommandConfiguration | undefined;
  readonly managedStorageConfiguration?: ManagedStorageConfiguration | undefined;
}

/** What ECS sets up beside a cluster for its capacity providers and for Service Connect. */
export type ClusterAttachment =
  | {
      readonly id: string;
      readonly type: 'as_policy';
      readonly capacityProvider: string;
      readonly scalingPolicyName: string;
    }
  | { readonly id: string; readonly type: 'managed_draining'; readonly capacityProvider: string }
  | { readonly id: string; readonly type: 'sc' };

export interface Cluster extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly settings: readonly { readonly name: 'containerInsights'; readonly value: string }[];
  readonly configuration?: ClusterConfiguration | undefined;
  /** The namespace's ARN. */
  readonly serviceConnectDefaults?: { readonly namespace: string } | undefined;
  /** Short names, in the order they were given. */
  readonly capacityProviders?: readonly string[] | undefined;
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  /** Absent until the cluster first had one. */
  readonly attachments?: readonly ClusterAttachment[] | undefined;
  readonly tags: readonly Tag[];
}
