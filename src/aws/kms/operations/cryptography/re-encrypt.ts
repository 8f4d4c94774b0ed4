// ReEncrypt: from one key to another, or to another encryption context, without the plaintext leaving.
import type { KmsOperation } from '../../kms.ts';
import { encryptWith } from '../../state/key/key-cipher.ts';
import { opened } from './opened.ts';
import { algorithm, refuseDryRun, refuseOtherAlgorithm, usableKey } from './usable-key.ts';

export const reEncrypt: KmsOperation<'ReEncrypt'> = (kms, input, call) => {
  refuseOtherAlgorithm(input.SourceEncryptionAlgorithm);
  refuseOtherAlgorithm(input.DestinationEncryptionAlgorithm);
  return kms.store.view((tx) => {
    const source = opened(kms, tx, call, 'ReEncryptFrom', {
      ciphertext: input.CiphertextBlob,
      context: input.SourceEncryptionContext,
      keyId: input.SourceKeyId,
    });
    const key = usableKey(tx, call, input.DestinationKeyId, 'ReEncryptTo');
    refuseDryRun(input.DryRun);
    return {
      CiphertextBlob: encryptWith(kms, key, source.plaintext, input.DestinationEncryptionContext),
      SourceKeyId: source.key.arn,
      KeyId: key.arn,
      SourceEncryptionAlgorithm: algorithm,
      DestinationEncryptionAlgorithm: algorithm,
      SourceKeyMaterialId: source.materialId,
      DestinationKeyMaterialId: key.materials.at(-1)!.id,
    };
  });
};
