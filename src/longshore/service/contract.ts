// What Longshore's own operations on services take and answer, as it is on the wire: times in seconds since the epoch.

export interface ImageInput {
  readonly containerName: string;
  readonly image: string;
}

export interface UpdateServiceImagesInput {
  readonly cluster?: string;
  /** Name or ARN. */
  readonly service: string;
  /** Containers that are not named keep their images. */
  readonly images: readonly ImageInput[];
  /** Deploy though every image is the same already. */
  readonly forceNewDeployment?: boolean;
}

export interface UpdateServiceImagesOutput {
  readonly serviceArn: string;
  readonly clusterArn: string;
  /** What the service is to run from now on, and what it was before: the same, where every image is. */
  readonly taskDefinitionArn: string;
  readonly previousTaskDefinitionArn: string;
  readonly changes: readonly { readonly containerName: string; readonly from: string; readonly to: string }[];
  /** The deployment that began; absent where nothing was changed. */
  readonly deployment?: { readonly id: string; readonly serviceDeploymentArn: string };
}

export interface ExplainServiceInput {
  readonly cluster?: string;
  /** Name or ARN. */
  readonly service: string;
  /** The service deployment whose tasks are asked about; default the service's latest. */
  readonly serviceDeploymentArn?: string;
}

export interface ShownDeployment {
  /** `ecs-svc/…`, of a deployment or a task set. */
  readonly id: string;
  readonly status: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  /** Told to stop and not STOPPED yet. */
  readonly stoppingCount: number;
  /** Tasks in a row that never ran, and those whose health checks failed since one was healthy. */
  readonly failedTasks: number;
  readonly unhealthyTasks: number;
  /** Absent of a task set. */
  readonly rolloutState?: string;
  readonly rolloutStateReason?: string;
  readonly createdAt: number;
}

export interface ShownRollout {
  readonly serviceDeploymentArn: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly lifecycleStage?: string;
  /** Where the circuit breaker is on. */
  readonly circuitBreaker?: { readonly failureCount: number; readonly threshold: number };
}

/** What a service waits for; numbers are of its tasks that nobody has told to stop. */
export type Waiting =
  /** Its deployment failed and there is none to go back to. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Starts wait for the launch backoff after `failedTasks` failures. */
  | { readonly kind: 'heldBack'; readonly until: number; readonly failedTasks: number }
  /** Starts pause after `quickExits` tasks in a row that ended right after their start. */
  | { readonly kind: 'paused'; readonly until: number; readonly quickExits: number }
  | { readonly kind: 'hook'; readonly hookId: string; readonly stage: string; readonly expiresAt?: number }
  | { readonly kind: 'bake'; readonly minutes: number }
  /** Health checks fail: of all, and the first few by name. */
  | { readonly kind: 'unhealthy'; readonly count: number; readonly tasks: readonly UnhealthyTask[] }
  /** They wait until their capacity provider has grown. */
  | { readonly kind: 'capacity'; readonly capacityProviderName: string; readonly count: number }
  /** They have an instance and do not run yet. */
  | { readonly kind: 'starting'; readonly count: number }
  /** They run, and their health checks have not passed yet. */
  | { readonly kind: 'healthChecks'; readonly count: number }
  /** They run, have no health checks, and count as healthy from `until` on, the last of them. */
  | { readonly kind: 'settling'; readonly count: number; readonly until: number }
  /** They were told to stop. */
  | { readonly kind: 'stopping'; readonly count: number }
  /** Protected tasks that are to go. */
  | { readonly kind: 'protected'; readonly count: number; readonly until: number }
  /** No task may be stopped or started. */
  | {
      readonly kind: 'percents';
      readonly tasks: number;
      readonly healthy: number;
      readonly minimum: number;
      readonly maximum: number;
      readonly minimumHealthyPercent: number;
      readonly maximumPercent: number;
    }
  | {
      readonly kind: 'noPlace';
      readonly missing: number;
      readonly attemptId: string;
      readonly times: number;
      readonly at: number;
    };

export interface UnhealthyTask {
  readonly taskArn: string;
  readonly containers: readonly string[];
}

export interface FailedTask {
  readonly taskArn: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly deploymentId: string;
  readonly containerInstanceArn?: string;
  readonly stopCode: string;
  readonly stoppedReason: string;
  readonly stoppedAt: number;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode?: number;
    readonly reason?: string;
    /** The very last lines that it wrote, oldest first, escape sequences included; or why there are none. */
    readonly lastLogLines?: readonly string[];
    readonly logProblem?: string;
  }[];
}

export interface ExplainServiceOutput {
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly status: string;
  readonly schedulingStrategy: string;
  readonly deploymentController: string;
  readonly strategy: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  /** Of the running: those that count for the minimum. */
  readonly healthyCount: number;
  /** How many of those that nobody has told to stop are on hosts that do not answer; they count as what was last heard of them. */
  readonly unreachableCount: number;
  /** `family:revision`; absent while the service has nothing to run. */
  readonly taskDefinition?: string;
  readonly health: {
    /** Essential containers of the definition that have a health check. */
    readonly checkedContainers: readonly string[];
    /** How long a task without health checks must run before it counts as healthy. */
    readonly healthyAfterSeconds: number;
    readonly gracePeriodSeconds: number;
  };
  /** Deployments or task sets, the newest first. */
  readonly deployments: readonly ShownDeployment[];
  readonly rollout?: ShownRollout;
  readonly waiting: readonly Waiting[];
  /** Of the rollout's tasks. */
  readonly failedTaskCount: number;
  /** The latest few. */
  readonly failedTasks: readonly FailedTask[];
}
