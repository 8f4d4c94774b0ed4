// Page tokens as callers see them: sealed, so that one that was cut off, changed or made up is refused, and never answers another
// page than the one that was meant. They survive a restart.
import type { Random } from '../../lib/random.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import { InvalidToken } from './page.ts';

export interface PageSeal {
  /** The token to hand out for what an operation gave as its `nextToken`. */
  close(operation: string, token: string): string;
  /** What was sealed for that operation; throws InvalidToken for any text that was not. */
  open(operation: string, token: string): string;
}

/** Seals with `secret` (32 bytes), each token for one operation only. */
export function createPageSeal(secret: Uint8Array, random: Random): PageSeal {
  return {
    close: (operation, token) => sealBytes(secret, random, operation, token).toString('base64url'),
    open(operation, token) {
      const opened = openBytes(secret, operation, Buffer.from(token, 'base64url'));
      if (opened === undefined) throw new InvalidToken();
      return opened.toString('utf8');
    },
  };
}
