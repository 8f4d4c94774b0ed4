// GenerateRandom: random bytes, of no key.
import type { KmsOperation } from '../../kms.ts';
import { unsupported, validation } from '../../errors.ts';
import { checkedNumberOfBytes } from './data-key.ts';
import { refuseRecipient } from './usable-key.ts';

export const generateRandom: KmsOperation<'GenerateRandom'> = (kms, input) => {
  refuseRecipient(input.Recipient);
  if (input.CustomKeyStoreId !== undefined) throw unsupported('custom key stores');
  if (input.NumberOfBytes === undefined) throw validation('NumberOfBytes is required.');
  return { Plaintext: kms.random.bytes(checkedNumberOfBytes(input.NumberOfBytes)) };
};
