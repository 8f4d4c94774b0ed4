// The least that a signed JSON API can be: node:http, our own verification of SigV4, one answer. A process of its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessKey } from '../../src/aws/iam/state/access-key/access-key.ts';
import { plainRequest } from '../../src/wire/plain-request.ts';
import { authenticate } from '../../src/wire/sigv4/authenticate.ts';

/** What the parent says first: whose signatures count, and the JSON to answer with. */
export interface EchoOptions {
  readonly key: AccessKey;
  readonly answer: object;
}

/** What it is told then. */
export interface EchoReady {
  readonly port: number;
}

function serve({ key, answer }: EchoOptions): void {
  const lookup = (id: string): AccessKey | undefined => (id === key.accessKeyId ? key : undefined);
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      try {
        authenticate(plainRequest(incoming, body), { now: Date.now(), lookup, signingNames: ['ecs'] });
        JSON.parse(body.toString());
        const text = JSON.stringify(answer);
        response.writeHead(200, {
          'content-type': 'application/x-amz-json-1.1',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      } catch {
        response.writeHead(403).end();
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const ready: EchoReady = { port: (server.address() as AddressInfo).port };
    process.send!(ready);
  });
}

process.once('message', serve);
process.once('disconnect', () => process.exit());
