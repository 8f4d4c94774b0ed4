// Waits until all that the answer tells survives a crash, and for nothing that came later.
import type { Step } from './exchange.ts';

export const durable: Step = ({ seen }, { store }) => store.durable(seen.revision);
