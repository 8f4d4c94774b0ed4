// Encryption at rest: what rows keep secret is sealed with the server's master key before it comes into a row, and so into the journal.
import type { Random } from '../../lib/random.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';

export interface ValueSeal {
  /** The value as a row may keep it, in base64; `row` says which row and member it belongs to, e.g. an ARN. */
  close(row: string, value: Uint8Array): string;
  /** The value again; throws an Error, which does not show it, where it was sealed for another row or with another key. */
  open(row: string, sealed: string): Uint8Array;
}

/** Seals with the master key (32 bytes). `random` must be fit for secrets. */
export function createValueSeal(masterKey: Uint8Array, random: Random): ValueSeal {
  return {
    close: (row, value) => sealBytes(masterKey, random, row, value).toString('base64'),
    open(row, sealed) {
      const value = openBytes(masterKey, row, Buffer.from(sealed, 'base64'));
      if (value === undefined)
        throw new Error(`the value that ${row} keeps cannot be opened with the master key`);
      return value;
    },
  };
}
