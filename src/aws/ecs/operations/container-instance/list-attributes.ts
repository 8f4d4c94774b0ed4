// ListAttributes: the attributes of a cluster's registered instances, one entry for each instance and name.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { checkAttributeName } from './attribute-rules.ts';
import { presentAttribute } from './attribute-target.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { activeCluster } from '../resolve/cluster.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

interface Entry {
  readonly instance: ContainerInstance;
  readonly attribute: Attribute;
}

export const listAttributes: EcsOperation<'ListAttributes'> = (ecs, input, call) => {
  const { attributeName: name, attributeValue: value } = input;
  if (value !== undefined && name === undefined) {
    throw invalidParameter('attributeName must be specified with attributeValue.');
  }
  if (name !== undefined) checkAttributeName(name);
  const size = pageSize(input.maxResults);
  const isWanted = ({ attribute }: Entry): boolean =>
    (name === undefined || attribute.name === name) && (value === undefined || attribute.value === value);
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const list = `attributes/${cluster.arn}/${JSON.stringify([name, value])}`;
    const entries = entriesAfter(tx, cluster, afterToken(list, input.nextToken)).filter(isWanted);
    const page = pageOf(list, entries, size, placeOf, ({ instance, attribute }) =>
      presentAttribute(instance, attribute),
    );
    return {
      attributes: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};

/** ARNs hold no space, so that an entry's place is its ARN, a space and its name. */
const placeOf = ({ instance, attribute }: Entry): string => `${instance.arn} ${attribute.name}`;

function* entriesAfter(tx: ReadTransaction, cluster: Cluster, place = ' '): Generator<Entry> {
  const space = place.indexOf(' ');
  const [arn, name] = [place.slice(0, space), place.slice(space + 1)];
  const table = tx.table(containerInstances);
  const begun = table.get(arn);
  if (begun) yield* entriesOf(begun, name);
  for (const instance of table.by('cluster', { clusterArn: cluster.arn }, arn)) yield* entriesOf(instance);
}

/** Sorted by name, from the first one greater than `after`: attributes may come and go between two pages. */
function entriesOf(instance: ContainerInstance, after = ''): Entry[] {
  if (instance.status === 'INACTIVE') return [];
  return instance.attributes
    .filter(({ name }) => name > after)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((attribute) => ({ instance, attribute }));
}
