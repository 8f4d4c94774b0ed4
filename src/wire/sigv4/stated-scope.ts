// Which service a request says it is signed for, and with which key, before anything of it is believed.
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { claimV2 } from './presigned-v2.ts';
import { uriDecode } from './uri-encode.ts';

const credential = /^[^/]*\/[^/]*\/[^/]*\/([a-z0-9-]{1,64})\/aws4_request$/;

/** The signing name in the scope that a signature, in the headers or in the query, claims; undefined when there is none. */
export const statedSigningName = (request: StatedIn): string | undefined =>
  credential.exec(statedCredential(request) ?? '')?.[1] ??
  (claimV2(request) === undefined ? undefined : 's3');

/** The id of the key that a signature claims; undefined where what stands there has not the form of one: it might be a secret. */
export const statedAccessKeyId = (request: StatedIn): string | undefined =>
  /^(A[KS]IA[A-Z0-9]{16})\//.exec(statedCredential(request) ?? '')?.[1];

type StatedIn = Pick<HttpRequest, 'target' | 'headers'>;

function statedCredential({ headers, target }: StatedIn): string | undefined {
  const authorization = headerOf(headers, 'authorization') ?? '';
  return /[ ,]Credential=([^,\s]*)/.exec(authorization)?.[1] ?? inQuery(target);
}

function inQuery(target: string): string | undefined {
  const encoded = /(?:^|&)X-Amz-Credential=([^&]*)/.exec(splitTarget(target).query)?.[1];
  return encoded === undefined ? undefined : uriDecode(encoded);
}
