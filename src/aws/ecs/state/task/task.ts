// A task: one running copy of a task definition. Once it was placed on a container instance, it never leaves it.
import type * as ecs from '../../shapes.generated.ts';
import type { TaskResources } from '../../../../agent-protocol/resources.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type {
  ContainerStatus,
  HealthStatus,
  NetworkBinding,
} from '../../../../agent-protocol/container-report.ts';
import type { TaskScheduling } from './task-scheduling.ts';

/** In the order that a task passes through them; it never goes back. */
export const taskStatuses = [
  'PROVISIONING',
  'PENDING',
  'ACTIVATING',
  'RUNNING',
  'DEACTIVATING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice';

export type TaskOverride = ecs.TaskOverride;
export interface Container {
  readonly arn: string;
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly lastStatus: ContainerStatus;
  readonly healthStatus: HealthStatus;
  readonly networkBindings: readonly NetworkBinding[];
  /** CPU units and MiB as they count after overrides; undefined where none is set. */
  readonly cpu: number;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
  /** How many GPUs it asks for, and which it has since the task was placed; absent is none. */
  readonly gpus?: number | undefined;
  readonly gpuIds?: readonly string[] | undefined;
  /** The container's id in Docker. */
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  /** The digest that it is to run in place of its image's tag: what the first task of its service's revision found there. */
  readonly pinnedDigest?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
}

export interface Task extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly id: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly taskDefinitionArn: string;
  readonly family: string;
  readonly revision: number;
  /** Absent while it waits for capacity, and of a task that never got any. */
  readonly containerInstanceArn?: string | undefined;
  readonly availabilityZone?: string | undefined;
  /** Of its instance, `x86_64` or `arm64`. */
  readonly cpuArchitecture?: string | undefined;
  /** Written only by the control plane. */
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  /** Written only from what the agent reports, once it was placed. */
  readonly lastStatus: TaskStatus;
  readonly containers: readonly Container[];
  readonly launchType: 'EC2' | 'EXTERNAL';
  /** Set when a capacity provider strategy chose where it runs. */
  readonly capacityProviderName?: string | undefined;
  readonly group: string;
  readonly startedBy?: string | undefined;
  /** Of a service's task: its service, and the id of its deployment or task set, which startedBy says too. */
  readonly serviceArn?: string | undefined;
  readonly deploymentId?: string | undefined;
  readonly overrides: TaskOverride;
  /** What it holds on its instance from placement until STOPPED. */
  readonly resources: TaskResources;
  /** Task-level limits after overrides, if any: CPU units and MiB. */
  readonly cpuLimit?: number | undefined;
  readonly memoryLimit?: number | undefined;
  readonly tags: readonly Tag[];
  /** The RunTask call that made it: the caller's token and a digest of its parameters. */
  readonly clientToken?: string | undefined;
  readonly requestDigest?: string | undefined;
  readonly stopCode?: StopCode | undefined;
  readonly stoppedReason?: string | undefined;
  /** Epoch ms, all of them. */
  readonly createdAt: number;
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
  readonly stoppingAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
  /** Its host, engine or agent lost it: no failure of what it runs. */
  readonly endedByHost?: boolean | undefined;
  /** Until then, its service neither scales it in nor replaces it. */
  readonly protectedUntil?: number | undefined;
  /** What the caller of RunTask or StartTask calls it; kept, never presented, as in ECS. */
  readonly referenceId?: string | undefined;
  /** Absent where the scheduler has nothing to keep of it, as of most tasks. */
  readonly scheduling?: TaskScheduling | undefined;
}

/** Whether it has no instance yet, and so no agent that could start or stop it. */
export const isProvisioning = (task: Task): boolean =>
  task.lastStatus === 'PROVISIONING' && task.containerInstanceArn === undefined;

/** Whether a service runs it. */
export const isServiceTask = (task: Task): boolean => task.group.startsWith('service:');
