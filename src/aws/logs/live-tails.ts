// The sessions of StartLiveTail: each gets the events of its groups once they are on disk. Nothing of them is kept.
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { limitExceeded, serviceUnavailable } from './errors.ts';
import { LiveTail, type LiveTailOptions, type TailedEvents } from './live-tail.ts';
import type { LogDatabase } from './state/log-database.ts';

/** "Live Tail: 15 concurrent sessions": cloudwatch_limits_cwl. */
const maxSessions = 15;

/** The session as its caller wants it, and whose it is. */
export type NewLiveTail = Omit<LiveTailOptions, 'match' | 'clock' | 'onEnd'> & { readonly scope: string };

export class LiveTails {
  readonly #database: LogDatabase;
  readonly #clock: Clock;
  readonly #log: Log;
  /** With the scope of each. */
  readonly #sessions = new Map<LiveTail, string>();
  #isClosed = false;

  constructor(database: LogDatabase, clock: Clock, log: Log) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins one. Throws LimitExceededException where the scope has too many. */
  start({ scope, ...asked }: NewLiveTail): LiveTail {
    if (this.#isClosed) throw serviceUnavailable('The server stops.');
    const running = this.#sessions.values().filter((one) => one === scope);
    if (running.toArray().length >= maxSessions)
      throw limitExceeded(`No more than ${maxSessions} Live Tail sessions can run at once.`);
    const session = new LiveTail({
      ...asked,
      clock: this.#clock,
      match: (messages) => this.#match(asked.pattern, messages),
      onEnd: () => this.#sessions.delete(session),
    });
    this.#sessions.set(session, scope);
    return session;
  }

  /** Tells the sessions of events that are on disk. */
  publish(events: TailedEvents): void {
    for (const session of this.#sessions.keys()) session.take(events);
  }

  /** Ends all sessions. */
  close(): void {
    this.#isClosed = true;
    for (const session of this.#sessions.keys()) session.end();
  }

  /** In a thread, as all patterns are tried. Answers the places of the messages that match. */
  async #match(pattern: string, messages: readonly string[]): Promise<number[]> {
    try {
      const found = await this.#database.scan('testPattern', { pattern, messages });
      return found.map(({ eventNumber }) => eventNumber - 1);
    } catch (error) {
      this.#log.warn({ err: error }, 'a live tail could not try its pattern, and ends');
      throw error;
    }
  }
}
