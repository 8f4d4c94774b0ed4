// A whole signed HTTP request as bytes, to be sent as often as one likes within the five minutes that its signature is good for.
import type { Access } from '../../src/cli/access-file.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';

/** How the clients of a JSON service name it. */
export interface JsonService {
  readonly signingName: string;
  readonly targetPrefix: string;
}

const ecs: JsonService = { signingName: 'ecs', targetPrefix: 'AmazonEC2ContainerServiceV20141113' };

/** A call of an operation with the administrator's key, as it goes over the connection to `host` (name and port). */
export function signedRequest(
  access: Access,
  host: string,
  operation: string,
  body: string,
  { signingName, targetPrefix }: JsonService = ecs,
): Buffer {
  const { accessKeyId, secretAccessKey, region } = access;
  const { headers } = sign(
    {
      method: 'POST',
      target: '/',
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${targetPrefix}.${operation}`,
      },
      body: Buffer.from(body),
    },
    { credentials: { accessKeyId, secretAccessKey }, region, signingName, now: Date.now() },
  );
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
  const head = ['POST / HTTP/1.1', ...lines.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
