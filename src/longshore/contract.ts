// What Longshore's own API takes and answers, as it is on the wire: times in seconds since the epoch.
import type { UnsupportedFeature } from '../aws/ecs/state/task-definition/unsupported-features.ts';
import type { StrategyItemInput } from '../aws/ecs/scheduler/placement/provider-strategy.ts';
import type { ConstraintInput, StrategyInput } from '../aws/ecs/scheduler/placement/rules.ts';
import type { Suggestion } from '../aws/ecs/scheduler/placement/suggestion.ts';
import type { NamedInstance } from '../aws/ecs/state/instance/instance-title.ts';
import type { FailedTask } from './service/contract.ts';
import type { SubjectInput } from './subject.ts';

export interface ExplainPlacementInput extends SubjectInput {
  readonly cluster?: string;
}

export interface ShownRejection {
  readonly filter: string;
  readonly reason: string;
  /** The sentence that `failures[].detail` has. */
  readonly detail: string;
  /** Where the filter counts something. */
  readonly missing?: number;
  /** What the filter looked at: its own figures, by the names that it gives them. */
  readonly [figure: string]: unknown;
}

export interface ShownBlockingTask {
  readonly taskArn: string;
  readonly taskDefinition: string;
  readonly group: string;
  readonly cpu: number;
  readonly memory: number;
  /** How many GPUs, where it holds any. */
  readonly gpus?: number | undefined;
}

export interface ShownVerdict extends ShownRejection, NamedInstance {
  readonly further: readonly ShownRejection[];
  readonly holders: readonly ShownBlockingTask[];
}

export interface ShownGroup {
  readonly filter: string;
  readonly reason: string;
  readonly count: number;
  /** The nearest first; of many instances only some. */
  readonly instances: readonly ShownVerdict[];
}

export interface ShownAttempt {
  readonly attemptId: string;
  readonly by: string;
  readonly taskDefinitionArn: string;
  readonly group: string;
  readonly serviceArn?: string;
  readonly wanted: number;
  readonly placed: number;
  readonly times: number;
  readonly at: number;
  readonly verdicts: readonly ShownGroup[];
}

export interface FreeInstance extends NamedInstance {
  readonly freeCpu: number;
  readonly freeMemory: number;
}

export interface ExplainPlacementOutput {
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly group: string;
  readonly serviceArn?: string;
  readonly task?: {
    readonly taskArn: string;
    readonly lastStatus: string;
    readonly containerInstanceArn?: string;
    readonly ec2InstanceId?: string | undefined;
    readonly hostName?: string | undefined;
    readonly address?: string | undefined;
    /** There while the agent of its instance, or the container engine there, does not answer: its status is the last that was heard. */
    readonly isUnreachable?: boolean;
    readonly stopCode?: string;
    readonly stoppedReason?: string;
    /** There where its container engine stopped, or lost its containers: it did not end by itself. */
    readonly isEndedByHost?: boolean;
    /** How each has ended; there once the task is to stop. */
    readonly containers?: FailedTask['containers'];
  };
  readonly asks: {
    readonly cpu: number;
    readonly memory: number;
    readonly ports: readonly number[];
    readonly portsUdp: readonly number[];
    /** How many GPUs, where it asks for any. */
    readonly gpus?: number | undefined;
    readonly requiresAttributes: readonly string[];
    readonly constraints: readonly string[];
    /** The only ones whose instances may take it, where a strategy says so. */
    readonly capacityProviders?: readonly string[];
  };
  readonly now: {
    /** Of the cluster, those that are INACTIVE left out. */
    readonly instances: number;
    readonly fitCount: number;
    /** Of many only the first fifty. */
    readonly fits: readonly FreeInstance[];
    readonly verdicts: readonly ShownGroup[];
  };
  /** What the definition asks for and no instance can run: while there is any, RunTask and services refuse it. */
  readonly unsupported: readonly UnsupportedFeature[];
  /** Empty where a task would find a place. */
  readonly suggestions: readonly Suggestion[];
  readonly attempts: readonly ShownAttempt[];
}

export interface PlannedRunInput {
  readonly taskDefinition: string;
  readonly count?: number;
  readonly group?: string;
  readonly placementConstraints?: readonly ConstraintInput[];
  readonly placementStrategy?: readonly StrategyInput[];
  /** At most one of these two; with neither, the cluster's default strategy, else EC2. */
  readonly launchType?: 'EC2' | 'EXTERNAL';
  readonly capacityProviderStrategy?: readonly StrategyItemInput[];
}

