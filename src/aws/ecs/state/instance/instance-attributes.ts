// The attributes of a container instance: whose they are, and how a set of them changes. Pure.
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

/** How many attributes of the user's own an instance may have. */
export const maxCustomAttributes = 10;

/** Whether the attribute is the user's own; the others say what the agent and its host are. */
export const isCustomAttribute = (name: string): boolean => !/^(com\.amazonaws\.)?ecs\./.test(name);

/** The attributes with `attribute` among them: in the place of the one of that name, else at the end. */
export function withAttribute(attributes: readonly Attribute[], attribute: Attribute): readonly Attribute[] {
  const at = attributes.findIndex(({ name }) => name === attribute.name);
  return at < 0 ? [...attributes, attribute] : attributes.with(at, attribute);
}

export const countCustomAttributes = (attributes: readonly Attribute[]): number =>
  attributes.filter(({ name }) => isCustomAttribute(name)).length;

/**
 * The attributes of an instance that registers again: its agent sends what it can do anew, so that what it no longer
 * sends is gone; the user's own stay. What is sent wins.
 */
export const reregisteredAttributes = (
  known: readonly Attribute[],
  sent: readonly Attribute[],
): readonly Attribute[] =>
  sent.reduce(
    withAttribute,
    known.filter(({ name }) => isCustomAttribute(name)),
  );
