// What a request claims about its signature, before anything of it is believed.
import { incompleteSignature, invalidSignature } from './errors.ts';
import type { Scope } from './signature.ts';

/** A signature as the request states it, in its headers or in its query. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** Lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed, in the form that was signed: 20260131T235959Z. */
  readonly timestamp: string;
  /** The same as epoch ms. */
  readonly signedAt: number;
  /** Seconds for which a presigned URL holds; undefined for a signature in the headers. */
  readonly expiresIn: number | undefined;
  /** Undefined when there is none, or an empty one. */
  readonly sessionToken: string | undefined;
  /** What a presigned URL says of the body, in place of the header `x-amz-content-sha256`. */
  readonly payloadHash: string | undefined;
}

/** Takes `AKID/20260131/region/service/aws4_request` apart. */
export function parseCredential(text: string): { readonly accessKeyId: string; readonly scope: Scope } {
  const parts = text.split('/');
  if (parts.length !== 5) {
    throw incompleteSignature(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  const [accessKeyId, date, region, service, terminator] = parts as [string, string, string, string, string];
  if (terminator !== 'aws4_request') {
    throw invalidSignature(`Credential should be scoped with a valid terminator: 'aws4_request'.`);
  }
  return { accessKeyId, scope: { date, region, service } };
}

/** The names in `host;x-amz-date`. */
export function parseSignedHeaders(text: string): readonly string[] {
  const names = text.toLowerCase();
  if (!/^[a-z0-9!#$%&'*+.^_`|~;-]+$/.test(names)) {
    throw incompleteSignature('SignedHeaders must be header names separated by semicolons.');
  }
  return names.split(';');
}

/** The error for a date that is not of the one form allowed. */
export function badDate(): Error {
  return incompleteSignature(
    `Date must be in ISO-8601 'basic format', e.g. 20260131T235959Z. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}
