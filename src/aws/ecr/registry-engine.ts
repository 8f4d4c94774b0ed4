// The registry's engine: CNCF distribution, or in tests what behaves like it. It keeps layers and manifests, knows no tags, and asks nobody who
// they are: it is reached through the front alone.
import type { Readable } from 'node:stream';

export interface EngineRequest {
  readonly method: string;
  /** Path and query, e.g. `/v2/000000000000/us-east-1/app/blobs/sha256:…`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Default none. */
  readonly body?: Readable | Uint8Array;
}

export interface EngineResponse {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whoever gets the response reads or destroys it. */
  readonly body: Readable;
}

/** The engine cannot be asked; the message is a sentence for callers. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

export interface RegistryEngine {
  /** Rejects with EngineUnavailable. */
  send(request: EngineRequest): Promise<EngineResponse>;
}

/** Where there is no engine: whoever asks is told why. */
export const noEngine = (why: string): RegistryEngine => ({
  send: () => Promise.reject(new EngineUnavailable(why)),
});

/** Reads the whole body, up to `limit` bytes; rejects for more. */
export async function readAll(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new RangeError(`a body has more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
