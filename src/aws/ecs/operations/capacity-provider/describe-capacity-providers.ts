// DescribeCapacityProviders: those named, or all that are ACTIVE; with a cluster, only those it is associated with.
import { capacityProviderArn } from '../../state/arn.ts';
import {
  builtInCapacityProvider,
  builtInCapacityProviders,
  isAssociated,
  type CapacityProvider,
} from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import type { Call } from '../../../../wire/api.ts';
import { associatedProviders } from './association.ts';
import { capacityProviderName, findCapacityProvider } from './reference.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { afterToken, InvalidToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { presentCapacityProvider } from '../../present/capacity-provider.ts';
import { activeCluster } from '../resolve/cluster.ts';

const list = 'capacity-providers';

/** What one place of the answer stands for: a provider, or none of that ARN. */
interface Entry {
  readonly arn: string;
  readonly provider: CapacityProvider | undefined;
}

export const describeCapacityProviders: EcsOperation<'DescribeCapacityProviders'> = (ecs, input, call) => {
  const references = input.capacityProviders ?? [];
  if (references.length > 100)
    throw invalidParameter('Capacity providers can have a maximum of 100 entries.');
  const size = pageSize(input.maxResults, { default: 10, max: 10 });
  const after = afterToken(list, input.nextToken);
  const withTags = input.include?.includes('TAGS') ?? false;
  return ecs.store.view((tx) => {
    const cluster = input.cluster ? activeCluster(tx, call, input.cluster) : undefined;
    const entries = entriesOf(tx, call, references, cluster, after);
    const page = pageOf(
      list,
      entries,
      size,
      ({ arn }) => arn,
      (entry) => entry,
    );
    return {
      capacityProviders: page.items.flatMap(({ provider }) =>
        provider ? [presentCapacityProvider(provider, withTags)] : [],
      ),
      failures: page.items.flatMap(({ arn, provider }) => (provider ? [] : [{ arn, reason: 'MISSING' }])),
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};

function entriesOf(
  tx: ReadTransaction,
  call: Call,
  references: readonly string[],
  cluster: Cluster | undefined,
  after: string | undefined,
): Iterable<Entry> {
  if (references.length > 0) return named(tx, call, references, cluster, after);
  return cluster ? ofCluster(tx, cluster, after) : all(tx, call, after);
}

/** In the order they were asked for, each once. */
function named(
  tx: ReadTransaction,
  call: Call,
  references: readonly string[],
  cluster: Cluster | undefined,
  after: string | undefined,
): Entry[] {
  const names = [...new Set(references.map((reference) => capacityProviderName(call, reference)))];
  const arns = names.map((name) => capacityProviderArn(call, name));
  if (after !== undefined && !arns.includes(after)) throw new InvalidToken();
  const rest = arns.slice(after === undefined ? 0 : arns.indexOf(after) + 1);
  return rest.map((arn) => {
    const provider = findCapacityProvider(tx, call, arn);
    return { arn, provider: provider && cluster && !isAssociated(cluster, provider) ? undefined : provider };
  });
}

const ofCluster = (tx: ReadTransaction, cluster: Cluster, after = ''): Entry[] =>
  [
    ...associatedProviders(tx, cluster),
    ...tx.table(capacityProviders).by('activeOfCluster', { clusterArn: cluster.arn }),
  ]
    .filter(({ arn }) => arn > after)
    .toSorted((one, other) => (one.arn < other.arn ? -1 : 1))
    .map((provider) => ({ arn: provider.arn, provider }));

/** The built-in ones first, then the others by name. */
function* all(tx: ReadTransaction, call: Call, after: string | undefined): Generator<Entry> {
  const builtIn = builtInCapacityProviders.map((name) => builtInCapacityProvider(call, name));
  const reached = builtIn.findIndex(({ arn }) => arn === after);
  const isBehindBuiltIn = after !== undefined && reached === -1;
  const rest = isBehindBuiltIn ? [] : builtIn.slice(reached + 1);
  for (const provider of rest) yield { arn: provider.arn, provider };
  const rows = tx.table(capacityProviders).by('activeInScope', call, isBehindBuiltIn ? after : undefined);
  for (const provider of rows) yield { arn: provider.arn, provider };
}
