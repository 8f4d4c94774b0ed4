// EnableKeyRotation: the key gets a new material every so many days; what was encrypted before can still be decrypted.
import type { KmsOperation } from '../../kms.ts';
import { broken } from '../../errors.ts';
import { day } from '../../state/key/key.ts';
import { requireEnabled } from '../../state/key/key-cipher.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

const defaultPeriodInDays = 365;

export const enableKeyRotation: KmsOperation<'EnableKeyRotation'> = (kms, input, call) => {
  const asked = input.RotationPeriodInDays;
  if (asked !== undefined && asked < 90)
    throw broken('rotationPeriodInDays', 'have value greater than or equal to 90');
  if (asked !== undefined && asked > 2560)
    throw broken('rotationPeriodInDays', 'have value less than or equal to 2560');
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'EnableKeyRotation');
    requireEnabled(key);
    const periodInDays = asked ?? key.rotation?.periodInDays ?? defaultPeriodInDays;
    if (key.rotation?.periodInDays === periodInDays) return {};
    tx.table(keys).put({ ...key, rotation: { periodInDays, nextAt: call.now + periodInDays * day } });
    return {};
  });
};
