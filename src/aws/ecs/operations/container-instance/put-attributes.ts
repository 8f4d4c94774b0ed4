// PutAttributes: sets attributes of the user's own on container instances; all of them or none.
import { isDeepStrictEqual } from 'node:util';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import {
  countCustomAttributes,
  maxCustomAttributes,
  withAttribute,
} from '../../state/instance/instance-attributes.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { attributeOf, customAttributeName } from './attribute-rules.ts';
import { attributeTarget, presentAttribute } from './attribute-target.ts';
import type { EcsOperation } from '../../ecs.ts';
import { attributeLimitExceeded, invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const maxInCall = 10;

export const putAttributes: EcsOperation<'PutAttributes'> = (ecs, input, call) => {
  const given = input.attributes ?? [];
  if (given.length === 0) throw invalidParameter('attributes cannot be empty.');
  if (given.length > maxInCall) {
    throw attributeLimitExceeded(`attributes can have at most ${maxInCall} items.`);
  }
  const checked = given.map((entry) => ({
    entry,
    attribute: attributeOf(customAttributeName(entry.name), entry),
  }));
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const put = checked.map(({ entry, attribute }) => ({
      attribute,
      instance: attributeTarget(tx, cluster, entry),
    }));
    for (const changes of Map.groupBy(put, ({ instance }) => instance.arn).values()) {
      putOn(
        tx,
        changes[0]!.instance,
        changes.map(({ attribute }) => attribute),
      );
    }
    return { attributes: put.map(({ instance, attribute }) => presentAttribute(instance, attribute)) };
  });
};

function putOn(tx: WriteTransaction, instance: ContainerInstance, changes: readonly Attribute[]): void {
  const attributes = changes.reduce(withAttribute, instance.attributes);
  if (countCustomAttributes(attributes) > maxCustomAttributes) {
    throw attributeLimitExceeded(
      `A container instance can have at most ${maxCustomAttributes} custom attributes: ${instance.arn}. DeleteAttributes removes some.`,
    );
  }
  if (!isDeepStrictEqual(attributes, instance.attributes)) {
    tx.table(containerInstances).put({ ...instance, attributes });
  }
}
