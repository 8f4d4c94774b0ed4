// One HTTP connection that is kept, for one call at a time: bytes out, an answer in, and next to nothing in between.
import { connect, type Socket } from 'node:net';

/** A connection to `host:port`; rejects when there is nobody. */
export function openConnection(host: string, port: number): Promise<KeptConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(new KeptConnection(socket)));
    socket.once('error', reject);
  });
}

export class KeptConnection {
  readonly #socket: Socket;
  #received: Buffer | undefined;
  #waiting: PromiseWithResolvers<string> | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed a connection.')));
  }

  /** Sends a whole HTTP request and resolves with the body of its answer; rejects with the answer when it is not 200. */
  call(request: Buffer): Promise<string> {
    this.#waiting = Promise.withResolvers<string>();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    const received = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk]);
    const size = answerSize(received);
    if (size === undefined || received.length < size.whole) {
      this.#received = received;
      return;
    }
    this.#received = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (received.length === size.whole && isOk(received))
      waiting?.resolve(received.toString('utf8', size.head));
    else waiting?.reject(new Error(`The server answered: ${received.toString('latin1', 0, 1000)}`));
  }
}

const headEnd = '\r\n\r\n';
const contentLength = /\r\ncontent-length: (\d+)/i;

/** Of the answer that begins in `received`, in bytes; undefined while its head is not complete. */
export function answerSize(received: Buffer): { readonly head: number; readonly whole: number } | undefined {
  const end = received.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = end + headEnd.length;
  const length = contentLength.exec(received.toString('latin1', 0, end))?.[1] ?? '0';
  return { head, whole: head + Number(length) };
}

const isOk = (answer: Buffer): boolean => answer.toString('latin1', 0, 12) === 'HTTP/1.1 200';
