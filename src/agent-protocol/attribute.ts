// A named capability of an instance, as its agent registers it and placement compares it.

/** A named capability, with a value where one is asked for. */
export interface Attribute {
  readonly name: string;
  readonly value?: string | undefined;
}

export const attributeValue = (attributes: readonly Attribute[], name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;

/** `name` or `name=value`. */
export const attributeText = ({ name, value }: Attribute): string =>
  value === undefined ? name : `${name}=${value}`;
