// GetRegistryPolicy: the policy of the registry, as it was given.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import { scopeKey } from '../../../shared/scope.ts';
import type { EcrOperation } from '../../ecr.ts';
import { registryPolicyNotFound } from '../../errors.ts';
import { registries } from '../../state/registry/registries.ts';

export const getRegistryPolicy: EcrOperation<'GetRegistryPolicy'> = ({ store }, _input, call) =>
  store.view((tx) => {
    const registry = tx.table(registries).get(scopeKey(call));
    if (registry === undefined) throw registryPolicyNotFound(call);
    return { registryId: call.accountId, policyText: withPrincipalArns(tx, call, registry.policy) };
  });
