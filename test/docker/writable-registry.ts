// An image registry that keeps what is pushed to it in memory, and counts how often it is asked for an image.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Manifest {
  readonly type: string;
  readonly body: Buffer;
}

/** One repository's worth of the registry protocol, version 2: uploads in one piece, and no deletes. */
export class WritableRegistry implements AsyncDisposable {
  readonly address: string;
  readonly #server;
  readonly #blobs = new Map<string, Buffer>();
  readonly #uploads = new Map<string, Buffer>();
  readonly #manifests = new Map<string, Manifest>();
  #asked = 0;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Serves until it is disposed of. */
  static async open(): Promise<WritableRegistry> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WritableRegistry(server);
  }

  /** How often somebody has asked for a manifest by tag, since the last call. */
  asked(): number {
    const asked = this.#asked;
    this.#asked = 0;
    return asked;
  }

  /** Forgets every image; who asks is told that there is none. */
  clear(): void {
    this.#manifests.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://registry');
    const [, repository = '', kind, name = ''] =
      /^\/v2\/(.+)\/(manifests|blobs\/uploads|blobs)\/(.*)$/.exec(url.pathname) ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (kind === undefined) return reply(response, 200);
    if (kind === 'manifests') {
      return isRead ? this.#readManifest(name, response) : this.#writeManifest(name, request, response);
    }
    if (kind === 'blobs') return readBlob(this.#blobs.get(name), response);
    return this.#upload(`/v2/${repository}/blobs/uploads/`, name, url, request, response);
  }

  #readManifest(reference: string, response: ServerResponse): void {
    if (!reference.startsWith('sha256:')) this.#asked += 1;
    const manifest = this.#manifests.get(reference);
    if (manifest === undefined) {
      const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }];
      return reply(response, 404, { 'content-type': 'application/json' }, JSON.stringify({ errors }));
    }
    const headers = { 'content-type': manifest.type, 'docker-content-digest': digestOf(manifest.body) };
    return reply(response, 200, headers, manifest.body);
  }

  async #writeManifest(reference: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const manifest = { type: request.headers['content-type'] ?? '', body: await buffer(request) };
    const digest = digestOf(manifest.body);
    this.#manifests.set(reference, manifest);
    this.#manifests.set(digest, manifest);
    reply(response, 201, { 'docker-content-digest': digest });
  }

  /** POST opens an upload, PATCH adds to it, PUT ends it. */
  async #upload(
    path: string,
    id: string,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const upload = id || String(this.#uploads.size + 1);
    const content = Buffer.concat([this.#uploads.get(upload) ?? Buffer.alloc(0), await buffer(request)]);
    this.#uploads.set(upload, content);
    const digest = url.searchParams.get('digest');
    if (request.method === 'PUT' && digest !== null) {
      this.#blobs.set(digest, content);
      return reply(response, 201, { 'docker-content-digest': digest });
    }
    reply(response, 202, { location: `${path}${upload}`, range: `0-${Math.max(0, content.length - 1)}` });
  }
}

function readBlob(blob: Buffer | undefined, response: ServerResponse): void {
  if (blob === undefined) return reply(response, 404);
  reply(response, 200, { 'docker-content-digest': digestOf(blob) }, blob);
}

const digestOf = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** Node leaves the body of an answer to HEAD away by itself. */
function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Buffer | string = '',
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
