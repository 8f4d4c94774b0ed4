// From a capacity provider's short name or ARN to the provider.
import { capacityProviderArn, parseEcsArn } from '../../state/arn.ts';
import {
  builtInCapacityProvider,
  isAssociated,
  isBuiltIn,
  type CapacityProvider,
} from '../../state/capacity/capacity-provider.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { capacityProviderNotFound, clientException, invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { refuseElsewhere } from '../resolve/identifier.ts';

const namePattern = /^[A-Za-z0-9_-]{1,255}$/;

/**
 * The name that a reference stands for, whether it exists or not. Throws InvalidParameterException when it can be
 * neither name nor ARN, or is the ARN of another account or region.
 */
export function capacityProviderName(scope: Scope, reference: string): string {
  const arn = parseEcsArn(reference);
  if (arn && arn.type !== 'capacity-provider')
    throw invalidParameter(`Invalid identifier: Identifier is for ${arn.type}. Expected capacity-provider`);
  if (arn) refuseElsewhere(scope, arn);
  const name = arn ? arn.path : reference;
  if (!namePattern.test(name)) {
    throw invalidParameter(
      `Invalid identifier: ${reference}. Give a capacity provider's name or its full ARN.`,
    );
  }
  return name;
}

/** The provider as `scope` sees it, INACTIVE ones included; throws like `capacityProviderName`. */
export function findCapacityProvider(
  tx: ReadTransaction,
  scope: Scope,
  reference: string,
): CapacityProvider | undefined {
  const name = capacityProviderName(scope, reference);
  return isBuiltIn(name)
    ? builtInCapacityProvider(scope, name)
    : tx.table(capacityProviders).get(capacityProviderArn(scope, name));
}

/**
 * The provider to change or delete; with a cluster, only one of that cluster. Throws ClientException when there is no
 * such ACTIVE provider or it is built in, and ClusterNotFoundException.
 */
export function ownCapacityProvider(
  tx: ReadTransaction,
  scope: Scope,
  reference: string,
  clusterReference: string | undefined,
): CapacityProvider {
  const cluster = clusterReference ? activeCluster(tx, scope, clusterReference) : undefined;
  const provider = findCapacityProvider(tx, scope, reference);
  if (provider && isBuiltIn(provider.name)) {
    throw clientException(
      `The ${provider.name} capacity provider is reserved. It cannot be updated or deleted. Specify another capacity provider and try again.`,
    );
  }
  if (!provider || provider.status !== 'ACTIVE' || (cluster && !isAssociated(cluster, provider))) {
    throw capacityProviderNotFound();
  }
  return provider;
}
