// A body that is checked while it flows: its signature or hash, and its length. Nothing that was read of it may be believed before its end.
import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { Headers, StreamedBody } from '../http.ts';
import { ChunkDecoder, isChunked, type ChunkSigning } from './chunked-payload.ts';
import { contentMismatch, incompleteBody } from './errors.ts';

/** What a verified signature says of the body. */
export interface PayloadProof {
  /** As it was signed: the SHA-256 in hex, `UNSIGNED-PAYLOAD` or the name of a form in chunks. */
  readonly stated: string;
  readonly signing: ChunkSigning;
}

const noHeaders: Headers = {};

/** The body behind `source`; reading it throws at its end where it is not what was signed, or not as long as the request says. `proof` is undefined where nobody signed. */
export function streamedPayload(
  source: AsyncIterable<Uint8Array>,
  headers: Headers,
  proof: PayloadProof | undefined,
): StreamedBody {
  const { stated = 'UNSIGNED-PAYLOAD', signing } = proof ?? {};
  const decoder = isChunked(stated) && signing !== undefined ? new ChunkDecoder(stated, signing) : undefined;
  const length = statedLength(headers, decoder !== undefined);
  let trailers = noHeaders;
  async function* decoded(): AsyncGenerator<Uint8Array> {
    const hash = /^[0-9a-f]{64}$/.test(stated) ? createHash('sha256') : undefined;
    for await (const piece of undisturbed(source)) {
      hash?.update(piece);
      if (decoder === undefined) yield piece;
      else yield* decoder.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    }
    const actual = hash?.digest('hex');
    if (actual !== undefined && actual !== stated) throw contentMismatch(stated, actual);
    trailers = decoder?.end() ?? noHeaders;
  }
  return {
    length,
    announced: (headerOf(headers, 'x-amz-trailer') ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
    trailers: () => trailers,
    [Symbol.asyncIterator]: () => ofLength(decoded(), length),
  };
}

function statedLength(headers: Headers, chunked: boolean): number | undefined {
  const text = headerOf(headers, chunked ? 'x-amz-decoded-content-length' : 'content-length');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function* ofLength(
  pieces: AsyncIterable<Uint8Array>,
  length: number | undefined,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (length !== undefined && size > length) throw incompleteBody();
    yield piece;
  }
  if (length !== undefined && size !== length) throw incompleteBody();
}

/** Where the client goes away, its body has ended too early. */
async function* undisturbed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw error instanceof ApiError ? error : incompleteBody();
  }
}
