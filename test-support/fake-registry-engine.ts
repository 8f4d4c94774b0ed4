// A registry's engine in memory: layers and manifests by digest, uploads in pieces; no tags.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  readAll,
  type EngineRequest,
  type EngineResponse,
  type RegistryEngine,
} from '../src/aws/ecr/registry-engine.ts';

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

interface Stored {
  readonly bytes: Buffer;
  readonly type: string;
}

export class FakeRegistryEngine implements RegistryEngine {
  /** By `<repository>/manifests/<digest>` and `<repository>/blobs/<digest>`. */
  readonly #stored = new Map<string, Stored>();
  readonly #uploads = new Map<string, Buffer>();
  /** What the next requests are answered with, in place of what they ask for. */
  failure: Error | undefined;

  has(path: string): boolean {
    return this.#stored.has(path);
  }

  async send({ method, target, headers, body }: EngineRequest): Promise<EngineResponse> {
    if (this.failure !== undefined) throw this.failure;
    const { pathname, searchParams } = new URL(target, 'http://engine');
    const path = pathname.slice('/v2/'.length);
    const sent = body instanceof Readable ? await readAll(body, 1e9) : Buffer.from(body ?? '');
    if (path.includes('/blobs/uploads/')) return this.#upload(method, path, searchParams, sent);
    if (method === 'PUT') return this.#put(path, { bytes: sent, type: headers['content-type'] ?? '' });
    if (method === 'DELETE') return answer(this.#stored.delete(path) ? 202 : 404);
    const found = this.#stored.get(path);
    if (found === undefined) return answer(404, {}, '{"errors":[{"code":"BLOB_UNKNOWN"}]}');
    const { bytes, type } = found;
    const told = { 'content-type': type, 'content-length': String(bytes.length) };
    return answer(200, told, method === 'HEAD' ? '' : bytes);
  }

  #put(path: string, stored: Stored): EngineResponse {
    const name = path.split('/manifests/')[0]!;
    const { layers = [] } = JSON.parse(stored.bytes.toString()) as { layers?: { digest: string }[] };
    const missing = layers.find(({ digest }) => !this.has(`${name}/blobs/${digest}`));
    if (missing !== undefined)
      return answer(400, {}, `{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","detail":"${missing.digest}"}]}`);
    this.#stored.set(path, stored);
    return answer(201, { 'docker-content-digest': digestOf(stored.bytes) });
  }

  #upload(method: string, path: string, query: URLSearchParams, sent: Buffer): EngineResponse {
    const [name = '', id = ''] = path.split('/blobs/uploads/');
    const [mount, from] = [query.get('mount'), query.get('from')];
    const mounted = mount === null ? undefined : this.#stored.get(`${from}/blobs/${mount}`);
    if (mounted !== undefined) {
      this.#stored.set(`${name}/blobs/${mount}`, mounted);
      return answer(201, { location: `/v2/${name}/blobs/${mount}` });
    }
    const upload = id === '' ? `u${this.#uploads.size}` : id;
    const bytes = Buffer.concat([this.#uploads.get(upload) ?? Buffer.alloc(0), sent]);
    this.#uploads.set(upload, bytes);
    const digest = query.get('digest');
    if (method !== 'PUT' || digest === null)
      return answer(202, {
        location: `/v2/${name}/blobs/uploads/${upload}?_state=s`,
        range: `0-${bytes.length}`,
      });
    if (digest !== digestOf(bytes)) return answer(400, {}, '{"errors":[{"code":"DIGEST_INVALID"}]}');
    this.#stored.set(`${name}/blobs/${digest}`, { bytes, type: 'application/octet-stream' });
    return answer(201, { location: `/v2/${name}/blobs/${digest}` });
  }
}

const answer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Buffer = '',
): EngineResponse => ({ status, headers, body: Readable.from([Buffer.from(body)]) });
