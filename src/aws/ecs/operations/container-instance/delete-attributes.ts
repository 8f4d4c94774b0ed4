// DeleteAttributes: takes attributes of the user's own off container instances; one that is not there is no error.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { customAttributeName } from './attribute-rules.ts';
import { attributeTarget, presentAttribute } from './attribute-target.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';

const maxInCall = 10;

export const deleteAttributes: EcsOperation<'DeleteAttributes'> = (ecs, input, call) => {
  const given = input.attributes ?? [];
  if (given.length === 0) throw invalidParameter('attributes cannot be empty.');
  if (given.length > maxInCall) throw invalidParameter(`attributes can have at most ${maxInCall} items.`);
  const names = given.map((entry) => {
    if (entry.value !== undefined) {
      throw invalidParameter('An attribute is deleted by its name: value must not be specified.');
    }
    return { entry, name: customAttributeName(entry.name) };
  });
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const targets = names.map(({ entry, name }) => ({ name, instance: attributeTarget(tx, cluster, entry) }));
    const deleted = [...Map.groupBy(targets, ({ instance }) => instance.arn).values()].flatMap((group) =>
      deleteFrom(tx, group[0]!.instance, new Set(group.map(({ name }) => name))),
    );
    return { attributes: deleted };
  });
};

function deleteFrom(tx: WriteTransaction, instance: ContainerInstance, names: ReadonlySet<string>) {
  const gone = instance.attributes.filter(({ name }) => names.has(name));
  if (gone.length > 0) {
    const attributes = instance.attributes.filter(({ name }) => !names.has(name));
    tx.table(containerInstances).put({ ...instance, attributes });
  }
  return gone.map((attribute) => presentAttribute(instance, attribute));
}
