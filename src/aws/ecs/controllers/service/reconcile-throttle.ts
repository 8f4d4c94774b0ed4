// How often a service is looked at: the more there is to look at, the seldomer, so that a thousand changes do not cost a
// thousand looks at thousands of things.

/** Things that a look may find for each ms until the next: 5,000 tasks or instances are looked at four times a second. */
const rowsPerMs = 20;

export class ReconcileThrottle {
  /** Epoch ms of each service's next look, of those that are large enough to wait. */
  readonly #next = new Map<string, number>();

  /** Whether the service may be looked at now; if not, epoch ms when it may. `rows` is about how many a look finds. */
  notBefore(serviceArn: string, rows: number, now: number): number | undefined {
    const next = this.#next.get(serviceArn);
    if (next !== undefined && next > now) return next;
    const wait = Math.floor(rows / rowsPerMs);
    if (wait > 0) this.#next.set(serviceArn, now + wait);
    else this.#next.delete(serviceArn);
    return undefined;
  }

  /** The service's step was only the first part of what it has to do: the next may follow at once. */
  goesOn(serviceArn: string): void {
    this.#next.delete(serviceArn);
  }
}
