// A container instance: a host with an agent, registered into a cluster.
import type * as ecs from '../../shapes.generated.ts';
import type { Resources } from '../../../../agent-protocol/resources.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

export interface VersionInfo {
  readonly agentVersion?: string | undefined;
  readonly agentHash?: string | undefined;
  readonly dockerVersion?: string | undefined;
}

/** Whether `id` is one that was given to an instance outside of EC2. */
export const isManagedInstanceId = (id: string): boolean => id.startsWith('mi-');

/** A resource that nothing is taken of, as it was registered. */
export type OtherResource = ecs.Resource;
export type AgentUpdateStatus = ecs.AgentUpdateStatus;

/** A version of the agent that the operator offers. */
export interface AgentRelease {
  readonly version: string;
  /** Where the agent fetches it. */
  readonly location: string;
  /** SHA-256 of what lies there, 64 hex digits. */
  readonly signature: string;
}

/** An update of the agent in progress. */
export interface AgentUpdate extends AgentRelease {
  readonly id: string;
  /** Epoch ms when `agentUpdateStatus` became what it is. */
  readonly since: number;
  /** Whether the agent acknowledged that it is to perform it: it is not told again. */
  readonly isPerforming?: boolean | undefined;
}

/** Where its agent is, as the agent's link told last: for people, who look for the machine. */
export interface InstanceHost {
  /** The machine's own name; the agents of others do not tell it. */
  readonly name?: string | undefined;
  /** The address that the link came from: the machine's own where nothing between them translates addresses. */
  readonly address?: string | undefined;
}

export interface ContainerInstance extends Scope {
  readonly version: number;
  readonly arn: string;
  /** 32 hex digits. */
  readonly id: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** On EC2 the instance's; elsewhere a managed instance's, `mi-` and 17 hex digits, as ECS gives external instances. Absent of those that registered before Longshore gave any. */
  readonly ec2InstanceId?: string | undefined;
  /** Absent until its agent has connected once. */
  readonly host?: InstanceHost | undefined;
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  /** What the agent registered; its `ports` are the reserved ones. What is left follows from the tasks. */
  readonly registeredResources: Resources;
  /** Ids of its GPUs; absent where it has none. */
  readonly gpuIds?: readonly string[] | undefined;
  readonly otherResources?: readonly OtherResource[] | undefined;
  /** The user's own and the agent's: `instance-attributes.ts` tells them apart. No name twice. */
  readonly attributes: readonly Attribute[];
  readonly versionInfo: VersionInfo;
  /** Of the latest update of the agent; absent when there never was one. */
  readonly agentUpdateStatus?: AgentUpdateStatus | undefined;
  /** Absent when none is in progress. */
  readonly agentUpdate?: AgentUpdate | undefined;
  readonly tags: readonly Tag[];
  /** Epoch ms. */
  readonly registeredAt: number;
  /** The id of the access key that made it: an agent's key speaks only for such instances. Absent of those from before there were agents' keys. */
  readonly registeredBy?: string | undefined;
  /** Epoch ms; set when status became INACTIVE. */
  readonly deregisteredAt?: number | undefined;
  /** Epoch ms; set when its group was told to go without it. It is DRAINING then, and stopped once nothing keeps it. */
  readonly terminatingSince?: number | undefined;
  /** The agent's clientToken of the latest registration, so that a repeated request answers the same instance. */
  readonly clientToken?: string | undefined;
}

/** A live agent connection; gone with the process. `agentConnected` is whether one exists. */
export interface AgentSession {
  readonly version: number;
  readonly containerInstanceArn: string;
  readonly sessionId: string;
  /** Epoch ms. */
  readonly connectedAt: number;
}

/** The one counter of payload sequence and manifest timeline of an instance's agent; only ever grows. */
export interface AgentSequence {
  readonly version: number;
  readonly containerInstanceArn: string;
  readonly value: number;
}
