// PutRegistryPolicy: the policy of the whole registry, on record: it is for replication and pull through between accounts.
import type { EcrOperation } from '../../ecr.ts';
import { registries } from '../../state/registry/registries.ts';
import { checkedPolicy, keptPolicy } from '../policy/policy-text.ts';

export const putRegistryPolicy: EcrOperation<'PutRegistryPolicy'> = ({ store }, input, call) => {
  const policy = checkedPolicy('PolicyText', input.policyText);
  return store.update((tx) => {
    tx.table(registries).put({
      accountId: call.accountId,
      region: call.region,
      policy: keptPolicy(tx, call, 'PolicyText', policy),
    });
    return { registryId: call.accountId, policyText: policy };
  });
};
