// The spread over zones and instances where a service has no placement strategy. A task of its own gets none: `least-loaded.ts`
// ranks where it goes.
import type { Strategy } from '../filter.ts';

/** Spread over zones, then over instances. */
export const defaultStrategies: readonly Strategy[] = [
  { type: 'spread', attribute: 'ecs.availability-zone' },
  { type: 'spread' },
];
