// What becomes of each message on the simulated network.
import type { Random } from '../../src/lib/random.ts';

/** How bad the network is. Shares are 0 to 1. */
export interface Faults {
  readonly loss: number;
  readonly duplication: number;
  /** Longest delay of a message, ms. */
  readonly maxDelay: number;
}

export const noFaults: Faults = { loss: 0, duplication: 0, maxDelay: 2 };

const maxDetour = 60_000;

/** Draws the fate of messages. */
export class MessageFaults {
  faults: Faults = noFaults;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** How often the next message arrives: 0, 1 or 2 times. */
  copies(): 0 | 1 | 2 {
    if (this.#random.next() < this.faults.loss) return 0;
    return this.#random.next() < this.faults.duplication ? 2 : 1;
  }

  /** Ms that the next message takes. */
  delay(): number {
    return this.#random.next() * this.faults.maxDelay;
  }

  /** Ms that a copy takes which overtakes nothing and may come long after what was sent later. */
  detour(): number {
    return this.#random.next() * this.#random.next() * maxDetour;
  }
}
