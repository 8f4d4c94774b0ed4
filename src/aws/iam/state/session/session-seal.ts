// Session tokens: all that is known of a session, sealed. Nothing is stored, so a session survives a restart, and costs nothing when
// it ends. What a session may do follows at each use from its role or user as it is then.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Random } from '../../../../lib/random.ts';
import { InvalidToken } from '../../../shared/page.ts';
import { createPageSeal } from '../../../shared/page-seal.ts';
import type { Session } from '../../../shared/session.ts';

/** A key pair that ends, and whose it is. */
export interface SessionKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  /** In the partition `aws`. */
  readonly principalArn: string;
  readonly session: Session;
}

export interface SessionSeal {
  /** The session token that goes with the key. */
  close(key: SessionKey): string;
  /** The key that the token goes with; undefined for a text that is none. */
  open(token: string): SessionKey | undefined;
}

/** Longer texts are none of ours, and are not to cost anything. */
const maxTokenLength = 12_000;

/** Seals with `secret` (32 bytes). */
export function createSessionSeal(secret: Uint8Array, random: Random): SessionSeal {
  const seal = createPageSeal(secret, random);
  return {
    close: (key) => seal.close('session', deflateRawSync(JSON.stringify(key)).toString('latin1')),
    open(token) {
      if (token.length > maxTokenLength) return undefined;
      try {
        const packed = Buffer.from(seal.open('session', token), 'latin1');
        return JSON.parse(inflateRawSync(packed).toString()) as SessionKey;
      } catch (error) {
        if (error instanceof InvalidToken) return undefined;
        throw error;
      }
    },
  };
}
