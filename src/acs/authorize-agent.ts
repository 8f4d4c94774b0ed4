// Whether an agent may speak for its instance: its instance must exist, be its caller's, and still be registered; and the caller allowed to have it.
import type { ContainerInstance } from '../aws/ecs/state/instance/container-instance.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { ReadTransaction } from '../store/store.ts';
import { clusterKey, registeredByKey } from '../aws/shared/condition-keys.ts';
import type { Caller } from '../wire/caller.ts';
import { accessDenied, type Authorise } from '../wire/authorise.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import type { ConnectParams } from './connect-params.ts';
import { LinkRefusal } from './link-refusal.ts';
import { lastPart } from '../lib/arn.ts';

const isOf = (instance: ContainerInstance, caller: Scope): boolean =>
  instance.accountId === caller.accountId && instance.region === caller.region;

const isIn = (instance: ContainerInstance, cluster: string): boolean =>
  cluster === '' || cluster === instance.clusterArn || lastPart(cluster) === instance.clusterName;

/** The instance that `params` names; throws a `LinkRefusal`. */
export function authorizeAgent(tx: ReadTransaction, params: ConnectParams, caller: Scope): ContainerInstance {
  const instance = tx.table(containerInstances).get(params.containerInstanceArn);
  if (instance === undefined) {
    throw new LinkRefusal('InvalidInstanceException', 'The container instance is not registered.');
  }
  if (!isOf(instance, caller)) {
    throw new LinkRefusal('AccessDeniedException', 'The container instance belongs to someone else.');
  }
  if (!isIn(instance, params.cluster)) {
    throw new LinkRefusal('InvalidClusterException', 'The container instance is in another cluster.');
  }
  if (instance.status === 'INACTIVE') {
    throw new LinkRefusal('InactiveInstanceException', 'The container instance was deregistered.');
  }
  return instance;
}

/** What opening a link is called in policies: of commands, and of telemetry. */
export type LinkAction = 'ecs:Poll' | 'ecs:StartTelemetrySession';

/** Throws the `LinkRefusal` that a caller gets who may not do `action` to the instance. */
export function authorizeLink(
  authorise: Authorise,
  caller: Caller,
  action: LinkAction,
  { arn, registeredBy = '', clusterArn }: ContainerInstance,
): void {
  const conditions: Readonly<Record<string, readonly string[]>> = {
    [registeredByKey]: [registeredBy],
    [clusterKey]: [clusterArn],
  };
  const refused = authorise({
    caller,
    action,
    resources: () => [arn],
    conditions: (key) => conditions[key],
    conditionKeys: Object.keys(conditions),
  });
  if (refused === undefined) return;
  throw new LinkRefusal('AccessDeniedException', accessDenied(caller, refused).message);
}
