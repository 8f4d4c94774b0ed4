import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Headers } from '../http.ts';
import { streamedPayload } from './streamed-payload.ts';

const signing = {
  secretAccessKey: 'k',
  scope: { date: '20260131', region: 'us-east-1', service: 's3' },
  timestamp: '20260131T235959Z',
  seed: 's',
};
const unsigned = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

async function read(
  source: AsyncIterable<Uint8Array>,
  headers: Headers,
  stated: string,
): Promise<{ text: string; trailers: Headers; length: number | undefined }> {
  const body = streamedPayload(source, headers, { stated, signing });
  let text = '';
  for await (const piece of body) text += Buffer.from(piece).toString();
  return { text, trailers: body.trailers(), length: body.length };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a body that is checked while it flows', () => {
  it('is what was signed by its hash', async () => {
    expect(await read(pieces('hello', 2), { 'content-length': '5' }, sha256('hello'))).toEqual({
      text: 'hello',
      trailers: {},
      length: 5,
    });
    await expect(read(pieces('hellp', 2), { 'content-length': '5' }, sha256('hello'))).rejects.toMatchObject({
      code: 'XAmzContentSHA256Mismatch',
      fields: { ClientComputedContentSHA256: sha256('hello') },
    });
  });

  it.each([
    ['shorter', 'hell'],
    ['longer', 'helloo'],
  ])('%s than was said is refused', async (_, text) => {
    await expect(read(pieces(text, 3), { 'content-length': '5' }, 'UNSIGNED-PAYLOAD')).rejects.toMatchObject({
      code: 'IncompleteBody',
    });
  });

  it.each([1, 2, 3, 7, 100])('comes out of its chunks in pieces of %i bytes', async (size) => {
    const text = '3\r\nabc\r\n2\r\nde\r\n0\r\nX-Amz-Checksum-Crc32: AA==\r\n\r\n';
    expect(await read(pieces(text, size), { 'x-amz-decoded-content-length': '5' }, unsigned)).toEqual({
      text: 'abcde',
      trailers: { 'x-amz-checksum-crc32': 'AA==' },
      length: 5,
    });
  });

  it.each([
    ['cut off in a chunk', '3\r\nab'],
    ['cut off after a chunk', '3\r\nabc\r\n'],
    ['longer than it says', '3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n'],
    ['without line ends', 'x'.repeat(10_000)],
  ])('in chunks, %s, is refused', async (_, text) => {
    await expect(
      read(pieces(text, 4), { 'x-amz-decoded-content-length': '3' }, unsigned),
    ).rejects.toMatchObject({
      code: 'IncompleteBody',
    });
  });

  it('has ended too early where its client went away', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('he');
      throw new Error('aborted');
    }
    await expect(read(broken(), { 'content-length': '5' }, 'UNSIGNED-PAYLOAD')).rejects.toMatchObject({
      code: 'IncompleteBody',
    });
  });
});
