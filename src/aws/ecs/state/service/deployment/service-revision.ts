// A service revision: what a service's tasks are made of, as it was when a deployment began. All that is added later is
// which digests its images' tags stood for.
import type { CapacityProviderStrategyItem } from '../../capacity/capacity-provider.ts';
import type { Scope } from '../../../../shared/scope.ts';
import type { TaskDefinition } from '../../task-definition/task-definition.ts';

/** What shapes tasks, of a service revision and of a task set alike. */
export interface Workload {
  readonly taskDefinitionArn: string;
  readonly launchType: 'EC2' | 'EXTERNAL';
  /** Not empty: the strategy decides where tasks run, and the launch type is not shown. */
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
}

export interface ContainerImage {
  readonly containerName: string;
  readonly image: string;
  /** What the first task of the revision found behind the tag; absent until then, and where version consistency is disabled. */
  readonly imageDigest?: string | undefined;
}

export interface ServiceRevision extends Scope, Workload {
  readonly version: number;
  readonly arn: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly containerImages: readonly ContainerImage[];
  /** Epoch ms. */
  readonly createdAt: number;
}

/** The images that a definition names. */
export const containerImages = (definition: Pick<TaskDefinition, 'containerDefinitions'>): ContainerImage[] =>
  definition.containerDefinitions.map(({ name, image }) => ({ containerName: name!, image: image! }));
