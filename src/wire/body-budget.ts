// Bounds the memory that requests hold before anybody is known to have sent them. When it runs out, the oldest must go: a request that
// is meant is read within moments, so it is those that were begun to be left unfinished that are old.

/** What one body holds of a budget. */
export interface BodyShare {
  /** Takes so many bytes more; may end this body, or others, by their `evict`. */
  take(bytes: number): void;
  /** Gives all of it back. Safe to call twice. */
  release(): void;
}

interface Holder {
  bytes: number;
  readonly evict: () => void;
}

/** A budget of `limit` bytes for all bodies together. */
export class BodyBudget {
  readonly #limit: number;
  // The oldest first: a set keeps the order in which it was filled.
  readonly #holders = new Set<Holder>();
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many bytes are taken. */
  get taken(): number {
    return this.#taken;
  }

  /** A share, empty at first. `evict` is called, once, when the body must be thrown away; its share is given back by then. */
  open(evict: () => void): BodyShare {
    const holder: Holder = { bytes: 0, evict };
    return {
      take: (bytes) => {
        holder.bytes += bytes;
        this.#taken += bytes;
        this.#holders.add(holder);
        this.#evictOldest();
      },
      release: () => this.#release(holder),
    };
  }

  #evictOldest(): void {
    for (const holder of this.#holders) {
      if (this.#taken <= this.#limit) return;
      this.#release(holder);
      holder.evict();
    }
  }

  #release(holder: Holder): void {
    this.#holders.delete(holder);
    this.#taken -= holder.bytes;
    holder.bytes = 0;
  }
}
