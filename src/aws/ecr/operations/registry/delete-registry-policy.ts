// DeleteRegistryPolicy: takes the policy of the registry away, and answers it.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import { scopeKey } from '../../../shared/scope.ts';
import type { EcrOperation } from '../../ecr.ts';
import { registryPolicyNotFound } from '../../errors.ts';
import { registries } from '../../state/registry/registries.ts';

export const deleteRegistryPolicy: EcrOperation<'DeleteRegistryPolicy'> = ({ store }, _input, call) =>
  store.update((tx) => {
    const registry = tx.table(registries).get(scopeKey(call));
    if (registry === undefined) throw registryPolicyNotFound(call);
    tx.table(registries).delete(registries.key(registry));
    return { registryId: call.accountId, policyText: withPrincipalArns(tx, call, registry.policy) };
  });
