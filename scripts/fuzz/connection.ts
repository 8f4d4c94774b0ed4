// One connection for shots, one at a time: it stays while the server answers as it must, and is made anew after all others.
import { connect, type Socket } from 'node:net';
import type { Shot } from './mutate.ts';

/** What came of a shot. */
export interface Outcome {
  /** The HTTP status; `closed` when the server ended the connection, `silent` when it had nothing to answer. */
  readonly status: number | 'closed' | 'silent';
  readonly answer: string;
  /** What must not be. */
  readonly breach?: string;
}

/** Ms: an answer that takes longer is none. */
const timeout = 20_000;
/** Ms after which whoever sent something incomplete stops waiting for a word on it. */
const idleTimeout = 50;

export class Connection {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** Sends it and waits for what comes of it. Rejects when nobody listens any more. */
  async fire(shot: Shot): Promise<Outcome> {
    const socket = (this.#socket ??= await open(this.#host, this.#port));
    if (shot.expects === 'none') return this.#cutOff(socket, shot);
    const { text, ended } = await listenTo(socket, shot);
    if (ended || shot.expects === 'any') this.close();
    return outcomeOf(shot, text, ended);
  }

  close(): void {
    // With a reset no end of the connection lingers in the kernel: there will be many.
    this.#socket?.resetAndDestroy();
    this.#socket = undefined;
  }

  #cutOff(socket: Socket, { bytes }: Shot): Promise<Outcome> {
    return new Promise((resolve) => {
      socket.write(bytes, () => {
        this.close();
        resolve({ status: 'silent', answer: '' });
      });
    });
  }
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => {
      socket.off('error', reject);
      // What the server does to a connection shows in its `close`.
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

interface Heard {
  readonly text: string;
  readonly ended: boolean;
}

/** What the server says to `shot`, until that is complete, it ends the connection, or enough time is over. */
function listenTo(socket: Socket, { bytes, expects }: Shot): Promise<Heard> {
  return new Promise((resolve) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (isComplete(text)) done(false);
    };
    const end = (): void => done(true);
    const timer = setTimeout(() => done(false), expects === 'any' ? idleTimeout : timeout);
    const done = (ended: boolean): void => {
      clearTimeout(timer);
      socket.off('data', hear).off('close', end);
      resolve({ text, ended });
    };
    socket.on('data', hear).once('close', end);
    socket.write(bytes);
  });
}

const interim = /^HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n/;

function isComplete(text: string): boolean {
  const answer = text.replace(interim, '');
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head))?.[1] ?? 0);
  return answer.length >= head + 4 + length;
}

function outcomeOf({ expects }: Shot, text: string, ended: boolean): Outcome {
  const answer = text.replace(interim, '');
  const mustAnswer = expects === 'answer' || expects === 'refusal';
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) {
    const found = { status: ended ? 'closed' : 'silent', answer } as const;
    return mustAnswer ? { ...found, breach: 'a well-framed request got no answer' } : found;
  }
  if (status >= 500) return { status, answer, breach: `the answer has the status ${status}` };
  if (expects === 'refusal' && status === 200)
    return { status, answer, breach: 'something was accepted that was not signed' };
  if (mustAnswer && status !== 431 && !isProtocol(answer, status)) {
    return { status, answer, breach: 'the answer is not one of the protocol' };
  }
  return { status, answer };
}

/** JSON, and with an error's code unless it is 200; or what a client of another protocol reads, or whoever opens a page. */
function isProtocol(answer: string, status: number): boolean {
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  if (status === 405) return body.startsWith('This page can only be read');
  if (/<Code>\w+<\/Code>/.test(body) || /^x-amzn-errortype: \w/im.test(answer)) return true;
  try {
    const { __type: type } = JSON.parse(body) as { readonly __type?: unknown };
    return status === 200 || typeof type === 'string';
  } catch {
    return false;
  }
}
