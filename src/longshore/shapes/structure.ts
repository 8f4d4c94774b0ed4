// How the shapes of Longshore's own API are written down: once, in a form that the wire reads and the compiler makes types of (`value.ts`).

/** Member to the name of its shape, with a `?` behind it where it may be absent: `{ task: 'String', cluster: 'String?' }`. */
export type Declared = Readonly<Record<string, string>>;

export const structure = <const D extends Declared>(declared: D) => ({
  kind: 'structure' as const,
  members: membersOf(declared),
  required: requiredOf(declared),
  declared,
});

/** One that has other members too, of names that only who makes them knows; JSON has them as they are. */
export const openStructure = <const D extends Declared>(declared: D) => ({
  ...structure(declared),
  isOpen: true as const,
});

/** One of several structures: its member `kind` says which. The wire sees them as one, whose other members may all be absent. */
export const oneOf = <const V extends Readonly<Record<string, Declared>>>(variants: V) => ({
  kind: 'structure' as const,
  members: { kind: 'String', ...membersOfAny(Object.values(variants)) },
  required: ['kind'],
  variants,
});

export const list = <const Of extends string>(of: Of) => ({ kind: 'list' as const, of });

export const enumeration = <const Value extends string>(...values: readonly Value[]) => ({
  kind: 'enum' as const,
  values,
});

const isOptional = (shape: string): boolean => shape.endsWith('?');

const membersOf = (declared: Declared): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(declared).map(([member, shape]) => [
      member,
      isOptional(shape) ? shape.slice(0, -1) : shape,
    ]),
  );

/** A member that is not the same in all of them may be anything. */
function membersOfAny(variants: readonly Declared[]): Readonly<Record<string, string>> {
  const members = new Map<string, string>();
  for (const [member, shape] of variants.flatMap((one) => Object.entries(membersOf(one))))
    members.set(member, (members.get(member) ?? shape) === shape ? shape : 'Document');
  return Object.fromEntries(members);
}

const requiredOf = (declared: Declared): readonly string[] =>
  Object.entries(declared).flatMap(([member, shape]) => (isOptional(shape) ? [] : [member]));
