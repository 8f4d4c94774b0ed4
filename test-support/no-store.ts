// A handler's store where the operations of a test keep nothing.
import type { ObservedStore } from '../src/wire/chain/exchange.ts';

/** Answers wait for `durable`, which is told the revision; default: for nothing. */
export const noStore = (
  durable: (revision: number) => Promise<void> = () => Promise.resolve(),
): ObservedStore => ({
  observe: (_seen, run) => run(),
  durable,
  isUnsaved: () => false,
});
