// CreateKey: a symmetric key of the caller's own. Other kinds are refused by name.
import type { KmsOperation } from '../../kms.ts';
import { broken, unsupported, validation } from '../../errors.ts';
import { presentKey } from '../../present/key.ts';
import type { CreateKeyRequest } from '../../shapes.generated.ts';
import { keys } from '../../state/key/keys.ts';
import { defaultKeyPolicy, newKey } from '../../state/key/new-key.ts';
import { refuseLockout } from '../policy/lockout.ts';
import { checkedPolicy, keptPolicy } from '../policy/key-policy.ts';
import { newTags } from '../tag/tags.ts';

const maxDescription = 8192;

export const createKey: KmsOperation<'CreateKey'> = (kms, input, call) => {
  refuseOtherKinds(input);
  const plain = {
    description: checkedDescription(input.Description ?? ''),
    manager: 'CUSTOMER',
    policy: input.Policy === undefined ? defaultKeyPolicy(call) : checkedPolicy(input.Policy),
    tags: newTags(input.Tags),
  } as const;
  return kms.store.update((tx) => {
    const policy = keptPolicy(tx, call, plain.policy);
    const key = newKey(kms, call, call.now, { ...plain, policy });
    if (input.BypassPolicyLockoutSafetyCheck !== true) refuseLockout(tx, call, key.arn, policy);
    return { KeyMetadata: presentKey(tx.table(keys).put(key)) };
  });
};

/** The description; throws ValidationException where it is too long. */
export function checkedDescription(description: string): string {
  if (description.length > maxDescription)
    throw broken('description', `have length less than or equal to ${maxDescription}`);
  return description;
}

function refuseOtherKinds(input: CreateKeyRequest): void {
  const { KeySpec, CustomerMasterKeySpec, KeyUsage, Origin, MultiRegion } = input;
  if (KeySpec !== undefined && CustomerMasterKeySpec !== undefined && KeySpec !== CustomerMasterKeySpec)
    throw validation('You cannot specify KeySpec and CustomerMasterKeySpec in the same request.');
  const spec = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (spec !== 'SYMMETRIC_DEFAULT') throw unsupported(`keys of the spec ${spec}, only SYMMETRIC_DEFAULT`);
  if (KeyUsage !== undefined && KeyUsage !== 'ENCRYPT_DECRYPT')
    throw validation(`KeyUsage ${KeyUsage} is not compatible with KeySpec ${spec}`);
  if (Origin !== undefined && Origin !== 'AWS_KMS')
    throw unsupported(`keys of the origin ${Origin}, only AWS_KMS`);
  if (MultiRegion === true) throw unsupported('multi-Region keys');
  if (input.CustomKeyStoreId !== undefined) throw unsupported('custom key stores');
  if (input.XksKeyId !== undefined) throw unsupported('external key stores');
}