export interface PlanPlacementInput {
  readonly cluster?: string;
  readonly runs?: readonly PlannedRunInput[];
  /** Container instances to lose: ids, ARNs, or cluster queries. */
  readonly without?: readonly string[];
  readonly services?: readonly { readonly service: string; readonly desiredCount: number }[];
}

export interface PlannedPlacement extends NamedInstance {
  /** There where a strategy says which provider's instances may be used. */
  readonly capacityProviderName?: string;
  readonly count: number;
}

export interface PlannedRun {
  /** Why these tasks are placed: a run of the plan, a service's change, or the replacement of tasks that were lost. */
  readonly cause: 'run' | 'service' | 'lost';
  readonly taskDefinitionArn: string;
  readonly taskDefinition: string;
  readonly group: string;
  readonly wanted: number;
  readonly placed: number;
  readonly placements: readonly PlannedPlacement[];
  /** Tasks that would wait for a capacity provider with managed scaling to grow. */
  readonly waiting: readonly { readonly capacityProviderName: string; readonly count: number }[];
  /** Capacity providers of the strategy that have no instance for their tasks and do not grow. */
  readonly emptyCapacityProviders: readonly string[];
  /** Why the first task that was left over, of each provider, found no place. */
  readonly verdicts: readonly ShownGroup[];
}

export interface PlanPlacementOutput {
  readonly clusterArn: string;
  /** Instances that take tasks in the plan: ACTIVE, and not among the lost. */
  readonly instances: number;
  readonly lost: {
    readonly instances: readonly NamedInstance[];
    /** Tasks on them that no service replaces; of many only the first fifty. */
    readonly standaloneTasks: readonly string[];
    readonly standaloneTaskCount: number;
  };
  /** Tasks of services that would be stopped; of many only the first fifty are named. */
  readonly stopped: readonly {
    readonly serviceArn: string;
    readonly count: number;
    readonly taskArns: readonly string[];
  }[];
  readonly runs: readonly PlannedRun[];
}

export interface DescribeInstanceHostsInput {
  readonly cluster?: string;
  /** Ids or ARNs; without any, all of the cluster. */
  readonly containerInstances?: readonly string[];
}

export interface InstanceHost extends NamedInstance {
  /** There while its agent or its container engine does not answer: what is known of its tasks was heard last. */
  readonly isUnreachable?: boolean;
}

export interface DescribeInstanceHostsOutput {
  /** In ARN order; those that are not found, and INACTIVE ones, are left out. */
  readonly hosts: readonly InstanceHost[];
}

export interface DescribeTaskEndsInput {
  readonly cluster?: string;
  /** Ids or ARNs; at most 100. */
  readonly tasks?: readonly string[];
}

export interface DescribeTaskEndsOutput {
  /** Of the tasks of which there is something to tell; those that are not kept any more are left out. */
  readonly ends: readonly {
    readonly taskArn: string;
    /** Its container engine stopped, or lost its containers: it did not end by itself. */
    readonly isEndedByHost: true;
  }[];
}

export interface ShownKey {
  readonly accessKeyId: string;
  readonly status: string;
  readonly userName: string;
  /** `root` may do everything, `agent` only what an agent does for its own instances. */
  readonly kind: 'root' | 'agent';
  /** Of an agent's key: the only cluster that it registers instances into. */
  readonly clusterArn?: string;
  readonly createdAt: number;
}

export interface CreateAccessKeyInput {
  /** Who is to have it; default `agent`. */
  readonly userName?: string;
  /** Default `root`. */
  readonly kind?: 'root' | 'agent';
  /** With `agent` only: name or ARN of the cluster to which it is limited; it must be there. */
  readonly cluster?: string;
}

export interface CreateAccessKeyOutput {
  /** The only time that the secret is shown. */
  readonly accessKey: ShownKey & { readonly secretAccessKey: string };
}

export interface ListAccessKeysOutput {
  readonly accessKeys: readonly ShownKey[];
}

export interface ReplaceTaskInput {
  readonly cluster?: string;
  /** Its id or ARN. */
  readonly task: string;
}

export interface ReplaceTaskOutput {
  readonly taskArn: string;
  readonly serviceArn: string;
}
