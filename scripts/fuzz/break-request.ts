// Damage to all of a signed request but its body.
import type { Random } from '../../src/lib/random.ts';
import type { RawRequest } from './http-bytes.ts';
import { below, pick } from './pick.ts';

const anyText = (random: Random, length = 12): string =>
  Buffer.from(random.bytes(1 + below(random, length))).toString('latin1');
/** Of characters that are allowed in headers and paths. */
const plainText = (random: Random, length = 12): string =>
  anyText(random, length).replace(/[^\x21-\x7e]/g, pick(random, ['x', '/', '%', '=', '.', '"']));

/** The name of another operation, one that does not exist, or hardly a name. */
export const otherOperation = (operation: string, random: Random): string =>
  pick(random, [
    () => operation.toLowerCase(),
    () => `${operation}.${operation}`,
    () => '',
    () => plainText(random, 40),
    () => pick(random, ['constructor', '__proto__', 'toString', 'hasOwnProperty']),
    () => 'x'.repeat(4_000),
  ])();

const changedHeader = (request: RawRequest, name: string, change: (value: string) => string): RawRequest => ({
  ...request,
  headers: request.headers.map(([each, value]) => [each, each === name ? change(value) : value] as const),
});

/** A signature that is not the request's, or that is hardly one. */
export function breakSignature(request: RawRequest, random: Random): RawRequest {
  const change = (change: (value: string) => string): RawRequest =>
    changedHeader(request, 'authorization', change);
  return pick(random, [
    () =>
      change((value) => {
        const at = below(random, value.length);
        return value.slice(0, at) + plainText(random) + value.slice(at + below(random, 20));
      }),
    () => change((value) => value.slice(0, below(random, value.length))),
    () => change((value) => value.replace(/Signature=.*/, `Signature=${'0'.repeat(64)}`)),
    () => change((value) => value.replace(/Credential=[^/]*/, `Credential=${plainText(random, 30)}`)),
    () => change((value) => value.replace(/SignedHeaders=[^,]*/, `SignedHeaders=${'a;'.repeat(2_000)}`)),
    () => change(() => ''),
    () =>
      changedHeader(request, 'x-amz-date', () =>
        pick(random, ['20000101T000000Z', '99999999T999999Z', 'x', '']),
      ),
    () => changedHeader(request, 'x-amz-target', (value) => `${value}x`),
    () => ({ ...request, headers: request.headers.filter(([name]) => name !== 'authorization') }),
  ])();
}

const knownNames = [
  'host',
  'content-type',
  'content-encoding',
  'authorization',
  'x-amz-date',
  'x-amz-target',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'expect',
  'upgrade',
  'connection',
  'transfer-encoding',
  'content-length',
  'cookie',
  '__proto__',
];
const knownValues = [
  '',
  'gzip',
  'chunked',
  'gzip, chunked',
  '100-continue',
  'websocket',
  'upgrade',
  'keep-alive, upgrade',
  'close',
  '-1',
  '0',
  '99999999999999999999',
  'AmazonEC2ContainerServiceV20141113.ListClusters',
];

/** A header more, less, twice, without sense, or larger than any. */
export function breakHeaders(request: RawRequest, random: Random): RawRequest {
  const { headers } = request;
  const at = below(random, headers.length);
  const put = (...more: readonly (readonly [string, string])[]): RawRequest => ({
    ...request,
    headers: [...headers.slice(0, at), ...more, ...headers.slice(at)],
  });
  return pick(random, [
    () => put([pick(random, knownNames), pick(random, knownValues)]),
    () => put([pick(random, knownNames), anyText(random)]),
    () => put([plainText(random), plainText(random)]),
    () => put([anyText(random), anyText(random, 200)]),
    () => put(headers[at]!),
    () => put(['x-large', 'x'.repeat(pick(random, [1_000, 15_000, 17_000, 200_000]))]),
    () => put(...Array.from({ length: 3_000 }, (_, number) => [`x-${number}`, '1'] as const)),
    () => put(['upgrade', 'websocket'], ['connection', 'upgrade']),
    () => ({ ...request, headers: headers.filter((_, index) => index !== at) }),
    () => ({ ...request, headers: [] }),
  ])();
}

/** Another path or query, also such as no client would send. */
export const otherPath = (request: RawRequest, random: Random): RawRequest => ({
  ...request,
  target: pick(random, [
    () =>
      pick(random, [
        '/acs/ws',
        '/tcs/ws',
        '/health',
        '/metrics',
        '/version',
        '/v1/clusters',
        '*',
        '',
        '//',
        '/..',
      ]),
    () => `/${plainText(random, 60)}`,
    () => `/${anyText(random, 60)}`,
    () =>
      `/?${plainText(random)}=${plainText(random)}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=${plainText(random)}`,
    () =>
      '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2Fb%2Fc%2Fd%2Faws4_request&X-Amz-Date=%&X-Amz-Signature=',
    () => `/${'a'.repeat(pick(random, [1_000, 20_000]))}`,
    () => `http://elsewhere.example/${plainText(random)}`,
    () => `/%${plainText(random, 4)}%ff%00`,
  ])(),
});

/** Another method, or a word that is none. */
export const otherMethod = (request: RawRequest, random: Random): RawRequest => ({
  ...request,
  method: pick(random, [
    'GET',
    'PUT',
    'HEAD',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PRI',
    'post',
    '',
    plainText(random),
  ]),
});
