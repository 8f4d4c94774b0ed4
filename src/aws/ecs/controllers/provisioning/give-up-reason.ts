// What is said of a task that waited for capacity in vain: why it fits on none of its provider's instances.
import { filters, type Verdict } from '../../scheduler/placement/filters.ts';

/** ECS's word for it; of several instances, that of the one that came nearest. */
export function giveUpReason(provider: { readonly draining: boolean }, verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return provider.draining ? 'NO ACTIVE INSTANCES' : 'EMPTY CAPACITY PROVIDER';
  return verdicts.reduce((near, one) => (rank(one) > rank(near) ? one : near)).reason;
}

/** In the order in which an instance is looked at: who refuses later is nearer to being one that fits. */
const rank = ({ filter }: Verdict): number => filters.findIndex(({ name }) => name === filter);
