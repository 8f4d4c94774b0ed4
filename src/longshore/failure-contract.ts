// What DescribeDeploymentFailures and DescribeTaskFailures take and answer, as it is on the wire: times in seconds since the epoch.

export interface DescribeDeploymentFailuresInput {
  readonly cluster?: string;
  /** Name or ARN; a deleted service too, for as long as it can be described. */
  readonly service: string;
  /** One deployment or task set: its id (`ecs-svc/...`) or the ARN of its service deployment. Default: all of the service. */
  readonly deployment?: string;
  /** 1 to 50, default 10. */
  readonly maxResults?: number;
}

export interface ShownFailedContainer {
  readonly name: string;
  readonly image: string;
  readonly imageDigest?: string | undefined;
  readonly essential: boolean;
  readonly exitCode?: number | undefined;
  readonly healthStatus: string;
  /** Not cut where the agent is Longshore's. */
  readonly reason?: string | undefined;
  /** Up to 50, oldest first, as the container wrote them: escape sequences included. */
  readonly lastLogLines?: readonly string[] | undefined;
  /** Why there are no lines, of a container that failed. */
  readonly logProblem?: string | undefined;
}

export interface ShownTaskFailure {
  /** Absent of a task that no service ran. */
  readonly deploymentId?: string | undefined;
  /** Absent of a task that no service ran, of a task set, and once the deployment is no longer on record. */
  readonly serviceDeploymentArn?: string | undefined;
  /** `start`: it never ran; `exit`: it ended by itself; `health`: stopped, since its health checks failed. */
  readonly cause: 'start' | 'exit' | 'health';
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly containerInstanceArn?: string | undefined;
  readonly ec2InstanceId?: string | undefined;
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  readonly createdAt: number;
  /** Absent of a task that never was RUNNING. */
  readonly startedAt?: number | undefined;
  readonly stoppedAt: number;
  readonly containers: readonly ShownFailedContainer[];
}

export interface DescribeDeploymentFailuresOutput {
  readonly serviceArn: string;
  /** How many are on record of what was asked about. */
  readonly total: number;
  /** Newest first. */
  readonly failures: readonly ShownTaskFailure[];
}

export interface DescribeTaskFailuresInput {
  readonly cluster?: string;
  /** 1 to 50, default 10. */
  readonly maxResults?: number;
}

export interface DescribeTaskFailuresOutput {
  readonly clusterArn: string;
  /** How many are on record. */
  readonly total: number;
  /** Newest first. */
  readonly failures: readonly ShownTaskFailure[];
}
