// Encrypt: up to 4 KiB with a key.
import type { KmsOperation } from '../../kms.ts';
import { broken } from '../../errors.ts';
import { encryptWith } from '../../state/key/key-cipher.ts';
import { algorithm, refuseDryRun, refuseOtherAlgorithm, usableKey } from './usable-key.ts';

export const encrypt: KmsOperation<'Encrypt'> = (kms, input, call) => {
  const { length } = input.Plaintext;
  if (length < 1) throw broken('plaintext', 'have length greater than or equal to 1');
  if (length > 4096) throw broken('plaintext', 'have length less than or equal to 4096');
  refuseOtherAlgorithm(input.EncryptionAlgorithm);
  return kms.store.view((tx) => {
    const key = usableKey(tx, call, input.KeyId, 'Encrypt');
    refuseDryRun(input.DryRun);
    return {
      CiphertextBlob: encryptWith(kms, key, input.Plaintext, input.EncryptionContext),
      KeyId: key.arn,
      EncryptionAlgorithm: algorithm,
    };
  });
};
