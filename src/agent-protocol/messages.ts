// The messages between control plane and agent (ACS) and of telemetry (TCS), as types only.
// Field names and units are the official agent's; a frame is `{"type": ..., "message": {...}}`.
import type { ContainerStatus } from './container-report.ts';

export interface Frame<T = unknown> {
  readonly type: string;
  readonly message: T;
}

// --- control plane -> agent (ACS) ---

export interface HeartbeatMessage {
  readonly messageId: string;
  readonly healthy: boolean;
}

export interface PayloadMessage {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  /** Epoch ms. */
  readonly generatedAt: number;
  readonly seqNum?: number | undefined;
  readonly tasks: readonly PayloadTask[];
}

export interface PayloadTask {
  readonly arn: string;
  readonly taskClusterArn?: string | undefined;
  readonly taskDefinitionAccountId?: string | undefined;
  readonly family: string;
  readonly version: string;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  readonly group?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly launchType?: string | undefined;
  /** vCPU, not CPU units: 0.25. */
  readonly cpu?: number | undefined;
  /** MiB. */
  readonly memory?: number | undefined;
  /** Empty means bridge. */
  readonly networkMode?: string | undefined;
  readonly pidMode?: string | undefined;
  readonly ipcMode?: string | undefined;
  readonly containers: readonly PayloadContainer[];
  readonly volumes?: readonly PayloadVolume[] | undefined;
  readonly associations?: readonly PayloadAssociation[] | undefined;
}

/** A device for containers of the task; a GPU (`type` gpu) belongs to exactly one, and `name` is its id. */
export interface PayloadAssociation {
  readonly type: string;
  readonly name: string;
  readonly containers: readonly string[];
}

export interface PayloadContainer {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[] | undefined;
  readonly entryPoint?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Default false. */
  readonly essential?: boolean | undefined;
  /** CPU units. */
  readonly cpu?: number | undefined;
  /** MiB, hard limit; 0 = none. */
  readonly memory?: number | undefined;
  /** `name` or `name:alias`. */
  readonly links?: readonly string[] | undefined;
  readonly portMappings?: readonly PayloadPortMapping[] | undefined;
  readonly mountPoints?:
    | readonly {
        readonly sourceVolume: string;
        readonly containerPath: string;
        readonly readOnly?: boolean | undefined;
      }[]
    | undefined;
  readonly volumesFrom?:
    readonly { readonly sourceContainer: string; readonly readOnly?: boolean | undefined }[] | undefined;
  readonly dependsOn?:
    | readonly {
        readonly containerName: string;
        readonly condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY';
      }[]
    | undefined;
  /** Seconds. */
  readonly startTimeout?: number | undefined;
  /** Seconds. */
  readonly stopTimeout?: number | undefined;
  readonly healthCheckType?: 'docker' | undefined;
  readonly restartPolicy?: PayloadRestartPolicy | undefined;
  readonly registryAuthentication?: PayloadRegistryAuthentication | undefined;
  readonly containerArn?: string | undefined;
  /** A JSON string that may hold `command` and nothing else. */
  readonly overrides?: string | undefined;
  readonly dockerConfig?:
    | {
        readonly version?: string | undefined;
        /** JSON string of Docker's Config, laid over what the agent computed. */
        readonly config?: string | undefined;
        /** JSON string of Docker's HostConfig, laid over what the agent computed. */
        readonly hostConfig?: string | undefined;
      }
    | undefined;
}

/** `restartAttemptPeriod` is in seconds and has no default at the agent: absent, it restarts always. */
export interface PayloadRestartPolicy {
  readonly enabled: boolean;
  readonly ignoredExitCodes?: readonly number[] | undefined;
  readonly restartAttemptPeriod?: number | undefined;
}

/** How the agent logs in to the registry of the image: with its instance's credentials, or the task's execution role's. */
export interface PayloadRegistryAuthentication {
  readonly type: 'ecr';
  readonly ecrAuthData: {
    readonly registryId: string;
    readonly region: string;
    readonly useExecutionRole: boolean;
  };
}

/** Either one port, or a range ("8000-8010") whose host ports the agent chooses. */
export interface PayloadPortMapping {
  readonly containerPort?: number | undefined;
  readonly containerPortRange?: string | undefined;
  /** 0 = chosen by the agent. */
  readonly hostPort?: number | undefined;
  readonly protocol?: 'tcp' | 'udp' | undefined;
}

