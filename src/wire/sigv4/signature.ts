// The signature itself: from a canonical request and a secret to 64 hex digits.
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** The only algorithm there is here. */
export const algorithm = 'AWS4-HMAC-SHA256';

/** What a signing key is good for: one UTC day (YYYYMMDD), region and service. */
export interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The scope as it stands in a credential. */
export function scopeText({ date, region, service }: Scope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

/** SHA-256 of a body or a text, in lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** The signature of a canonical request. `timestamp` has the form 20260131T235959Z. */
export function signatureOf(
  secretAccessKey: string,
  scope: Scope,
  timestamp: string,
  canonicalRequest: string,
): string {
  const stringToSign = `${algorithm}\n${timestamp}\n${scopeText(scope)}\n${sha256Hex(canonicalRequest)}`;
  return signText(secretAccessKey, scope, stringToSign);
}

/** The signature, in hex, of a text made to be signed. */
export function signText(secretAccessKey: string, scope: Scope, stringToSign: string): string {
  return createHmac('sha256', signingKey(secretAccessKey, scope)).update(stringToSign).digest('hex');
}

// Deriving a key takes four HMACs, more than the rest of a verification, and changes once a day. A pure function's memo;
// of KeyObjects, because node makes one at each HMAC from plain bytes, which takes six times as long as the HMAC.
const derived = new Map<string, KeyObject>();
const derivedLimit = 256;

function signingKey(secretAccessKey: string, scope: Scope): KeyObject {
  const name = `${scope.date}/${scope.region}/${scope.service}/${secretAccessKey}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  const key = createSecretKey(deriveSigningKey(secretAccessKey, scope));
  for (const oldest of derived.keys()) {
    if (derived.size < derivedLimit) break;
    derived.delete(oldest);
  }
  derived.set(name, key);
  return key;
}

function deriveSigningKey(secretAccessKey: string, { date, region, service }: Scope): Buffer {
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), service), 'aws4_request');
}
