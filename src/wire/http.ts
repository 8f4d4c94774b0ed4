// A request and a response as plain data, so that the whole server is one function and tests need no socket.
import type { Readable } from 'node:stream';

/** Header names are lower case; a repeated header's values are joined with a comma. */
export type Headers = Readonly<Record<string, string>>;

export interface HttpRequest {
  readonly method: string;
  /** The request target as it came: path and query, still encoded. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The body while it comes, and `body` is empty; undefined when it is there. */
  readonly streamed?: AsyncIterable<Uint8Array> | undefined;
  /** The IP address that it came from; undefined where it came through no network. */
  readonly address?: string | undefined;
  /** Why the body was not read, and `body` is empty; undefined when it was. */
  readonly unread?: 'too-large' | 'no-room';
  /** Calls the listener once the client is gone or has been answered; undefined where there is no client on a socket. */
  readonly onEnd?: ((listener: () => void) => void) | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
  /** The body while it comes, and `body` is empty; undefined when it is there. Whoever gets the response reads or destroys it. */
  readonly streamed?: Readable;
}

/** A body as an operation reads it while it comes, once: it may be larger than memory. Reading throws ApiError where it turns out not to be what was signed or promised, at its end at the latest. */
export interface StreamedBody extends AsyncIterable<Uint8Array> {
  /** Bytes, as its sender has promised them; undefined where nobody has. */
  readonly length: number | undefined;
  /** What its sender has said that it will put behind it. Names are lower case. */
  readonly announced: readonly string[];
  /** What its sender has put behind it, such as a checksum: known once it was read to its end. Names are lower case. */
  trailers(): Headers;
}

/** A request whose body is read while it comes. */
export interface StreamedRequest extends Omit<HttpRequest, 'body' | 'unread' | 'streamed'> {
  readonly body: Readable;
}

/** What answers requests for certain targets while they come. */
export interface StreamedRoute {
  takes(target: string): boolean;
  /** Never rejects. What it leaves unread of the body ends the connection. */
  handle(request: StreamedRequest): Promise<HttpResponse>;
}

/** How large a request's body may be, in bytes, by its head; Infinity where its operation reads it while it comes. */
export type BodyLimit = (head: Omit<HttpRequest, 'body' | 'unread' | 'streamed'>) => number;

/** The whole server, without a socket. Never rejects. */
export type Handle = (request: HttpRequest) => Promise<HttpResponse>;
