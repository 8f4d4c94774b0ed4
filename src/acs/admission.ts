// Whether an agent may have a link: its instance must exist, be its caller's, and still be registered.
import type { ContainerInstance } from '../aws/ecs/state/instance/container-instance.ts';
import type { Scope } from '../aws/shared/scope.ts';
import type { ReadTransaction } from '../store/store.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import type { TelemetryHello } from './hello.ts';
import { LinkRefusal } from './link-refusal.ts';
import { lastPart } from '../lib/arn.ts';

const isOf = (instance: ContainerInstance, caller: Scope): boolean =>
  instance.accountId === caller.accountId && instance.region === caller.region;

const isIn = (instance: ContainerInstance, cluster: string): boolean =>
  cluster === '' || cluster === instance.clusterArn || lastPart(cluster) === instance.clusterName;

/** The instance that `hello` speaks for; throws a `LinkRefusal`. */
export function admit(tx: ReadTransaction, hello: TelemetryHello, caller: Scope): ContainerInstance {
  const instance = tx.table(containerInstances).get(hello.containerInstanceArn);
  if (instance === undefined) {
    throw new LinkRefusal('InvalidInstanceException', 'The container instance is not registered.');
  }
  if (!isOf(instance, caller)) {
    throw new LinkRefusal('AccessDeniedException', 'The container instance belongs to someone else.');
  }
  if (!isIn(instance, hello.cluster)) {
    throw new LinkRefusal('InvalidClusterException', 'The container instance is in another cluster.');
  }
  if (instance.status === 'INACTIVE') {
    throw new LinkRefusal('InactiveInstanceException', 'The container instance was deregistered.');
  }
  return instance;
}
