// What S3's clients say of a body so that it can be checked: its MD5, or a checksum, in a header.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';

const hash = (algorithm: string) => (body: Uint8Array) =>
  createHash(algorithm).update(body).digest().toString('base64');

function crc32Text(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** By header: what S3 calls the digest, and how it is made. */
const digests: Readonly<Record<string, readonly [name: string, of: (body: Uint8Array) => string]>> = {
  'content-md5': ['Content-MD5', hash('md5')],
  'x-amz-checksum-crc32': ['CRC32', crc32Text],
  'x-amz-checksum-sha1': ['SHA1', hash('sha1')],
  'x-amz-checksum-sha256': ['SHA256', hash('sha256')],
};

/** The request, whose body is what its headers say; throws BadDigest, or InvalidDigest for what is no MD5. A body in chunks has its checksum behind it. */
export function checkedBody(request: HttpRequest): HttpRequest {
  const { headers, body } = request;
  const isInChunks = headerOf(headers, 'x-amz-content-sha256')?.startsWith('STREAMING-') === true;
  if (body.length === 0 || isInChunks) return request;
  for (const [header, [name, digestOf]] of Object.entries(digests)) {
    const stated = headerOf(headers, header);
    if (stated === undefined) continue;
    if (header === 'content-md5' && Buffer.from(stated, 'base64').length !== 16)
      throw new ApiError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
    if (stated !== digestOf(body))
      throw new ApiError(
        'BadDigest',
        header === 'content-md5'
          ? 'The Content-MD5 you specified did not match what we received.'
          : `The ${name} you specified did not match the calculated checksum.`,
      );
  }
  return request;
}
