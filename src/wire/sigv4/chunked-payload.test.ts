import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../http.ts';
import { authenticate } from './authenticate.ts';
import { readChunkedPayload, type ChunkSigning } from './chunked-payload.ts';

// The example of AWS's documentation: 66,560 times `a`, in chunks of 64 KiB, and then with a checksum after it.
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const timestamp = '20130524T000000Z';
const whole = Buffer.alloc(66_560, 'a');
const chunk = (size: number, signature: string): string =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`;

const signedChunks = Buffer.from(
  chunk(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648') +
    chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497') +
    chunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
);
const request: HttpRequest = {
  method: 'PUT',
  target: '/examplebucket/chunkObject.txt',
  headers: {
    host: 's3.amazonaws.com',
    'x-amz-date': timestamp,
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      'SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,' +
      'Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  },
  body: signedChunks,
};
const authenticated = (change: Partial<HttpRequest> = {}) =>
  authenticate(
    { ...request, ...change },
    {
      now: Date.UTC(2013, 4, 24),
      lookup: () => ({ secretAccessKey, accountId: '1', principalArn: 'arn' }),
      signingNames: ['s3'],
    },
  );

describe('a body in signed chunks', () => {
  it('is what was signed', () => {
    expect(authenticated().chunked).toEqual({ body: whole, trailers: {} });
  });

  const second = signedChunks.indexOf('400;chunk-signature=');
  const last = signedChunks.indexOf('0;chunk-signature=b6c6');
  const changed = (from: string, to: string): Buffer =>
    Buffer.from(signedChunks.toString('latin1').replace(from, to), 'latin1');

  it.each([
    ['changed', changed('aaaa', 'aaab')],
    ['short of a chunk', Buffer.concat([signedChunks.subarray(0, second), signedChunks.subarray(last)])],
    ['with another signature', changed('signature=ad', 'signature=ae')],
    ['without a signature', changed(/;chunk-signature=ad[0-9a-f]*/.exec(signedChunks.toString())![0], '')],
  ])('%s is refused', (_, body) => {
    expect(() => authenticated({ body })).toThrow(/does not match the signature you provided/);
  });

  it.each([
    ['cut off', signedChunks.subarray(0, 70_000 - 5000)],
    ['without its last chunk', signedChunks.subarray(0, last)],
    ['not in chunks', Buffer.from('hello')],
    ['empty', Buffer.alloc(0)],
    ['of a length that is none', Buffer.from('xyz;chunk-signature=0\r\n\r\n')],
  ])('%s is refused', (_, body) => {
    expect(() => authenticated({ body })).toThrow(/not in chunks/);
  });
});

const withTrailer: ChunkSigning = {
  secretAccessKey,
  scope,
  timestamp,
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
};
const length = { 'x-amz-decoded-content-length': '66560' };

describe('a body with trailers', () => {
  const body = (checksum = 'sOO8/Q==') =>
    Buffer.from(
      chunk(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2') +
        chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7') +
        '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n' +
        `x-amz-checksum-crc32c:${checksum}\r\n` +
        'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
    );
  const read = (bytes: Buffer) =>
    readChunkedPayload('STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', bytes, length, withTrailer);

  it('is what was signed, and so are they', () => {
    expect(read(body())).toEqual({ body: whole, trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' } });
  });

  it('is refused when one was changed, or is not signed', () => {
    expect(() => read(body('sOO8/R=='))).toThrow(/does not match the signature/);
    const unsigned = body().subarray(0, body().indexOf('x-amz-trailer-signature'));
    expect(() => read(unsigned)).toThrow(/does not match the signature/);
  });

  it('may be unsigned where the client says so', () => {
    const read = (text: string, size: number) =>
      readChunkedPayload(
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        Buffer.from(text),
        { 'x-amz-decoded-content-length': String(size) },
        withTrailer,
      );
    expect(read('3\r\nabc\r\n2\r\nde\r\n0\r\nX-Amz-Checksum-Crc32: AA==\r\n\r\n', 5)).toEqual({
      body: Buffer.from('abcde'),
      trailers: { 'x-amz-checksum-crc32': 'AA==' },
    });
    expect(read('0\r\n\r\n', 0)).toEqual({ body: Buffer.alloc(0), trailers: {} });
    expect(() => read('3\r\nabc\r\n0\r\n\r\n', 4)).toThrow(/must be the length of the body: 3/);
    expect(() => read('3\r\nabcd\r\n0\r\n\r\n', 4)).toThrow(/not in chunks/);
    expect(() => read('3\r\nabc\r\n0\r\nno colon\r\n\r\n', 3)).toThrow(/not in chunks/);
  });
});
