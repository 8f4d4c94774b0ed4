// An instance's usage for those who may place on it before anybody else: daemons.
import type { ContainerInstance } from './container-instance.ts';
import type { InstanceUsage } from './instance-usage.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { agentSequences } from './container-instances.ts';
import { instanceUsage } from './usage-of-instance.ts';

/**
 * The instance's usage now, and as if its agent were there already while it was never seen: nothing else is placed on an instance
 * without an agent, so what goes there until its agent comes goes first.
 */
export function expectedUsage(tx: ReadTransaction, instance: ContainerInstance): InstanceUsage {
  const usage = instanceUsage(tx, instance);
  const isNew = tx.table(agentSequences).get(instance.arn) === undefined;
  return isNew ? { ...usage, agentConnected: true } : usage;
}
