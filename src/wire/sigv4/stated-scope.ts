// Which service a request says it is signed for, before anything of it is believed.
import { headerOf } from '../header-of.ts';
import type { HttpRequest } from '../http.ts';
import { splitTarget } from '../request-target.ts';
import { uriDecode } from './uri-encode.ts';

const credential = /^[^/]*\/[^/]*\/[^/]*\/([a-z0-9-]{1,64})\/aws4_request$/;

/** The signing name in the scope that a signature, in the headers or in the query, claims; undefined when there is none. */
export function statedSigningName(request: Pick<HttpRequest, 'target' | 'headers'>): string | undefined {
  const authorization = headerOf(request.headers, 'authorization') ?? '';
  const inHeader = /[ ,]Credential=([^,\s]*)/.exec(authorization)?.[1];
  return credential.exec(inHeader ?? inQuery(request.target) ?? '')?.[1];
}

function inQuery(target: string): string | undefined {
  const encoded = /(?:^|&)X-Amz-Credential=([^&]*)/.exec(splitTarget(target).query)?.[1];
  return encoded === undefined ? undefined : uriDecode(encoded);
}
