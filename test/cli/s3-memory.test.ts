// A server and its client in one process: an object that is larger than what both may grow by goes in and out.
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { startServer } from '../../src/server.ts';

const mebibyte = 1024 ** 2;
const size = 300 * mebibyte;

it('streams an object of 300 MB up and down, in little memory', { timeout: 180_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'longshore-s3-memory-'));
  const server = await startServer({
    dataDirectory: directory,
    host: '127.0.0.1',
    port: 0,
    accountId: '000000000000',
    region: 'us-east-1',
    stoppedTaskRetention: 3_600_000,
    healthyAfter: 1,
    throttling: 'off',
    log: silentLog,
    onFailure: (error) => {
      throw error;
    },
  });
  const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
  const s3 = new S3Client({
    region: 'us-east-1',
    endpoint: server.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'first', Body: 'x' }));
    const before = process.memoryUsage.rss();
    const sent = createHash('md5');
    function* chunks(): Iterable<Buffer> {
      for (let at = 0; at < size; at += mebibyte) {
        const chunk = Buffer.alloc(mebibyte, at / mebibyte);
        sent.update(chunk);
        look();
        yield chunk;
      }
    }
    const Body = Readable.from(chunks(), { objectMode: false });
    const { ETag } = await s3.send(
      new PutObjectCommand({ Bucket: 'bucket', Key: 'large', Body, ContentLength: size }),
    );
    const digest = sent.digest('hex');
    expect(ETag).toBe(`"${digest}"`);
    const { Body: back } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'large' }));
    const received = createHash('md5');
    for await (const chunk of back as Readable) {
      received.update(chunk as Buffer);
      look();
    }
    expect(received.digest('hex')).toBe(digest);
    expect(most - before).toBeLessThan(150 * mebibyte);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true });
  }
});
