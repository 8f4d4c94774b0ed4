// What the name and the value of a user's own attribute may be.
import type * as ecs from '../../shapes.generated.ts';
import { isCustomAttribute } from '../../state/instance/instance-attributes.ts';
import { hostAttribute, isHostId } from '../../state/instance/instance-group.ts';
import { invalidParameter } from '../../errors.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const namePattern = /^[A-Za-z0-9_\-./\\]{1,128}$/;
const agentText = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,256}$/u;
const valuePattern = /^(?! )[A-Za-z0-9_\-./\\@: ]{1,128}(?<! )$/;

/** Throws InvalidParameterException for what cannot be an attribute's name. */
export function checkAttributeName(name: string | undefined): asserts name is string {
  if (name !== undefined && namePattern.test(name)) return;
  throw invalidParameter(
    `The attribute name '${name ?? ''}' is invalid. Names have 1 to 128 letters, numbers, hyphens, underscores, periods or slashes.`,
  );
}

/** The name of an attribute that a user may put or delete; throws InvalidParameterException for any other. */
export function customAttributeName(name: string | undefined): string {
  checkAttributeName(name);
  if (!isCustomAttribute(name)) {
    throw invalidParameter(
      `The attribute name '${name}' is invalid. Names that begin with 'ecs.' or 'com.amazonaws.ecs.' are reserved.`,
    );
  }
  return name;
}

/**
 * Name and value of an attribute that only agents give, without its target; throws InvalidParameterException for what is
 * too long, or is no text of one line.
 */
export function agentAttribute({ name, value }: ecs.Attribute): Attribute {
  if (!agentText.test(name) || !agentText.test(value ?? name)) {
    throw invalidParameter(
      'An attribute of the agent is invalid. Names and values have 1 to 256 characters, none of them a line break or a control character.',
    );
  }
  return value === undefined ? { name } : { name, value };
}

/** Name and value of an attribute, without its target; throws InvalidParameterException for a value of other form. */
export function attributeOf(name: string, { value }: ecs.Attribute): Attribute {
  if (value === undefined) return { name };
  if (!valuePattern.test(value)) {
    throw invalidParameter(
      `The value of attribute '${name}' is invalid. Values have 1 to 128 letters, numbers, spaces, hyphens, underscores, periods, slashes, colons or at signs, and no space at either end.`,
    );
  }
  if (name === hostAttribute && !isHostId(value)) {
    throw invalidParameter(
      `The value of attribute '${name}' is invalid. The id of a host has 1 to 128 letters, numbers, hyphens, underscores, periods or colons, and begins with a letter or number.`,
    );
  }
  return { name, value };
}
