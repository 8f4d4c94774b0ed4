// The key that a caller encrypts with, and what is refused alike by all operations that do.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { dryRun, unsupported } from '../../errors.ts';
import type { EncryptionAlgorithmSpec } from '../../shapes.generated.ts';
import { findKey } from '../../state/key/find-key.ts';
import type { Key } from '../../state/key/key.ts';
import { requireEnabled } from '../../state/key/key-cipher.ts';
import { requireOwn } from '../resolve/key.ts';

/** The enabled key of any of its names that `operation` is to use. */
export function usableKey(tx: ReadTransaction, call: Call, reference: string, operation: string): Key {
  const key = requireOwn(findKey(tx, call, reference), call, operation);
  requireEnabled(key);
  return key;
}

/** The last check: from here on the request would succeed. */
export function refuseDryRun(isDryRun: boolean | undefined): void {
  if (isDryRun === true) throw dryRun();
}

export const algorithm = 'SYMMETRIC_DEFAULT';

/** Refuses what only other kinds of keys have. */
export function refuseOtherAlgorithm(asked: EncryptionAlgorithmSpec | undefined): void {
  if (asked !== undefined && asked !== algorithm)
    throw unsupported(`the encryption algorithm ${asked}, only ${algorithm}`);
}

/** Refuses what needs a Nitro enclave. */
export function refuseRecipient(recipient: object | undefined): void {
  if (recipient !== undefined) throw unsupported('Recipient: there are no Nitro enclaves here');
}
