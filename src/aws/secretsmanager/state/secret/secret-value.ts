// The values of secrets: encrypted with a KMS key for their secret and version, and decrypted again.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { decrypt, encryptWith } from '../../../kms/state/key/key-cipher.ts';
import { findOrMakeKey } from '../../../kms/state/key/find-key.ts';
import { KeyProblem } from '../../../kms/state/key/key-problem.ts';
import type { KeyMaking } from '../../../kms/state/key/new-key.ts';
import type { Secret, SecretVersion } from './secret.ts';
import { decryptionFailure, encryptionFailure } from './secret-problem.ts';

/** The key that secrets without one of their own are encrypted with. */
export const defaultKey = 'alias/aws/secretsmanager';

export type SecretValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

type Encrypted = Pick<SecretVersion, 'kind' | 'ciphertext' | 'kmsKeyId'>;

/** What a version's row keeps of the value; throws a SecretProblem where the secret's key cannot be used. */
export function encryptValue(
  tx: WriteTransaction,
  making: KeyMaking,
  secret: Pick<Secret, 'accountId' | 'region' | 'arn' | 'kmsKeyId'>,
  { id, value, now }: { readonly id: string; readonly value: SecretValue; readonly now: number },
): Encrypted {
  const { kmsKeyId } = secret;
  const plaintext = value.kind === 'string' ? Buffer.from(value.text) : value.bytes;
  return orElse(encryptionFailure, () => {
    const key = findOrMakeKey(tx, making, secret, kmsKeyId ?? defaultKey, now);
    const ciphertext = encryptWith(making, key, plaintext, contextOf(secret.arn, id));
    return { kind: value.kind, kmsKeyId, ciphertext: Buffer.from(ciphertext).toString('base64') };
  });
}

/** The value of a version; throws a SecretProblem where its key cannot be used. */
export function decryptValue(
  tx: ReadTransaction,
  making: Pick<KeyMaking, 'valueSeal'>,
  secret: Secret,
  { id, kind, ciphertext }: SecretVersion,
): SecretValue {
  const { plaintext } = orElse(decryptionFailure, () =>
    decrypt(tx, making, secret, Buffer.from(ciphertext, 'base64'), contextOf(secret.arn, id)),
  );
  return kind === 'string' ? { kind, text: Buffer.from(plaintext).toString() } : { kind, bytes: plaintext };
}

export const sameValue = (a: SecretValue, b: SecretValue): boolean =>
  a.kind === 'string'
    ? b.kind === 'string' && a.text === b.text
    : b.kind === 'binary' && Buffer.from(a.bytes).equals(b.bytes);

const contextOf = (SecretARN: string, SecretVersionId: string) => ({ SecretARN, SecretVersionId });

function orElse<T>(failure: () => Error, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof KeyProblem ? failure() : error;
  }
}
