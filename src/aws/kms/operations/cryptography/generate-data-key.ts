// GenerateDataKey: a data key and its ciphertext.
import type { KmsOperation } from '../../kms.ts';
import { makeDataKey } from './data-key.ts';
import { refuseRecipient } from './usable-key.ts';

export const generateDataKey: KmsOperation<'GenerateDataKey'> = (kms, input, call) => {
  refuseRecipient(input.Recipient);
  return kms.store.view((tx) => {
    const { plaintext, answer } = makeDataKey(kms, tx, call, 'GenerateDataKey', input);
    return { ...answer, Plaintext: plaintext };
  });
};
