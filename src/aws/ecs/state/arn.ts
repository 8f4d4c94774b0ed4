// Amazon Resource Names of ECS resources: making them, and reading what callers pass instead of them.
import { parseArn } from '../../../lib/arn.ts';
import { partitionOf } from '../../../lib/partition.ts';
import type { Scope } from '../../shared/scope.ts';

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
/** `revision` may be `*`, for policies. */
export const taskDefinitionArn = (scope: Scope, family: string, revision: number | '*'): string =>
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
  const arn = parseArn(text);
  if (arn?.service !== 'ecs') return undefined;
  const { region, accountId, resource } = arn;
  const end = resource.indexOf('/');
  const [type, path] = [resource.slice(0, Math.max(end, 0)), resource.slice(end + 1)];
  return path !== '' && /^[a-z-]+$/.test(type) ? { region, accountId, type, path } : undefined;
}
