// AES-256-GCM as everything here uses it: the nonce in front, the tag at the end, and what the text belongs to as additional data.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../../lib/random.ts';

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Encrypts `plaintext` with `key` (32 bytes); it opens for the same `belongsTo` only. */
export function sealBytes(
  key: Uint8Array,
  random: Random,
  belongsTo: string,
  plaintext: Uint8Array | string,
): Buffer {
  const nonce = random.bytes(nonceLength);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(belongsTo));
  return Buffer.concat([
    nonce,
    sealing.update(typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext),
    sealing.final(),
    sealing.getAuthTag(),
  ]);
}

/** What was sealed; undefined where the bytes were changed, or sealed with another key or for something else. */
export function openBytes(key: Uint8Array, belongsTo: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined;
  try {
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    opening.setAAD(Buffer.from(belongsTo)).setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([opening.update(sealed.subarray(nonceLength, -tagLength)), opening.final()]);
  } catch {
    return undefined;
  }
}
