// A service: how many tasks of which workload a cluster keeps running, and by which rules it replaces them.
import type { CapacityProviderStrategyItem } from '../capacity/capacity-provider.ts';
import type { DeploymentConfiguration } from './deployment-configuration.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { PlacementConstraint, PlacementStrategy } from '../task-definition/placement-rules.ts';

export interface Service extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** DRAINING: deleted, tasks left. INACTIVE: deleted and gone; the name may be used again, which replaces the row. */
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON';
  /** ECS: deployments and revisions; EXTERNAL: task sets. */
  readonly deploymentController: 'ECS' | 'EXTERNAL';
  /** What the user asked for; of a DAEMON what its controller counted last. */
  readonly desiredCount: number;
  /** What new revisions get; EXTERNAL services show their primary task set's instead. */
  readonly launchType: 'EC2' | 'EXTERNAL';
  /** Not empty: instead of the launch type. */
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly deploymentConfiguration: DeploymentConfiguration;
  /** Both count for every task that is placed from now on, of whichever deployment. */
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly availabilityZoneRebalancing: 'ENABLED' | 'DISABLED';
  /** Seconds from a task's start in which its health is not looked at. */
  readonly healthCheckGracePeriodSeconds: number;
  readonly enableECSManagedTags: boolean;
  readonly propagateTags: 'NONE' | 'SERVICE' | 'TASK_DEFINITION';
  readonly tags: readonly Tag[];
  /** The revision that the service is to run; absent for EXTERNAL. */
  readonly revisionArn?: string | undefined;
  /** The latest service deployment, under way or over; absent for EXTERNAL. */
  readonly currentServiceDeploymentArn?: string | undefined;
  /** The highest deployment number ever given out, those of earlier services of the same ARN included. */
  readonly lastDeploymentNumber: number;
  /** The CreateService call that made it. */
  readonly clientToken?: string | undefined;
  readonly requestDigest: string;
  readonly createdBy: string;
  /** Epoch ms, both; it is INACTIVE since `inactiveAt`. */
  readonly createdAt: number;
  readonly inactiveAt?: number | undefined;
}

/** What the tasks of a service are grouped under. */
export const serviceGroup = (service: Pick<Service, 'name'>): string => `service:${service.name}`;
