// The counter that orders the manifests of an instance for its agent.
import type { WriteTransaction } from '../store/store.ts';
import { agentSequences } from '../aws/ecs/state/instance/container-instances.ts';

/**
 * The next value, greater than every earlier one. It starts from the clock's seconds, not from 1: a store restored from
 * a backup would otherwise count below what the agent remembers, and the agent would ignore its manifests for good.
 */
export function nextSequence(tx: WriteTransaction, containerInstanceArn: string, now: number): number {
  const table = tx.table(agentSequences);
  const last = table.get(containerInstanceArn)?.value ?? 0;
  return table.put({ containerInstanceArn, value: Math.max(last + 1, Math.floor(now / 1000)) }).value;
}