/** `host` without sourcePath is scratch space; with one, a bind mount; `type: docker` a Docker volume. */
export interface PayloadVolume {
  readonly name: string;
  readonly type?: 'host' | 'docker' | undefined;
  readonly host?: { readonly sourcePath?: string | undefined } | undefined;
  readonly dockerVolumeConfiguration?:
    | {
        readonly scope?: 'task' | 'shared' | undefined;
        readonly autoprovision?: boolean | undefined;
        readonly driver?: string | undefined;
        readonly driverOpts?: Readonly<Record<string, string>> | undefined;
        readonly labels?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}

export interface TaskIdentifier {
  readonly taskArn: string;
  readonly taskClusterArn: string;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
}

/** What the control plane was last told of a task that lives. */
export interface LastKnownStatuses {
  readonly status: 'PENDING' | 'RUNNING';
  /** By name. */
  readonly containers: Readonly<Record<string, ContainerStatus>>;
}

export interface ManifestTask extends TaskIdentifier {
  /** A member of Longshore's own, which the official agent passes over: so that its agent tells anew what is not in it. */
  readonly longshoreTold?: LastKnownStatuses | undefined;
}

export interface TaskManifestMessage {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  /** Epoch ms. */
  readonly generatedAt: number;
  /** Greater than any timeline or seqNum that the agent saw, or it is discarded without an ack. */
  readonly timeline: number;
  readonly tasks: readonly ManifestTask[];
}

export interface TaskStopVerificationAck {
  /** The manifest's. */
  readonly messageId: string;
  readonly generatedAt: number;
  readonly stopTasks: readonly TaskIdentifier[];
}

/** Of StageUpdateMessage (fetch it) and PerformUpdateMessage (end, to be started with it). */
export interface UpdateMessage {
  readonly messageId: string;
  readonly clusterArn: string;
  readonly containerInstanceArn: string;
  /** `signature`: SHA-256 of what lies at `location`, 64 hex digits. */
  readonly updateInfo: { readonly location: string; readonly signature: string };
}

// --- agent -> control plane (ACS) ---

export interface AckRequest {
  readonly cluster: string;
  readonly containerInstance: string;
  readonly messageId: string;
}

export interface NackRequest extends AckRequest {
  readonly reason: string;
}

export interface HeartbeatAckRequest {
  readonly messageId: string;
}

export interface TaskStopVerificationMessage {
  /** The manifest's. */
  readonly messageId: string;
  readonly stopCandidates: readonly TaskIdentifier[];
}

/** Server to agent: message type to message. */
export interface ServerMessages {
  HeartbeatMessage: HeartbeatMessage;
  PayloadMessage: PayloadMessage;
  TaskManifestMessage: TaskManifestMessage;
  TaskStopVerificationAck: TaskStopVerificationAck;
  StageUpdateMessage: UpdateMessage;
  PerformUpdateMessage: UpdateMessage;
}

/** Agent to server: message type to message. */
export interface AgentMessages {
  AckRequest: AckRequest;
  NackRequest: NackRequest;
  HeartbeatAckRequest: HeartbeatAckRequest;
  TaskStopVerificationMessage: TaskStopVerificationMessage;
}

// --- telemetry (TCS) ---

export interface TelemetryMetadata {
  readonly cluster: string;
  readonly containerInstance: string;
  readonly messageId: string;
  readonly idle?: boolean | undefined;
  readonly fin?: boolean | undefined;
}

export interface PublishMetricsRequest {
  readonly metadata: TelemetryMetadata;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly taskMetrics?: readonly unknown[] | undefined;
}

export interface PublishHealthRequest {
  readonly metadata: TelemetryMetadata;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly tasks: readonly {
    readonly taskArn: string;
    readonly taskDefinitionFamily: string;
    readonly taskDefinitionVersion: string;
    readonly containers: readonly {
      readonly containerName: string;
      readonly healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';
      /** Epoch seconds. */
      readonly statusSince: number;
    }[];
  }[];
}

export interface PublishInstanceStatusRequest {
  readonly metadata: {
    readonly cluster: string;
    readonly containerInstance: string;
    readonly requestId: string;
  };
  readonly statuses: readonly {
    readonly type: 'ContainerRuntime';
    readonly status: 'OK' | 'IMPAIRED';
    readonly statusReason?: string | undefined;
    /** Epoch seconds, both. */
    readonly lastUpdated: number;
    readonly lastStatusChange: number;
  }[];
  /** Epoch seconds. */
  readonly timestamp: number;
}
