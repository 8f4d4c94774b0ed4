// The one loop that every controller runs in: watch, keys, deduplicating queue, sync, backoff, and a slow full resync.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import type { Clock, Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { endlessTurns, type Turns } from '../../lib/turns.ts';
import { WorkQueue } from '../../lib/work-queue.ts';
import type { Store } from '../../store/store.ts';

/** What a controller decides; everything about when is the loop's. */
export interface Controller {
  readonly name: string;
  /** Calls `enqueue` for the keys that a store change concerns; answers the call that ends it. */
  watch(store: Store, enqueue: (key: string) => void): () => void;
  /** Every key there is, for the start and the full resync. */
  allKeys(store: Store): Iterable<string>;
  /**
   * Brings the state of `key` in order, in one transaction, and answers when to look again (epoch ms), if ever.
   * Level-triggered: running it twice changes nothing more. A throw is tried again with backoff.
   */
  sync(key: string, store: Store, now: number): number | undefined;
}

export interface LoopContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Keys are handled in these; default as they come. */
  readonly turns?: Turns | undefined;
}

const retry: BackoffPolicy = { min: 100, max: 60_000, factor: 2, jitter: 0.2 };
const resyncEvery = 10 * 60_000;
/** Keys handled before others get a turn, so that a full resync never holds up a request. */
const batch = 64;

/** Starts the loop of one controller; answers the call that ends it. */
export function startLoop(controller: Controller, context: LoopContext): () => void {
  const loop = new Loop(controller, context);
  loop.start();
  return () => loop.stop();
}

class Loop {
  readonly #controller: Controller;
  readonly #context: LoopContext;
  readonly #turns: Turns;
  readonly #queue = new WorkQueue();
  readonly #wakeUps = new Map<string, Timer>();
  readonly #failures = new Map<string, number>();
  #unwatch: () => void = () => undefined;
  #drain: Timer | undefined;
  #inBatch = false;
  #resync: Timer | undefined;
  #stopped = false;

  constructor(controller: Controller, context: LoopContext) {
    this.#controller = controller;
    this.#context = context;
    this.#turns = context.turns ?? endlessTurns;
  }

  start(): void {
    this.#unwatch = this.#controller.watch(this.#context.store, (key) => this.#enqueue(key));
    this.#fullResync();
  }

  /** Ends it all, also from within a sync: what that still asks for is not done. */
  stop(): void {
    this.#stopped = true;
    this.#unwatch();
    this.#drain?.cancel();
    this.#resync?.cancel();
    for (const timer of this.#wakeUps.values()) timer.cancel();
  }

  #fullResync(): void {
    this.#resync = this.#context.clock.after(resyncEvery, () => this.#fullResync());
    for (const key of this.#controller.allKeys(this.#context.store)) this.#enqueue(key);
  }

  #enqueue(key: string): void {
    this.#queue.add(key);
    this.#drainSoon();
  }

  #drainSoon(): void {
    if (this.#stopped || this.#inBatch) return;
    this.#drain ??= this.#context.clock.after(0, () => {
      this.#turns.run(() => {
        this.#drain = undefined;
        this.#runBatch();
      });
    });
  }

  #runBatch(): void {
    this.#inBatch = true;
    // Those that wait now: a key that its own sync makes due again waits for the next turn.
    const due = Math.min(batch, this.#queue.size);
    for (let done = 0; done < due && (done === 0 || this.#turns.hasTime()) && !this.#stopped; done++)
      this.#syncOne(this.#queue.take()!);
    // Not before: a timer of a long batch that was set within it is due at its end, and gives nobody else a turn.
    this.#inBatch = false;
    if (this.#queue.size > 0) this.#drainSoon();
  }

  #syncOne(key: string): void {
    this.#wakeUps.get(key)?.cancel();
    this.#wakeUps.delete(key);
    const { store, clock, random, log } = this.#context;
    try {
      const next = this.#controller.sync(key, store, clock.now());
      this.#failures.delete(key);
      if (next !== undefined) this.#wake(key, next - clock.now());
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      log.error(
        { controller: this.#controller.name, key, err: error },
        'sync failed; it will be tried again',
      );
      this.#wake(key, backoffDelay(retry, failures, random));
    }
  }

  #wake(key: string, delay: number): void {
    if (this.#stopped) return;
    const timer = this.#context.clock.after(Math.max(0, delay), () => {
      this.#wakeUps.delete(key);
      this.#enqueue(key);
    });
    this.#wakeUps.set(key, timer);
  }
}
