// What is said of a task that waited for capacity in vain: why it fits on none of its provider's instances.
import type { Verdict } from '../../scheduler/placement/place.ts';

/** As an instance is looked at: who refuses later is nearer to being one that fits. */
const order = [
  'AGENT',
  'ATTRIBUTE',
  'MemberOf placement constraint unsatisfied.',
  'DistinctInstance placement constraint unsatisfied.',
  'RESOURCE:CPU',
  'RESOURCE:MEMORY',
  'RESOURCE:GPU',
  'RESOURCE:PORTS',
];

/** ECS's word for it; of several instances, that of the one that came nearest. */
export function giveUpReason(provider: { readonly draining: boolean }, verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return provider.draining ? 'NO ACTIVE INSTANCES' : 'EMPTY CAPACITY PROVIDER';
  return verdicts.map(({ reason }) => reason).reduce((near, one) => (rank(one) > rank(near) ? one : near));
}

const rank = (reason: string): number => order.indexOf(reason);
