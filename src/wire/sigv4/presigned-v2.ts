// URLs that are signed by Signature Version 2, as the AWS CLI 1 still makes them for S3 in us-east-1: `AWSAccessKeyId`, `Expires` and `Signature`
// in the query. They name no service and no region; S3 alone has them.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { signatureMismatch } from './errors.ts';
import { uriDecode } from './uri-encode.ts';

type RequestHead = Pick<HttpRequest, 'method' | 'target' | 'headers'>;

/** A signature of version 2, before anything of it is believed. */
export interface ClaimV2 {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly signature: string;
  /** Epoch seconds, as it stands. */
  readonly expires: string;
}

/** Where such URLs hold. */
export const regionV2 = 'us-east-1';

/** The claim in a query; undefined where there is none. */
export function claimV2({ target, headers }: Pick<HttpRequest, 'target' | 'headers'>): ClaimV2 | undefined {
  const query = parametersOf(target);
  const [accessKeyId, signature, expires] = ['AWSAccessKeyId', 'Signature', 'Expires'].map((name) =>
    query.get(name),
  );
  if (accessKeyId === undefined || signature === undefined || expires === undefined) return undefined;
  if (headerOf(headers, 'authorization') !== undefined) return undefined;
  return { accessKeyId, signature, expires, sessionToken: query.get('x-amz-security-token') };
}

/** Throws AccessDenied once the URL has ended, SignatureDoesNotMatch where it is not the one that was signed. `now` is in epoch ms. */
export function checkV2(request: RequestHead, claim: ClaimV2, secretAccessKey: string, now: number): void {
  if (!/^\d{1,11}$/.test(claim.expires) || Number(claim.expires) * 1000 < now)
    throw new ApiError('AccessDenied', 'Request has expired', 403, { Expires: claim.expires });
  const expected = createHmac('sha1', secretAccessKey).update(textToSign(request, claim)).digest();
  const given = Buffer.from(claim.signature, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) throw signatureMismatch();
}

/** Parameters that select what is asked for: they are signed; others are not. */
const signedParameters = new Set([
  ...[
    'accelerate',
    'acl',
    'cors',
    'delete',
    'lifecycle',
    'location',
    'logging',
    'notification',
    'partNumber',
  ],
  ...[
    'policy',
    'requestPayment',
    'restore',
    'tagging',
    'torrent',
    'uploadId',
    'uploads',
    'versionId',
    'versioning',
  ],
  ...[
    'versions',
    'website',
    'response-cache-control',
    'response-content-disposition',
    'response-content-encoding',
  ],
  ...['response-content-language', 'response-content-type', 'response-expires'],
]);

function textToSign({ method, target, headers }: RequestHead, { expires }: ClaimV2): string {
  const query = parametersOf(target);
  const amz = [...Object.entries(headers), ...query]
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`);
  const selecting = [...query]
    .filter(([name]) => signedParameters.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = splitTarget(target).path + (selecting.length === 0 ? '' : `?${selecting.join('&')}`);
  const told = ['content-md5', 'content-type'].map(
    (name) => query.get(name) ?? headerOf(headers, name) ?? '',
  );
  return [method, ...told, expires, `${amz.join('')}${resource}`].join('\n');
}

function parametersOf(target: string): ReadonlyMap<string, string> {
  const pairs = splitTarget(target)
    .query.split('&')
    .filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [uriDecode(name), uriDecode(value.join('='))] as const;
    }),
  );
}
