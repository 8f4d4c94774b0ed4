// A ciphertext that a caller wants opened, with the key that it may name.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { broken, incorrectKey } from '../../errors.ts';
import type { Kms } from '../../kms.ts';
import { findKey } from '../../state/key/find-key.ts';
import { decrypt, type Decrypted, type EncryptionContext } from '../../state/key/key-cipher.ts';
import { requireOwn } from '../resolve/key.ts';

interface Closed {
  readonly ciphertext: Uint8Array | undefined;
  readonly context: EncryptionContext | undefined;
  /** The only key that it may be of; undefined takes any. */
  readonly keyId: string | undefined;
}

/** What it contains; throws the errors of KMS for what cannot be opened, or is of another key. */
export function opened(
  kms: Kms,
  tx: ReadTransaction,
  call: Call,
  operation: string,
  { ciphertext, context, keyId }: Closed,
): Decrypted {
  if (ciphertext === undefined || ciphertext.length === 0)
    throw broken('ciphertextBlob', 'have length greater than or equal to 1');
  if (ciphertext.length > 6144) throw broken('ciphertextBlob', 'have length less than or equal to 6144');
  const named = keyId === undefined ? undefined : findKey(tx, call, keyId);
  const decrypted = decrypt(tx, kms, call, ciphertext, context);
  if (named !== undefined && named.arn !== decrypted.key.arn) throw incorrectKey();
  requireOwn(decrypted.key, call, operation);
  return decrypted;
}
