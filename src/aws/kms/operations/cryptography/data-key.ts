// A data key: random bytes for the caller's own encryption, with their ciphertext under a KMS key.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { broken, validation } from '../../errors.ts';
import type { Kms } from '../../kms.ts';
import type { GenerateDataKeyWithoutPlaintextRequest } from '../../shapes.generated.ts';
import { encryptWith } from '../../state/key/key-cipher.ts';
import { refuseDryRun, usableKey } from './usable-key.ts';

const lengths = { AES_128: 16, AES_256: 32 } as const;

/** The bytes, and what an answer says of them. */
export function makeDataKey(
  kms: Kms,
  tx: ReadTransaction,
  call: Call,
  operation: string,
  input: GenerateDataKeyWithoutPlaintextRequest,
) {
  const length = dataKeyLength(input);
  const key = usableKey(tx, call, input.KeyId, operation);
  refuseDryRun(input.DryRun);
  const plaintext = kms.random.bytes(length);
  return {
    plaintext,
    answer: {
      CiphertextBlob: encryptWith(kms, key, plaintext, input.EncryptionContext),
      KeyId: key.arn,
      KeyMaterialId: key.materials.at(-1)!.id,
    },
  };
}

function dataKeyLength({ KeySpec, NumberOfBytes }: GenerateDataKeyWithoutPlaintextRequest): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw validation('Please specify either number of bytes or key spec.');
  return KeySpec === undefined ? checkedNumberOfBytes(NumberOfBytes!) : lengths[KeySpec];
}

/** 1 to 1024; throws ValidationException. */
export function checkedNumberOfBytes(number: number): number {
  if (number < 1) throw broken('numberOfBytes', 'have value greater than or equal to 1');
  if (number > 1024) throw broken('numberOfBytes', 'have value less than or equal to 1024');
  return number;
}
