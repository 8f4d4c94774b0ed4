// An image registry of one empty image, for pulls that must not leave this machine.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface TestRegistry extends AsyncDisposable {
  /** `host:port`; it holds `present:latest` and nothing else. */
  readonly address: string;
  /** Of the manifest of `present:latest`. */
  readonly digest: string;
}

const digestOf = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;
const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/** Serves until it is disposed of. */
export async function startRegistry(): Promise<TestRegistry> {
  const tar = Buffer.alloc(1024);
  const layer = gzipSync(tar);
  const config = json({
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['none'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  });
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = json({
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: digestOf(config),
    },
    layers: [
      {
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: layer.length,
        digest: digestOf(layer),
      },
    ],
  });
  const digest = digestOf(manifest);
  const content = new Map([
    ['/v2/', Buffer.from('{}')],
    ['/v2/present/manifests/latest', manifest],
    [`/v2/present/manifests/${digest}`, manifest],
    [`/v2/present/blobs/${digestOf(config)}`, config],
    [`/v2/present/blobs/${digestOf(layer)}`, layer],
  ]);
  const server = createServer((request, response) => {
    const found = content.get(request.url ?? '');
    const isManifest = found === manifest;
    const body = found ?? json({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] });
    response.writeHead(found ? 200 : 404, {
      'content-length': body.length,
      'content-type': isManifest ? mediaType : 'application/json',
      ...(isManifest && { 'docker-content-digest': digest }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    digest,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
