// URLs that are signed in their query by version 4, as the SDK's getSignedUrl makes them.
import { beforeEach, describe, expect, it } from 'vitest';
import { canonicalRequest } from '../../../src/wire/sigv4/canonical-request.ts';
import { signatureOf } from '../../../src/wire/sigv4/signature.ts';
import { formatTimestamp } from '../../../src/wire/sigv4/timestamp.ts';
import { S3Rig } from '../../../test-support/s3-rig.ts';

let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});

/** The target of a URL that holds for so many seconds. */
function presigned(method: string, path: string, seconds = 600): string {
  const { accessKeyId, secretAccessKey } = rig.ecs.controlPlane.administrator;
  const timestamp = formatTimestamp(rig.ecs.clock.wall());
  const scope = { date: timestamp.slice(0, 8), region: 'us-east-1', service: 's3' };
  const credential = `${accessKeyId}/${scope.date}/us-east-1/s3/aws4_request`;
  const query = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(credential)}`,
    `X-Amz-Date=${timestamp}`,
    `X-Amz-Expires=${seconds}`,
    'X-Amz-SignedHeaders=host',
  ].join('&');
  const target = `${path}?${query}`;
  const canonical = canonicalRequest(
    { method, target, headers: { host: 'h' } },
    ['host'],
    'UNSIGNED-PAYLOAD',
    {
      plainPath: true,
    },
  );
  return `${target}&X-Amz-Signature=${signatureOf(secretAccessKey, scope, timestamp, canonical)}`;
}

const send = (method: string, target: string, body = '') =>
  rig.ecs.controlPlane.handle({
    method,
    target,
    headers: { host: 'h', 'content-length': String(body.length) },
    body: Buffer.from(body),
  });

describe('a presigned URL', () => {
  it('puts and gets what it was made for, without any other signature', async () => {
    expect((await send('PUT', presigned('PUT', '/bucket/a%20b'), 'hello')).status).toBe(200);
    const { status, streamed } = await send('GET', presigned('GET', '/bucket/a%20b'));
    expect(status).toBe(200);
    expect(Buffer.concat((await streamed!.toArray()) as Buffer[]).toString()).toBe('hello');
    expect(String((await send('DELETE', presigned('GET', '/bucket/a%20b'))).body)).toContain(
      'SignatureDoesNotMatch',
    );
    expect((await rig.get('a b')).text).toBe('hello');
  });

  it('ends, after seven days at most', async () => {
    const url = presigned('PUT', '/bucket/k', 60);
    await rig.ecs.clock.advance(61_000);
    expect((await send('PUT', url, 'late')).status).toBe(403);
    expect((await send('PUT', presigned('PUT', '/bucket/k', 604_801), 'x')).status).toBe(400);
    expect(await rig.list()).toEqual([]);
  });
});
