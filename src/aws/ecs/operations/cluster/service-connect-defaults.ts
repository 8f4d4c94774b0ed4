// A cluster's default Service Connect namespace, from the name or ARN that a caller gives.
import type * as ecs from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Ecs } from '../../ecs.ts';
import { namespaceFor } from '../resolve/namespace.ts';

type Defaults = Cluster['serviceConnectDefaults'];

/** `current` unless one is given; '' takes it away. A name that is new becomes a namespace. Throws what `namespaceFor` throws. */
export function changedServiceConnectDefaults(
  ecs: Ecs,
  tx: WriteTransaction,
  call: Call,
  current: Defaults,
  input: ecs.ClusterServiceConnectDefaultsRequest | undefined,
): Defaults {
  if (input?.namespace === undefined) return current;
  if (input.namespace === '') return undefined;
  return { namespace: namespaceFor(ecs, tx, call, input.namespace).arn };
}
