// GenerateDataKeyWithoutPlaintext: the ciphertext of a data key that nobody has seen yet.
import type { KmsOperation } from '../../kms.ts';
import { makeDataKey } from './data-key.ts';

export const generateDataKeyWithoutPlaintext: KmsOperation<'GenerateDataKeyWithoutPlaintext'> = (
  kms,
  input,
  call,
) => kms.store.view((tx) => makeDataKey(kms, tx, call, 'GenerateDataKeyWithoutPlaintext', input).answer);
