// Page tokens as callers see them: sealed, so that one that was cut off, changed or made up is refused, and never answers another
// page than the one that was meant. They survive a restart.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../../lib/random.ts';
import { InvalidToken } from './page.ts';

export interface PageSeal {
  /** The token to hand out for what an operation gave as its `nextToken`. */
  close(operation: string, token: string): string;
  /** What was sealed for that operation; throws InvalidToken for any text that was not. */
  open(operation: string, token: string): string;
}

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Seals with `secret` (32 bytes), each token for one operation only. */
export function createPageSeal(secret: Uint8Array, random: Random): PageSeal {
  return {
    close(operation, token) {
      const nonce = random.bytes(nonceLength);
      const sealing = createCipheriv(cipher, secret, nonce).setAAD(Buffer.from(operation));
      const sealed = [nonce, sealing.update(token, 'utf8'), sealing.final(), sealing.getAuthTag()];
      return Buffer.concat(sealed).toString('base64url');
    },
    open(operation, token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < nonceLength + tagLength) throw new InvalidToken();
      try {
        const opening = createDecipheriv(cipher, secret, bytes.subarray(0, nonceLength), {
          authTagLength: tagLength,
        });
        opening.setAAD(Buffer.from(operation)).setAuthTag(bytes.subarray(-tagLength));
        return (
          opening.update(bytes.subarray(nonceLength, -tagLength), undefined, 'utf8') + opening.final('utf8')
        );
      } catch {
        throw new InvalidToken();
      }
    },
  };
}
