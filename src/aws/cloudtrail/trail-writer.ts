// Events on their way to disk: nobody waits for them. They are gathered and written in batches; what cannot be written is counted, and
// once writing works again an event says how many are missing.
import type { Clock, Timer } from '../../lib/clock.ts';
import { uuid } from '../../lib/ids.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { fullBucket, takeToken, type TokenBucket } from '../../wire/throttle/token-bucket.ts';
import { gapEvent, type Gap } from './record/gap-event.ts';
import type { TrailEvent } from './state/events/trail-event.ts';
import type { TrailDatabase } from './state/trail-database.ts';

export interface TrailWriterOptions {
  readonly database: TrailDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where an event belongs that says what is missing. */
  readonly accountId: string;
  readonly region: string;
}

/** Ms that an event waits for others at most. What a killed process loses is no older. */
export const flushInterval = 500;
/** Ms until what could not be written is tried again. */
const retryInterval = 5_000;
/** Events that are written at once. */
const batchSize = 500;
/** What waits: beyond either, events are lost. */
const maxWaiting = 20_000;
const maxWaitingBytes = 32 * 1024 * 1024;
/** Calls that nobody signed rightly, which anybody may send: so many at once, so many a second. */
const strangers = { burst: 200, refill: 10 };
/** Ms between two events that say what is missing. */
const gapInterval = 60_000;

export class TrailWriter {
  readonly #options: TrailWriterOptions;
  #waiting: TrailEvent[] = [];
  #bytes = 0;
  #timer: Timer | undefined;
  #writing: Promise<void> | undefined;
  #isFailing = false;
  #strangers: TokenBucket;
  #gap: Gap | undefined;
  #gapTold = -Infinity;

  constructor(options: TrailWriterOptions) {
    this.#options = options;
    this.#strangers = fullBucket(strangers, options.clock.now());
  }

  /** Takes an event; of callers that are not known only as many as cannot fill a disk. */
  add(event: TrailEvent, isKnown: boolean): void {
    const hasRoom = this.#waiting.length < maxWaiting && this.#bytes < maxWaitingBytes;
    if (!hasRoom || !(isKnown || this.#takesStranger())) return this.#lose();
    this.#waiting.push(event);
    this.#bytes += event.record.length;
    if (this.#waiting.length >= batchSize && !this.#isFailing) void this.flush();
    else this.#schedule(flushInterval);
  }

  /** Resolves once what was added before is on disk, or could not be written. */
  async flush(): Promise<void> {
    // What is written now may have begun before the newest event came.
    await this.#writing;
    await this.#write();
  }

  /** Writes what waits, and what is missing. Nothing may be added any more. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#gapTold = -Infinity;
    await this.flush();
    this.#timer?.cancel();
    if (this.#waiting.length > 0)
      this.#options.log.error({ events: this.#waiting.length }, 'Calls could not be put on record');
  }

  #takesStranger(): boolean {
    const left = takeToken(this.#strangers, strangers, this.#options.clock.now());
    if (left !== undefined) this.#strangers = left;
    return left !== undefined;
  }

  #lose(): void {
    const now = this.#options.clock.now();
    const { count = 0, from = now } = this.#gap ?? {};
    this.#gap = { count: count + 1, from, until: now };
    this.#schedule(flushInterval);
  }

  #schedule(delay: number): void {
    this.#timer ??= this.#options.clock.after(delay, () => {
      this.#timer = undefined;
      void this.flush();
    });
  }

  /** One at a time: events stay in their order. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { database, log } = this.#options;
    const upTo = this.#waiting.at(-1);
    try {
      let last: TrailEvent | undefined;
      while (this.#waiting.length > 0 && last !== upTo) {
        const batch = this.#waiting.slice(0, batchSize);
        await database.write('writeEvents', batch);
        this.#waiting.splice(0, batch.length);
        for (const { record } of batch) this.#bytes -= record.length;
        last = batch.at(-1);
      }
      await this.#tellGap();
      if (this.#isFailing) log.warn({}, 'Calls are put on record again');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing)
        log.error({ err: error }, 'Calls cannot be put on record: they are answered all the same');
      this.#isFailing = true;
      this.#schedule(retryInterval);
    }
  }

  async #tellGap(): Promise<void> {
    const gap = this.#gap;
    const { database, clock, random, accountId, region } = this.#options;
    if (gap === undefined) return;
    if (clock.now() - this.#gapTold < gapInterval) return this.#schedule(gapInterval);
    await database.write('writeEvents', [gapEvent(uuid(random), gap, { accountId, region }, clock.now())]);
    this.#gapTold = clock.now();
    this.#gap = undefined;
  }
}
