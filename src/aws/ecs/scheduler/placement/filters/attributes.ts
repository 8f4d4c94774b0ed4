// What the definition requires of an instance (requiresAttributes), and the launch type's own mark.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Ask, Filter } from '../filter.ts';
import type { Attribute } from '../../../../../agent-protocol/attribute.ts';

const externalCapability: Attribute = { name: 'ecs.capability.external' };

function has({ instance }: InstanceLoad, want: Attribute): boolean {
  for (const attribute of instance.attributes) {
    if (attribute.name === want.name && (want.value === undefined || attribute.value === want.value))
      return true;
  }
  return false;
}

/** The first attribute that the instance lacks; undefined when it has all. */
function missing(ask: Ask, load: InstanceLoad): Attribute | undefined {
  for (const want of ask.requiresAttributes) if (!has(load, want)) return want;
  return ask.launchType === 'EXTERNAL' && !has(load, externalCapability) ? externalCapability : undefined;
}

export const attributes: Filter = {
  name: 'attributes',
  accepts: (ask, load) => missing(ask, load) === undefined,
  reject(ask, load) {
    const attribute = missing(ask, load);
    return attribute && { filter: 'attributes', reason: 'ATTRIBUTE', attribute };
  },
};
