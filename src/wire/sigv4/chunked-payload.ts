// Reads a body that was signed chunk by chunk, or not at all but with its length and a checksum at its end, as S3's clients send it:
// `STREAMING-…` in x-amz-content-sha256. Each chunk is signed on top of the one before it, so none can be changed, moved or left out.
import { timingSafeEqual } from 'node:crypto';
import { headerOf } from '../header-of.ts';
import type { Headers } from '../http.ts';
import { incompleteSignature, signatureMismatch } from './errors.ts';
import { scopeText, sha256Hex, signText, type Scope } from './signature.ts';

export interface ChunkedPayload {
  readonly body: Buffer;
  /** What stands after the last chunk, such as a checksum; names are lower case. */
  readonly trailers: Headers;
}

/** What the chunks are signed with: all that the request itself was signed with, and its signature. */
export interface ChunkSigning {
  readonly secretAccessKey: string;
  readonly scope: Scope;
  readonly timestamp: string;
  /** The signature of the request, on top of which the first chunk is signed. */
  readonly seed: string;
}

/** Whether a stated payload hash says that the body is in chunks. */
export const isChunked = (stated: string | undefined): stated is ChunkedForm =>
  stated !== undefined && Object.hasOwn(forms, stated);

type ChunkedForm = keyof typeof forms;

const forms = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailers: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailers: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailers: true },
} as const;

/**
 * The body without its chunks' lengths and signatures. Throws IncompleteSignatureException where it is not in chunks, or not as long
 * as `x-amz-decoded-content-length` says, and InvalidSignatureException where a chunk's signature does not hold.
 */
export function readChunkedPayload(
  form: ChunkedForm,
  body: Uint8Array,
  headers: Headers,
  signing: ChunkSigning,
): ChunkedPayload {
  const { signed, trailers } = forms[form];
  const reader = new ChunkReader(Buffer.from(body.buffer, body.byteOffset, body.length));
  const chain = signed ? new SignatureChain(signing) : undefined;
  const chunks: Buffer[] = [];
  for (let last = false; !last;) {
    const { signature, data } = reader.chunk(trailers);
    chain?.checkChunk(data, signature);
    last = data.length === 0;
    chunks.push(data);
  }
  const told = trailers ? reader.trailers() : {};
  if (trailers) chain?.checkTrailers(told);
  const whole = Buffer.concat(chunks);
  const stated = headerOf(headers, 'x-amz-decoded-content-length');
  if (stated !== String(whole.length)) {
    throw incompleteSignature(
      `'x-amz-decoded-content-length' must be the length of the body: ${whole.length}.`,
    );
  }
  const { [trailerSignature]: _, ...others } = told;
  return { body: whole, trailers: others };
}

const trailerSignature = 'x-amz-trailer-signature';

class ChunkReader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** `10000;chunk-signature=…`, a line end, the data, a line end; after the last chunk trailers may follow at once. */
  chunk(trailers: boolean): { readonly signature: string; readonly data: Buffer } {
    const [length = '', ...extensions] = this.#line().split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(length)) throw notInChunks();
    const size = Number.parseInt(length, 16);
    const data = this.#body.subarray(this.#at, this.#at + size);
    if (data.length !== size) throw notInChunks();
    this.#at += size;
    if (size > 0 || !trailers) this.#lineEnd();
    const prefix = 'chunk-signature=';
    const signature = extensions.find((one) => one.startsWith(prefix))?.slice(prefix.length) ?? '';
    return { signature, data };
  }

  /** Lines of `name:value` up to an empty one or the end. */
  trailers(): Headers {
    const found: Record<string, string> = Object.create(null) as Record<string, string>;
    while (this.#at < this.#body.length) {
      const line = this.#line();
      if (line === '') break;
      const colon = line.indexOf(':');
      if (colon < 1) throw notInChunks();
      found[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    }
    return { ...found };
  }

  #line(): string {
    const end = this.#body.indexOf('\n', this.#at);
    // A line is short; a search for its end must not read a chunk of many bytes again and again.
    if (end < 0 || end - this.#at > 8192) throw notInChunks();
    const line = this.#body.toString('latin1', this.#at, end).replace(/\r$/, '');
    this.#at = end + 1;
    return line;
  }

  #lineEnd(): void {
    if (this.#at === this.#body.length) return;
    if (this.#line() !== '') throw notInChunks();
  }
}

class SignatureChain {
  readonly #signing: ChunkSigning;
  #previous: string;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seed;
  }

  checkChunk(data: Uint8Array, signature: string): void {
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', `${sha256Hex('')}\n${sha256Hex(data)}`, signature);
  }

  checkTrailers(trailers: Headers): void {
    const lines = Object.entries(trailers)
      .filter(([name]) => name !== trailerSignature)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}:${value}\n`);
    this.#check(
      'AWS4-HMAC-SHA256-TRAILER',
      sha256Hex(lines.join('')),
      headerOf(trailers, trailerSignature) ?? '',
    );
  }

  #check(kind: string, hashes: string, signature: string): void {
    const { secretAccessKey, scope, timestamp } = this.#signing;
    const text = `${kind}\n${timestamp}\n${scopeText(scope)}\n${this.#previous}\n${hashes}`;
    const expected = signText(secretAccessKey, scope, text);
    if (!/^[0-9a-f]{64}$/.test(signature)) throw signatureMismatch();
    if (!timingSafeEqual(Buffer.from(expected, 'latin1'), Buffer.from(signature, 'latin1')))
      throw signatureMismatch();
    this.#previous = expected;
  }
}

const notInChunks = (): Error =>
  incompleteSignature('The body is not in chunks, as x-amz-content-sha256 says it is.');
