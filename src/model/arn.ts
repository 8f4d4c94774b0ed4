// Amazon Resource Names of ECS resources: making them, and reading what callers pass instead of them.
import { partitionOf } from './partition.ts';
import type { Scope } from './scope.ts';

const prefix = ({ region, accountId }: Scope): string =>
  `arn:${partitionOf(region)}:ecs:${region}:${accountId}:`;

export const clusterArn = (scope: Scope, name: string): string => `${prefix(scope)}cluster/${name}`;
export const capacityProviderArn = (scope: Scope, name: string): string =>
  `${prefix(scope)}capacity-provider/${name}`;
export const taskArn = (scope: Scope, cluster: string, id: string): string =>
  `${prefix(scope)}task/${cluster}/${id}`;
export const containerArn = (scope: Scope, cluster: string, taskId: string, id: string): string =>
  `${prefix(scope)}container/${cluster}/${taskId}/${id}`;
export const containerInstanceArn = (scope: Scope, cluster: string, id: string): string =>
  `${prefix(scope)}container-instance/${cluster}/${id}`;
export const taskDefinitionArn = (scope: Scope, family: string, revision: number): string =>
  `${prefix(scope)}task-definition/${family}:${revision}`;

export const serviceArn = (scope: Scope, cluster: string, name: string): string =>
  `${prefix(scope)}service/${cluster}/${name}`;
/** `id` is `ecs-svc/<digits>`. */
export const taskSetArn = (scope: Scope, cluster: string, service: string, id: string): string =>
  `${prefix(scope)}task-set/${cluster}/${service}/${id}`;
export const serviceDeploymentArn = (scope: Scope, cluster: string, service: string, id: string): string =>
  `${prefix(scope)}service-deployment/${cluster}/${service}/${id}`;
export const serviceRevisionArn = (scope: Scope, cluster: string, service: string, id: string): string =>
  `${prefix(scope)}service-revision/${cluster}/${service}/${id}`;

/** The parts of an ECS ARN; `path` is what follows the resource type. */
export interface EcsArn extends Scope {
  readonly type: string;
  readonly path: string;
}

/** Reads an ECS ARN, or answers undefined when `text` is not one, or not of its region's partition. */
export function parseEcsArn(text: string): EcsArn | undefined {
  const match = /^arn:([a-z-]+):ecs:([^:]*):([^:]*):([a-z-]+)\/(.+)$/.exec(text);
  if (!match || match[1] !== partitionOf(match[2]!)) return undefined;
  return { region: match[2]!, accountId: match[3]!, type: match[4]!, path: match[5]! };
}

/** The last path part of an ARN or id: a task's id, a cluster's name, `family:revision`. */
export const lastPart = (arnOrId: string): string => arnOrId.slice(arnOrId.lastIndexOf('/') + 1);
