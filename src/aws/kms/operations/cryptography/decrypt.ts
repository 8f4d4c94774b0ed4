// Decrypt: what Encrypt or GenerateDataKey has encrypted, with the same encryption context.
import type { KmsOperation } from '../../kms.ts';
import { opened } from './opened.ts';
import { algorithm, refuseDryRun, refuseOtherAlgorithm, refuseRecipient } from './usable-key.ts';

export const decrypt: KmsOperation<'Decrypt'> = (kms, input, call) => {
  refuseRecipient(input.Recipient);
  refuseOtherAlgorithm(input.EncryptionAlgorithm);
  return kms.store.view((tx) => {
    const { key, materialId, plaintext } = opened(kms, tx, call, 'Decrypt', {
      ciphertext: input.CiphertextBlob,
      context: input.EncryptionContext,
      keyId: input.KeyId,
    });
    refuseDryRun(input.DryRun);
    return {
      KeyId: key.arn,
      Plaintext: plaintext,
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: materialId,
    };
  });
};
