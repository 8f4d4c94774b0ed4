// What every operation of Longshore's own API is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../wire/api.ts';

export interface Longshore {
  readonly store: Store;
  /** Fit for secrets: access keys are made of it. */
  readonly random: Random;
}

/** One operation: its whole effect is one transaction; the answer is wire-shaped. */
export type LongshoreOperation<I, O extends object> = (longshore: Longshore, input: I, call: Call) => O;
