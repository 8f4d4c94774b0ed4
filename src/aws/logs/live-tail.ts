// A session of StartLiveTail: a stream that tells each second which events have come. Whoever reads it slowly misses the oldest.
import type { Clock, Timer } from '../../lib/clock.ts';
import { sessionFailed, sessionTimedOut } from './errors.ts';
import type {
  LiveTailSessionLogEvent,
  LiveTailSessionStart,
  StartLiveTailResponseStream,
} from './shapes.generated.ts';

// API_StartLiveTail
const interval = 1000;
const maxUpdateEvents = 500;
const maxUpdates = 10;
const timeout = 3 * 3_600_000;
/** What may wait for the end of a second, in UTF-16 units with so many for each event. More is left out, and the update is sampled. */
const maxWaiting = 8 * 1024 * 1024;
const eventOverhead = 100;

/** Events of one stream that were taken in together. */
export interface TailedEvents {
  /** Of the group. */
  readonly uid: string;
  readonly stream: string;
  /** Epoch ms. */
  readonly ingested: number;
  readonly events: readonly { readonly timestamp: number; readonly message: string }[];
}

export interface LiveTailOptions {
  readonly start: LiveTailSessionStart;
  /** By the uid of each group, what the session's caller calls it. */
  readonly groups: ReadonlyMap<string, string>;
  readonly takesStream: (name: string) => boolean;
  /** A filter pattern; all events where it is empty. */
  readonly pattern: string;
  /** Answers the places of the messages that the pattern matches, in order. */
  readonly match: (messages: readonly string[]) => Promise<readonly number[]>;
  readonly clock: Clock;
  /** Called once. */
  readonly onEnd: () => void;
}

type Update = StartLiveTailResponseStream;
type Result = IteratorResult<Update, undefined>;

export class LiveTail implements AsyncIterableIterator<Update, undefined> {
  readonly #options: LiveTailOptions;
  readonly #timeout: Timer;
  #timer: Timer;
  #waiting: LiveTailSessionLogEvent[] = [];
  #room = maxWaiting;
  #isSampled = false;
  #isMatching = false;
  readonly #updates: Update[];
  #reader: PromiseWithResolvers<Result> | undefined;
  #end: { readonly error?: Error } | undefined;

  constructor(options: LiveTailOptions) {
    this.#options = options;
    this.#updates = [{ sessionStart: options.start }];
    this.#timer = options.clock.after(interval, () => this.#tick());
    this.#timeout = options.clock.after(timeout, () => this.end(sessionTimedOut()));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next update; rejects, once, with the error that the session ended with. */
  async next(): Promise<Result> {
    const update = this.#updates.shift();
    if (update !== undefined) return { done: false, value: update };
    if (this.#end === undefined) {
      this.#reader ??= Promise.withResolvers();
      return this.#reader.promise;
    }
    const { error } = this.#end;
    this.#end = {};
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  /** The reader has gone. */
  async return(): Promise<Result> {
    this.#updates.length = 0;
    this.end();
    return { done: true, value: undefined };
  }

  take({ uid, stream, ingested, events }: TailedEvents): void {
    const logGroupIdentifier = this.#options.groups.get(uid);
    if (logGroupIdentifier === undefined || !this.#options.takesStream(stream)) return;
    for (const { timestamp, message } of events) {
      this.#room -= message.length + eventOverhead;
      if (this.#room < 0) {
        this.#isSampled = true;
        return;
      }
      this.#waiting.push({
        logStreamName: stream,
        logGroupIdentifier,
        message,
        timestamp,
        ingestionTime: ingested,
      });
    }
  }

  /** Ends the session, after the updates that it has not told yet. */
  end(error?: Error): void {
    if (this.#end !== undefined) return;
    this.#end = error === undefined ? {} : { error };
    this.#timer.cancel();
    this.#timeout.cancel();
    this.#options.onEnd();
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined) this.next().then(reader.resolve, reader.reject);
  }

  #tick(): void {
    this.#timer = this.#options.clock.after(interval, () => this.#tick());
    // A pattern that takes longer gets what has come meanwhile at once.
    if (!this.#isMatching) void this.#update();
  }

  async #update(): Promise<void> {
    const events = this.#waiting;
    const wasCut = this.#isSampled;
    this.#waiting = [];
    this.#room = maxWaiting;
    this.#isSampled = false;
    this.#isMatching = true;
    try {
      const matching = await this.#matching(events);
      const sessionResults = sampleOf(matching);
      const sampled = wasCut || sessionResults.length < matching.length;
      this.#tell({ sessionUpdate: { sessionMetadata: { sampled }, sessionResults } });
    } catch {
      this.end(sessionFailed());
    } finally {
      this.#isMatching = false;
    }
  }

  async #matching(events: LiveTailSessionLogEvent[]): Promise<LiveTailSessionLogEvent[]> {
    const { pattern, match } = this.#options;
    if (pattern === '' || events.length === 0) return events;
    const places = await match(events.map(({ message }) => message!));
    return places.map((place) => events[place]!);
  }

  #tell(update: Update): void {
    if (this.#end !== undefined) return;
    if (this.#reader !== undefined) {
      this.#reader.resolve({ done: false, value: update });
      this.#reader = undefined;
      return;
    }
    this.#updates.push(update);
    // The beginning of the session is told in any case.
    if (this.#updates.length > maxUpdates)
      this.#updates.splice(this.#updates[0]!.sessionStart === undefined ? 0 : 1, 1);
  }
}

/** As many of them as an update may have, from the whole second. */
function sampleOf(events: readonly LiveTailSessionLogEvent[]): readonly LiveTailSessionLogEvent[] {
  if (events.length <= maxUpdateEvents) return events;
  const step = events.length / maxUpdateEvents;
  return Array.from({ length: maxUpdateEvents }, (_, place) => events[Math.floor(place * step)]!);
}
