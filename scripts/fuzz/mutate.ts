// What is done to a signed request before it is sent, at every level from its JSON to its bytes on the connection.
import type { Random } from '../../src/lib/random.ts';
import type { Credentials } from '../../src/wire/sigv4/sign.ts';
import { sign } from '../../src/wire/sigv4/sign.ts';
import { bytesBroken, jsonBroken } from './break-body.ts';
import { breakFraming } from './break-framing.ts';
import { breakHeaders, breakSignature, otherMethod, otherOperation, otherPath } from './break-request.ts';
import { rawRequest, requestBytes, type RawRequest } from './http-bytes.ts';
import { below, pick } from './pick.ts';

/** What is sent, and what must come of it. */
export interface Shot {
  readonly kind: Kind;
  readonly bytes: Buffer;
  /**
   * `answer`: a request that is well framed gets an HTTP answer, and the connection stays. `any`: an answer or the end of
   * the connection. `none`: cut off by the sender, so nothing can be asked for. `refusal`: an answer that is not 200, since
   * the signature is not that of what is sent.
   */
  readonly expects: 'answer' | 'refusal' | 'any' | 'none';
}

/** A right call to begin with, and who signs it. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
  readonly host: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Epoch ms. */
  readonly now: number;
}

const kinds = [
  'none',
  'body bytes, then signed',
  'body bytes after signing',
  'JSON, then signed',
  'operation',
  'signature',
  'headers',
  'path',
  'method',
  'framing',
  'cut off',
] as const;
export type Kind = (typeof kinds)[number];

/** Chooses what is done to `call`, by `random` alone. */
export function mutate(call: Call, random: Random): Shot {
  const kind = pick(random, kinds);
  const good = (): RawRequest => signed(call, Buffer.from(JSON.stringify(call.input)));
  const answered = (request: RawRequest): Shot => ({ kind, bytes: requestBytes(request), expects: 'answer' });
  const open = (bytes: Buffer): Shot => ({ kind, bytes, expects: 'any' });
  switch (kind) {
    case 'none':
      return answered(good());
    case 'body bytes, then signed':
      return answered(signed(call, bytesBroken(good().body, random)));
    case 'body bytes after signing':
      return afterSigning(good(), random);
    case 'JSON, then signed':
      return answered(signed(call, jsonBroken(call.input, random)));
    case 'operation':
      return answered(signed({ ...call, operation: otherOperation(call.operation, random) }, good().body));
    case 'signature':
      return answered(breakSignature(good(), random));
    case 'headers':
      return open(requestBytes(breakHeaders(good(), random)));
    case 'path':
      return open(requestBytes(otherPath(good(), random)));
    case 'method':
      return open(requestBytes(otherMethod(good(), random)));
    case 'framing':
      return open(breakFraming(good(), random));
    case 'cut off': {
      const bytes = requestBytes(good());
      return { kind, bytes: bytes.subarray(0, below(random, bytes.length)), expects: 'none' };
    }
  }
}

function afterSigning(request: RawRequest, random: Random): Shot {
  const body = bytesBroken(request.body, random);
  const bytes = requestBytes({ ...request, body });
  return {
    kind: 'body bytes after signing',
    bytes,
    expects: body.equals(request.body) ? 'answer' : 'refusal',
  };
}

function signed({ operation, host, region, credentials, now }: Call, body: Buffer): RawRequest {
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
  };
  const request = { method: 'POST', target: '/', headers, body };
  return rawRequest(sign(request, { credentials, region, signingName: 'ecs', now }));
}
