// Tasks that failed, with the evidence that is kept of them.
import { list, enumeration, structure } from './structure.ts';

export const failureShapes = {
  DescribeDeploymentFailuresInput: structure({
    cluster: 'String?',
    /** Name or ARN; a deleted service too, for as long as it can be described. */
    service: 'String',
    /** One deployment or task set: its id (`ecs-svc/...`) or the ARN of its service deployment. Default: all of the service. */
    deployment: 'String?',
    /** 1 to 50, default 10. */
    maxResults: 'Integer?',
  }),
  DescribeDeploymentFailuresOutput: structure({
    serviceArn: 'String',
    /** How many are on record of what was asked about. */
    total: 'Integer',
    /** Newest first. */
    failures: 'ShownTaskFailures',
  }),
  DescribeTaskFailuresInput: structure({
    cluster: 'String?',
    /** 1 to 50, default 10. */
    maxResults: 'Integer?',
  }),
  DescribeTaskFailuresOutput: structure({
    clusterArn: 'String',
    /** How many are on record. */
    total: 'Integer',
    /** Newest first. */
    failures: 'ShownTaskFailures',
  }),
  ShownTaskFailure: structure({
    /** Absent of a task that no service ran. */
    deploymentId: 'String?',
    /** Absent of a task that no service ran, of a task set, and once the deployment is no longer on record. */
    serviceDeploymentArn: 'String?',
    cause: 'FailureCause',
    taskArn: 'String',
    taskDefinitionArn: 'String',
    containerInstanceArn: 'String?',
    ec2InstanceId: 'String?',
    stopCode: 'String?',
    stoppedReason: 'String?',
    createdAt: 'Timestamp',
    /** Absent of a task that never was RUNNING. */
    startedAt: 'Timestamp?',
    stoppedAt: 'Timestamp',
    containers: 'ShownFailedContainers',
  }),
  ShownTaskFailures: list('ShownTaskFailure'),
  /** `start`: it never ran; `exit`: it ended by itself; `health`: stopped, since its health checks failed. */
  FailureCause: enumeration('start', 'exit', 'health'),
  ShownFailedContainer: structure({
    name: 'String',
    image: 'String',
    imageDigest: 'String?',
    essential: 'Boolean',
    exitCode: 'Integer?',
    healthStatus: 'String',
    /** Not cut where the agent is Longshore's. */
    reason: 'String?',
    /** Up to 50, oldest first, as the container wrote them: escape sequences included. */
    lastLogLines: 'Strings?',
    /** Why there are no lines, of a container that failed. */
    logProblem: 'String?',
  }),
  ShownFailedContainers: list('ShownFailedContainer'),
} as const;
