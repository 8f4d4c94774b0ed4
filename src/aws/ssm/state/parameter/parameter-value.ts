// The values of SecureString parameters: encrypted with a KMS key for their parameter, and decrypted again.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { findOrMakeKey } from '../../../kms/state/key/find-key.ts';
import { decrypt, encryptWith } from '../../../kms/state/key/key-cipher.ts';
import { KeyProblem } from '../../../kms/state/key/key-problem.ts';
import type { KeyMaking } from '../../../kms/state/key/new-key.ts';
import { parameterArn } from './parameter-name.ts';
import { ParameterProblem } from './parameter-problem.ts';
import type { ParameterVersion } from './parameter.ts';

/** The key of SecureStrings that name none. */
export const defaultKey = 'alias/aws/ssm';

/** The value as a row keeps it, in base64; throws a ParameterProblem where the key cannot be used. */
export const encryptValue = (
  tx: WriteTransaction,
  making: KeyMaking,
  parameter: Scope & { readonly name: string },
  { value, keyId, now }: { readonly value: string; readonly keyId: string; readonly now: number },
): string =>
  orInvalidKey(() => {
    const key = findOrMakeKey(tx, making, parameter, keyId, now);
    const ciphertext = encryptWith(making, key, Buffer.from(value), contextOf(parameter));
    return Buffer.from(ciphertext).toString('base64');
  });

/** The value of a version, decrypted; throws a ParameterProblem where the key cannot be used. */
export function decryptValue(
  tx: ReadTransaction,
  making: Pick<KeyMaking, 'valueSeal'>,
  version: ParameterVersion,
): string {
  if (version.type !== 'SecureString') return version.value;
  return orInvalidKey(() => {
    const ciphertext = Buffer.from(version.value, 'base64');
    return Buffer.from(decrypt(tx, making, version, ciphertext, contextOf(version)).plaintext).toString();
  });
}

const contextOf = (parameter: Scope & { readonly name: string }) => ({
  PARAMETER_ARN: parameterArn(parameter, parameter.name),
});

function orInvalidKey<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof KeyProblem ? new ParameterProblem('InvalidKeyId', error.message) : error;
  }
}
