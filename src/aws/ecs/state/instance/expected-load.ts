// An instance's load for those who may place on it before anybody else: daemons.
import type { ContainerInstance } from './container-instance.ts';
import type { InstanceLoad } from './instance-load.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSequences } from './container-instances.ts';
import { instanceLoad } from './load-of-instance.ts';

/**
 * The instance's load now, and as if its agent were there already while it was never seen: nothing else is placed on an instance
 * without an agent, so what goes there until its agent comes goes first.
 */
export function expectedLoad(tx: ReadTransaction, instance: ContainerInstance): InstanceLoad {
  const load = instanceLoad(tx, instance);
  const isNew = tx.table(agentSequences).get(instance.arn) === undefined;
  return isNew ? { ...load, agentConnected: true } : load;
}
