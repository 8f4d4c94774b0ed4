// From a reference to a container instance that must be there.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { clientException } from '../../errors.ts';
import { instanceIn } from '../resolve/member.ts';

/** The instance, INACTIVE ones included; throws ClientException when the cluster has none of that id or ARN. */
export function registeredInstance(
  tx: ReadTransaction,
  cluster: Cluster,
  reference: string,
): ContainerInstance {
  const instance = instanceIn(tx, cluster, reference);
  if (!instance) throw clientException('The referenced container instance was not found.');
  return instance;
}
