// A task definition revision: what to run together. Immutable but for its status.
import type * as ecs from '../../shapes.generated.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

export type ContainerDefinition = ecs.ContainerDefinition;
export type PortMapping = ecs.PortMapping;
export type Volume = ecs.Volume;
export type ProxyConfiguration = ecs.ProxyConfiguration;
export type InferenceAccelerator = ecs.InferenceAccelerator;
type RuntimePlatform = ecs.RuntimePlatform;
type Compatibility = ecs.Compatibility;
export type NetworkMode = 'bridge' | 'host' | 'none' | 'awsvpc';

export interface TaskDefinition extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  /** As ECS returns them, defaults filled in. */
  readonly containerDefinitions: readonly ContainerDefinition[];
  readonly volumes: readonly Volume[];
  readonly placementConstraints: readonly { readonly type: 'memberOf'; readonly expression: string }[];
  readonly networkMode?: NetworkMode | undefined;
  /** CPU units, as a decimal string, e.g. "256". */
  readonly cpu?: string | undefined;
  /** MiB, as a decimal string. */
  readonly memory?: string | undefined;
  readonly pidMode?: 'host' | 'task' | undefined;
  readonly ipcMode?: 'host' | 'task' | 'none' | undefined;
  readonly taskRoleArn?: string | undefined;
  readonly executionRoleArn?: string | undefined;
  readonly runtimePlatform?: RuntimePlatform | undefined;
  readonly proxyConfiguration?: ProxyConfiguration | undefined;
  readonly inferenceAccelerators?: readonly InferenceAccelerator[] | undefined;
  readonly ephemeralStorage?: { readonly sizeInGiB: number } | undefined;
  readonly enableFaultInjection?: boolean | undefined;
  readonly requiresCompatibilities?: readonly Compatibility[] | undefined;
  readonly compatibilities: readonly Compatibility[];
  /** What an instance must carry to run it. */
  readonly requiresAttributes: readonly Attribute[];
  readonly tags: readonly Tag[];
  /** Epoch ms. */
  readonly registeredAt: number;
  readonly registeredBy: string;
  readonly deregisteredAt?: number | undefined;
  readonly deleteRequestedAt?: number | undefined;
}

/** A family and the highest revision number it ever gave out: numbers are never used twice. */
export interface TaskDefinitionFamily extends Scope {
  readonly version: number;
  readonly family: string;
  readonly lastRevision: number;
}
