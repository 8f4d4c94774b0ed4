// Keeps one websocket to the control plane open: connects, notices silence, gives up old connections, connects again.
import { decodeFrame, encodeFrame } from '../../agent-protocol/codec.ts';
import type { Frame } from '../../agent-protocol/messages.ts';
import { AgentCallError, type AgentTransport, type Connection } from '../../agent-protocol/transport.ts';
import { sleep, type Clock, type Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { messageOf } from '../engine/container-failure.ts';
import { freshHistory, reconnect, type LinkEnd, type ReconnectPolicy } from './reconnect.ts';

/** What is said over one connection. */
export interface Session {
  /** The connection is ready. */
  begin(): void;
  /** Handles one frame; answers whether it was one that this session knows. */
  receive(frame: Frame): boolean;
  /** The connection is gone. */
  end(): void;
}

export type Send = (type: string, message: object) => void;

export interface LinkDeps {
  readonly transport: AgentTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface LinkOptions {
  readonly policy: ReconnectPolicy;
  /** Where to connect to; asked before each connection. */
  readonly url: () => Promise<string>;
  /** Begins a session on a new connection. */
  readonly open: (send: Send) => Session;
  /** Called when a connection ended or could not be made. */
  readonly onEnd?: (end: LinkEnd) => void;
  /** Connections are given up at this age in ms (chosen by chance in between). */
  readonly maxAge?: { readonly min: number; readonly max: number };
}

/** A connection on which nothing was heard for this long, in ms (chosen by chance in between), is dead. */
const idleTimeout = { min: 60_000, max: 120_000 };

export class Link {
  readonly #deps: LinkDeps;
  readonly #options: LinkOptions;
  #running: AbortController | undefined;

  constructor(deps: LinkDeps, options: LinkOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    void this.#keepOpen(this.#running.signal);
  }

  /** Closes the connection and makes no new one until started again. */
  stop(): void {
    this.#running?.abort(new Error('the agent stops'));
    this.#running = undefined;
  }

  async #keepOpen(signal: AbortSignal): Promise<void> {
    const { clock, random, log } = this.#deps;
    let history = freshHistory;
    while (!signal.aborted) {
      const end = await this.#connectOnce(signal);
      if (signal.aborted) return;
      const next = reconnect(this.#options.policy, history, end, random);
      history = next.history;
      log.info({ end, delay: Math.round(next.delay) }, 'The link is down; connecting again');
      this.#options.onEnd?.(end);
      if (next.delay > 0) await sleep(clock, next.delay, signal).catch(() => undefined);
    }
  }

  async #connectOnce(signal: AbortSignal): Promise<LinkEnd> {
    try {
      const connection = await this.#deps.transport.connect(await this.#options.url());
      return await this.#converse(connection, signal);
    } catch (error) {
      this.#deps.log.debug({ error: messageOf(error) }, 'Connecting failed');
      return { kind: 'refused', code: error instanceof AgentCallError ? error.code : 'Unreachable' };
    }
  }

  /** Runs a session until the connection ends, whoever ends it. */
  #converse(connection: Connection, signal: AbortSignal): Promise<LinkEnd> {
    const { clock, random } = this.#deps;
    const began = clock.elapsed();
    return new Promise((resolve) => {
      const timers: { idleTimeout?: Timer | undefined; maxAge?: Timer | undefined } = {};
      const finish = (end: LinkEnd): void => {
        timers.idleTimeout?.cancel();
        timers.maxAge?.cancel();
        signal.removeEventListener('abort', onStop);
        // What still arrives while the connection closes is for nobody: the agent's state may be closed already.
        connection.onMessage = () => undefined;
        session.end();
        resolve(end);
      };
      const onStop = (): void => {
        connection.close(1001, 'Agent is stopping');
        finish({ kind: 'closed', code: 1001, lasted: clock.elapsed() - began });
      };
      const onSilence = (): void => {
        connection.close(1001, 'Connection is silent');
        // A peer that says nothing may never finish the close either.
        finish({ kind: 'silent', lasted: clock.elapsed() - began });
      };
      const hear = (): void => {
        timers.idleTimeout?.cancel();
        timers.idleTimeout = clock.after(between(idleTimeout, random), onSilence);
      };
      const session = this.#options.open((type, message) => connection.send(encodeFrame(type, message)));
      connection.onMessage = (text) => {
        if (this.#receive(session, text)) hear();
      };
      connection.onClose = (code) => finish({ kind: 'closed', code, lasted: clock.elapsed() - began });
      hear();
      if (this.#options.maxAge !== undefined) {
        timers.maxAge = clock.after(between(this.#options.maxAge, random), () =>
          connection.close(1000, 'ConnectionExpired: Reconnect to continue'),
        );
      }
      if (signal.aborted) return onStop();
      signal.addEventListener('abort', onStop, { once: true });
      session.begin();
    });
  }

  #receive(session: Session, text: string): boolean {
    const frame = decodeFrame(text);
    if (frame === undefined) return false;
    try {
      const known = session.receive(frame);
      if (!known) this.#deps.log.debug({ type: frame.type }, 'A message of unknown type was dropped');
      return known;
    } catch (error) {
      // Without an ack it will be sent again.
      this.#deps.log.error({ type: frame.type, error: messageOf(error) }, 'A message could not be handled');
      return true;
    }
  }
}

const between = ({ min, max }: { readonly min: number; readonly max: number }, random: Random): number =>
  min + random.next() * (max - min);
