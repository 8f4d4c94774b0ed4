// A queue of keys in which each waits at most once, however often it is added.

/** First in, first out; adding a key that already waits does nothing. */
export class WorkQueue {
  readonly #waiting = new Set<string>();

  get size(): number {
    return this.#waiting.size;
  }

  add(key: string): void {
    this.#waiting.add(key);
  }

  /** Takes the key that has waited longest, or undefined when none waits. */
  take(): string | undefined {
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      return key;
    }
    return undefined;
  }
}
