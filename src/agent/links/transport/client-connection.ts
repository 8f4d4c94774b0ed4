// A websocket of the `ws` library, on the client's side, as a Connection.
import type { RawData, WebSocket } from 'ws';
import type { Connection } from '../../../agent-protocol/transport.ts';
import type { Clock } from '../../../lib/clock.ts';

const text = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');

/** How long the other side may take to agree to a close, ms, before the connection is dropped. */
const closeGrace = 2_000;

/** Wraps `socket`, which may still be connecting. What happens before a handler is set is kept for it. */
export function clientConnection(socket: WebSocket, clock: Clock): Connection {
  const messages = new Mailbox<[text: string]>();
  const closes = new Mailbox<[code: number, reason: string]>();
  socket.on('message', (data, isBinary) => {
    if (!isBinary) messages.put(text(data));
  });
  socket.once('close', (code, reason) => closes.put(code, reason.toString('utf8')));
  // Always followed by 'close'; without a listener it would end the process.
  socket.on('error', () => undefined);
  return {
    get onMessage() {
      return messages.handler;
    },
    set onMessage(handler) {
      messages.handler = handler;
    },
    get onClose() {
      return closes.handler;
    },
    set onClose(handler) {
      closes.handler = handler;
    },
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    close: (code, reason) => {
      socket.close(code, reason);
      clock.after(closeGrace, () => socket.terminate());
    },
  };
}

/** Hands over what comes, in order, to a handler that may come later. */
class Mailbox<T extends readonly unknown[]> {
  readonly #early: T[] = [];
  #handler: ((...item: T) => void) | undefined;

  get handler(): (...item: T) => void {
    return this.#handler ?? (() => undefined);
  }

  set handler(handler: (...item: T) => void) {
    this.#handler = handler;
    for (const item of this.#early.splice(0)) handler(...item);
  }

  put(...item: T): void {
    if (this.#handler) this.#handler(...item);
    else this.#early.push(item);
  }
}
