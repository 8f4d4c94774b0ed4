import { expect, it } from 'vitest';
import type { Headers, HttpRequest } from '../http.ts';
import { authenticate, type Authenticated } from '../sigv4/authenticate.ts';
import { sha256Hex } from '../sigv4/signature.ts';
import { forwardedRequest, wasForwarded } from './forwarded-request.ts';

const now = Date.UTC(2026, 0, 1);
const credentials = { accessKeyId: 'AKIAELSEWHERE', secretAccessKey: 'elsewhere', sessionToken: 'a token' };
const target = { url: 'http://minio.internal:9000', credentials };

const aCaller = (change: Partial<Authenticated> = {}): Authenticated => ({
  accountId: '1',
  region: 'us-east-1',
  accessKeyId: 'AKIA',
  principalArn: 'arn',
  signingName: 's3',
  signedHeaders: ['host', 'x-amz-acl', 'x-amz-content-sha256', 'x-amz-date'],
  chunked: undefined,
  ...change,
});

const aRequest = (headers: Headers = {}, change: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'PUT',
  target: '/b/k',
  headers: { host: '127.0.0.1:4566', authorization: 'theirs', 'x-amz-date': '20251231T235959Z', ...headers },
  body: Buffer.from('content'),
  ...change,
});

const sent = (request: HttpRequest, caller = aCaller(), to: typeof target | { url: string } = target) =>
  forwardedRequest(request, caller, to, now);

it('is signed as its service demands, which can verify it', () => {
  const request = sent(aRequest({ 'x-amz-acl': 'private' }));
  expect(request.headers).toMatchObject({
    host: 'minio.internal:9000',
    'x-amz-acl': 'private',
    'x-amz-content-sha256': sha256Hex('content'),
    'x-amz-date': '20260101T000000Z',
    'x-amz-security-token': 'a token',
    'content-length': '7',
  });
  const lookup = (_: string, token?: string) =>
    token === 'a token' ? { ...credentials, accountId: '2', principalArn: 'other' } : undefined;
  expect(authenticate(request, { now, lookup, signingNames: ['s3'] })).toMatchObject({
    accessKeyId: 'AKIAELSEWHERE',
    region: 'us-east-1',
  });
});

it('leaves behind what belongs to the connection and to the signature of the client', () => {
  const request = sent(
    aRequest({
      connection: 'close, X-Hop',
      'x-hop': '1',
      'transfer-encoding': 'chunked',
      te: 'trailers',
      expect: '100-continue',
      date: 'Thu, 01 Jan 1970 00:00:00 GMT',
      'x-amz-security-token': 'theirs',
      range: 'bytes=0-1',
    }),
    aCaller(),
    { url: 'http://minio.internal' },
  );
  expect(request.headers).toEqual({
    'content-length': '7',
    host: 'minio.internal',
    range: 'bytes=0-1',
    via: '1.1 longshore',
  });
});

it('says nothing in its headers that the client did not sign and the service acts on', () => {
  const { headers } = sent(aRequest({ 'x-amz-copy-source': '/other/secret', 'x-amz-acl': 'private' }));
  expect(headers).toHaveProperty('x-amz-acl');
  expect(headers).not.toHaveProperty('x-amz-copy-source');
});

it('has no part of a presigned URL, whose other parameters stay as they are', () => {
  const signature =
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z' +
    '&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=abc&X-Amz-Security-Token=t&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD';
  const ofQuery = (query: string) => sent(aRequest({}, { method: 'GET', target: `/b/k?${query}` })).target;
  expect(ofQuery(`versionId=a%2Fb&${signature}&x-id=GetObject`)).toBe('/b/k?versionId=a%2Fb&x-id=GetObject');
  expect(ofQuery(signature)).toBe('/b/k');
  expect(ofQuery('uploads')).toBe('/b/k?uploads');
});

it('has its body in one where the client sent chunks, and its checksum in a header', () => {
  const trailers = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-acl': 'public-read' };
  const request = sent(
    aRequest({
      'content-encoding': 'gzip,aws-chunked',
      'content-length': '64',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    }),
    aCaller({ chunked: { body: Buffer.from('whole'), trailers } }),
  );
  expect(Buffer.from(request.body).toString()).toBe('whole');
  expect(request.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-length': '5',
    'x-amz-checksum-crc32': 'AAAAAA==',
    'x-amz-content-sha256': sha256Hex('whole'),
  });
  for (const name of ['x-amz-acl', 'x-amz-trailer', 'x-amz-decoded-content-length'])
    expect(request.headers).not.toHaveProperty(name);
});

it('has the bucket in its path where its client had it in the host', () => {
  const path = (host: string, headers: Headers = {}, signingName = 's3') =>
    sent(aRequest({ host, ...headers }, { target: '/k?acl' }), aCaller({ signingName })).target;
  expect(path('photos.2026.localhost:4566')).toBe('/photos.2026/k?acl');
  expect(path('localhost:4566')).toBe('/k?acl');
  expect(path('127.0.0.1:4566')).toBe('/k?acl');
  expect(path('123456789012.localhost:4566', { 'x-amz-account-id': '123456789012' })).toBe('/k?acl');
  expect(path('photos.localhost', {}, 'sqs')).toBe('/k?acl');
});

it('tells on its way that a Longshore has sent it on', () => {
  const request = sent(aRequest({ via: '1.0 proxy' }));
  expect(request.headers['via']).toBe('1.0 proxy, 1.1 longshore');
  expect(wasForwarded(request)).toBe(true);
  expect(wasForwarded(aRequest({ via: '1.0 proxy' }))).toBe(false);
});
