// Reads a body that was signed chunk by chunk, or not at all but with its length and a checksum at its end, as S3's clients send it:
// `STREAMING-…` in x-amz-content-sha256. Each chunk is signed on top of the one before it, so none can be changed, moved or left out.
import { createHash, timingSafeEqual, type Hash } from 'node:crypto';
import { headerOf } from '../header-of.ts';
import type { Headers } from '../http.ts';
import { incompleteBody, signatureMismatch } from './errors.ts';
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

export type ChunkedForm = keyof typeof forms;

const forms = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailers: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailers: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailers: true },
} as const;

/**
 * The body without its chunks' lengths and signatures. Throws IncompleteBody where it is not in chunks, or not as long
 * as `x-amz-decoded-content-length` says, and InvalidSignatureException where a chunk's signature does not hold.
 */
export function readChunkedPayload(
  form: ChunkedForm,
  body: Uint8Array,
  headers: Headers,
  signing: ChunkSigning,
): ChunkedPayload {
  const decoder = new ChunkDecoder(form, signing);
  const whole = Buffer.concat([...decoder.push(Buffer.from(body.buffer, body.byteOffset, body.length))]);
  const trailers = decoder.end();
  const stated = headerOf(headers, 'x-amz-decoded-content-length');
  if (stated !== String(whole.length)) {
    throw incompleteBody(`'x-amz-decoded-content-length' must be the length of the body: ${whole.length}.`);
  }
  return { body: whole, trailers };
}

const trailerSignature = 'x-amz-trailer-signature';
const chunkSignature = 'chunk-signature=';

/** A line is short: what has no end within so many bytes is none. */
const longestLine = 8192;

/** Takes a body in chunks as it comes, in pieces that need not be its chunks. What it gives out is believed only once `end` has returned. */
export class ChunkDecoder {
  readonly #hasTrailers: boolean;
  readonly #chain: SignatureChain | undefined;
  readonly #trailers = new Map<string, string>();
  #line = '';
  #next: 'length' | 'data' | 'line end' | 'trailer' | 'nothing' = 'length';
  /** Bytes of the chunk that are still to come. */
  #left = 0;
  #signature = '';
  #hash: Hash | undefined;

  constructor(form: ChunkedForm, signing: ChunkSigning) {
    const { signed, trailers } = forms[form];
    this.#hasTrailers = trailers;
    this.#chain = signed ? new SignatureChain(signing) : undefined;
  }

  /** The data in the next piece of the body. Throws as `readChunkedPayload` does. */
  *push(piece: Buffer): Generator<Buffer, void, void> {
    for (let at = 0; at < piece.length && this.#next !== 'nothing';) {
      if (this.#next === 'data') {
        const data = piece.subarray(at, at + this.#left);
        at += data.length;
        this.#left -= data.length;
        this.#hash?.update(data);
        if (this.#left === 0) this.#endChunk('line end');
        yield data;
        continue;
      }
      const end = piece.indexOf(0x0a, at);
      this.#line += piece.toString('latin1', at, end < 0 ? piece.length : end);
      if (this.#line.length > longestLine) throw notInChunks();
      if (end < 0) return;
      at = end + 1;
      const line = this.#line.replace(/\r$/, '');
      this.#line = '';
      this.#takeLine(line);
    }
  }

  /** What stands after the last chunk, once nothing more comes. */
  end(): Headers {
    const isWhole = this.#next === 'nothing' || this.#next === 'trailer';
    if (!isWhole || this.#line.trim() !== '') throw notInChunks();
    const told = Object.fromEntries(this.#trailers);
    if (this.#hasTrailers) this.#chain?.checkTrailers(told);
    const { [trailerSignature]: _, ...others } = told;
    return others;
  }

  #takeLine(line: string): void {
    switch (this.#next) {
      case 'length':
        return this.#beginChunk(line);
      case 'line end':
        if (line !== '') throw notInChunks();
        this.#next = 'length';
        return;
      case 'trailer':
        return this.#takeTrailer(line);
      default:
    }
  }

  /** `10000;chunk-signature=…` */
  #beginChunk(line: string): void {
    const [length = '', ...extensions] = line.split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(length)) throw notInChunks();
    this.#left = Number.parseInt(length, 16);
    const signature = extensions.find((one) => one.startsWith(chunkSignature));
    this.#signature = signature?.slice(chunkSignature.length) ?? '';
    this.#hash = this.#chain && createHash('sha256');
    this.#next = 'data';
    if (this.#left === 0) this.#endChunk(this.#hasTrailers ? 'trailer' : 'nothing');
  }

  #endChunk(next: 'line end' | 'trailer' | 'nothing'): void {
    this.#chain?.checkChunk(this.#hash!.digest('hex'), this.#signature);
    this.#next = next;
  }

  /** `name:value`, up to an empty line. */
  #takeTrailer(line: string): void {
    if (line === '') {
      this.#next = 'nothing';
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || this.#trailers.size > 20) throw notInChunks();
    this.#trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

class SignatureChain {
  readonly #signing: ChunkSigning;
  #previous: string;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seed;
  }

  checkChunk(dataHash: string, signature: string): void {
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', `${sha256Hex('')}\n${dataHash}`, signature);
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
  incompleteBody('The body is not in chunks, or not whole, as x-amz-content-sha256 says it is.');
