// How a service's deployments go, what it waits for, and how its latest tasks failed.
import { list, oneOf, structure } from './structure.ts';

export const explainServiceShapes = {
  ExplainServiceInput: structure({
    cluster: 'String?',
    /** Name or ARN. */
    service: 'String',
    /** The service deployment whose tasks are asked about; default the service's latest. */
    serviceDeploymentArn: 'String?',
  }),
  ExplainServiceOutput: structure({
    serviceArn: 'String',
    clusterArn: 'String',
    status: 'String',
    schedulingStrategy: 'String',
    deploymentController: 'String',
    strategy: 'String',
    desiredCount: 'Integer',
    runningCount: 'Integer',
    pendingCount: 'Integer',
    /** Of the running: those that count for the minimum. */
    healthyCount: 'Integer',
    /** How many of those that nobody has told to stop are on hosts that do not answer; they count as what was last heard of them. */
    unreachableCount: 'Integer',
    /** `family:revision`; absent while the service has nothing to run. */
    taskDefinition: 'String?',
    health: 'HealthRule',
    /** Deployments or task sets, the newest first. */
    deployments: 'ShownDeployments',
    rollout: 'ShownRollout?',
    waiting: 'Waitings',
    /** Of the rollout's tasks. */
    failedTaskCount: 'Integer',
    /** The latest few. */
    failedTasks: 'FailedTasks',
  }),
  HealthRule: structure({
    /** Essential containers of the definition that have a health check. */
    checkedContainers: 'Strings',
    /** How long a task without health checks must run before it counts as healthy. */
    healthyAfterSeconds: 'Integer',
    gracePeriodSeconds: 'Integer',
  }),
  ShownDeployment: structure({
    /** `ecs-svc/…`, of a deployment or a task set. */
    id: 'String',
    status: 'String',
    /** `family:revision` */
    taskDefinition: 'String',
    desiredCount: 'Integer',
    runningCount: 'Integer',
    pendingCount: 'Integer',
    /** Told to stop and not STOPPED yet. */
    stoppingCount: 'Integer',
    /** Tasks in a row that never ran, and those whose health checks failed since one was healthy. */
    failedTasks: 'Integer',
    unhealthyTasks: 'Integer',
    /** Absent of a task set. */
    rolloutState: 'String?',
    rolloutStateReason: 'String?',
    createdAt: 'Timestamp',
  }),
  ShownDeployments: list('ShownDeployment'),
  ShownRollout: structure({
    serviceDeploymentArn: 'String',
    status: 'String',
    statusReason: 'String?',
    lifecycleStage: 'String?',
    /** Where the circuit breaker is on. */
    circuitBreaker: 'ShownCircuitBreaker?',
  }),
  ShownCircuitBreaker: structure({ failureCount: 'Integer', threshold: 'Integer' }),
  /** What a service waits for; numbers are of its tasks that nobody has told to stop. */
  Waiting: oneOf({
    /** Its deployment failed and there is none to go back to. */
    failed: { reason: 'String' },
    /** Starts wait for the launch backoff after `failedTasks` failures. */
    heldBack: { until: 'Timestamp', failedTasks: 'Integer' },
    /** Starts pause after `quickExits` tasks in a row that ended right after their start. */
    paused: { until: 'Timestamp', quickExits: 'Integer' },
    hook: { hookId: 'String', stage: 'String', expiresAt: 'Timestamp?' },
    bake: { minutes: 'Integer' },
    /** Health checks fail: of all, and the first few by name. */
    unhealthy: { count: 'Integer', tasks: 'UnhealthyTasks' },
    /** They wait until their capacity provider has grown. */
    capacity: { capacityProviderName: 'String', count: 'Integer' },
    /** They have an instance and do not run yet. */
    starting: { count: 'Integer' },
    /** They run, and their health checks have not passed yet. */
    healthChecks: { count: 'Integer' },
    /** They run, have no health checks, and count as healthy from `until` on, the last of them. */
    settling: { count: 'Integer', until: 'Timestamp' },
    /** They were told to stop. */
    stopping: { count: 'Integer' },
    /** Protected tasks that are to go. */
    protected: { count: 'Integer', until: 'Timestamp' },
    /** No task may be stopped or started. */
    percents: {
      tasks: 'Integer',
      healthy: 'Integer',
      minimum: 'Integer',
      maximum: 'Integer',
      minimumHealthyPercent: 'Integer',
      maximumPercent: 'Integer',
    },
    noPlace: { missing: 'Integer', attemptId: 'String', times: 'Integer', at: 'Timestamp' },
  }),
  Waitings: list('Waiting'),
  UnhealthyTask: structure({ taskArn: 'String', containers: 'Strings' }),
  UnhealthyTasks: list('UnhealthyTask'),
  FailedTask: structure({
    taskArn: 'String',
    /** `family:revision` */
    taskDefinition: 'String',
    deploymentId: 'String',
    containerInstanceArn: 'String?',
    stopCode: 'String',
    stoppedReason: 'String',
    stoppedAt: 'Timestamp',
    containers: 'EndedContainers',
  }),
  FailedTasks: list('FailedTask'),
  EndedContainer: structure({
    name: 'String',
    exitCode: 'Integer?',
    reason: 'String?',
    /** The very last lines that it wrote, oldest first, escape sequences included; or why there are none. */
    lastLogLines: 'Strings?',
    logProblem: 'String?',
  }),
  EndedContainers: list('EndedContainer'),
} as const;
