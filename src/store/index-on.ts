// What an index is: which members of a row it is looked up by. Here alone keys become strings.

/** Where a row is found: under one value, several, or none. */
export type IndexValue = string | readonly string[] | undefined;

/** An index over rows `R`, looked up by a key `K`: an object of the parts, each under its name. */
export interface Index<R, K> {
  valueOf(row: R): IndexValue;
  /** Two keys with different parts never have the same value, whatever the parts contain. */
  keyOf(key: K): string;
}

/** An index under one value at most, which a tally may count by. */
export interface SingleIndex<R, K> extends Index<R, K> {
  valueOf(row: R): string | undefined;
  /** The same index, of those rows only. */
  where(condition: (row: R) => boolean): SingleIndex<R, K>;
}

/** The members of a row that a key can have as a part. */
type PartOf<R> = { [M in keyof R & string]: NonNullable<R[M]> extends string ? M : never }[keyof R & string];

/** A key of no part is `{}` alone. */
type KeyOf<R, M extends keyof R> = [M] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [P in M]-?: NonNullable<R[P]> };

type Parts = Readonly<Record<string, string | undefined>>;

interface IndexOn<R> {
  /** By these members of a row; a row that lacks one is not in it. Of none: all rows that `where` leaves. */
  <M extends PartOf<R> = never>(...members: readonly M[]): SingleIndex<R, KeyOf<R, M>>;
  /** By parts that are worked out: none, one or several keys a row. */
  each<P extends string>(
    parts: readonly P[],
    keysOf: (row: R) => readonly Readonly<Record<P, string>>[],
  ): Index<R, Readonly<Record<P, string>>>;
}

/** Declares indexes of a table of rows `R`. */
export function indexOn<R>(): IndexOn<R> {
  const on = (...members: readonly string[]): SingleIndex<Parts, Parts> => {
    const valueOf = joinerOf(members);
    return singleIndex(valueOf, (key) => valueOf(key)!);
  };
  const each = (parts: readonly string[], keysOf: (row: R) => readonly Parts[]): Index<R, Parts> => {
    const join = joinerOf(parts);
    return { valueOf: (row) => keysOf(row).map((key) => join(key)!), keyOf: (key) => join(key)! };
  };
  return Object.assign(on, { each }) as unknown as IndexOn<R>;
}

const singleIndex = (
  valueOf: (row: Parts) => string | undefined,
  keyOf: (key: Parts) => string,
): SingleIndex<Parts, Parts> => ({
  valueOf,
  keyOf,
  where: (condition) => singleIndex((row) => (condition(row) ? valueOf(row) : undefined), keyOf),
});

/** Writes the parts of those names as one text; undefined when one is missing. */
function joinerOf(names: readonly string[]): (parts: Parts) => string | undefined {
  const [first, second, ...others] = names;
  if (first === undefined) return () => '';
  // The row's own string: another copy of it would stay in memory.
  if (second === undefined) return (parts) => parts[first];
  if (others.length === 0) return (parts) => joined(parts[first], parts[second]);
  return (parts) =>
    others.reduce((text, name) => joined(text, parts[name]), joined(parts[first], parts[second]));
}

/** With the length in front, no text can be mistaken for a part and a half. */
const joined = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || other === undefined ? undefined : `${one.length} ${one}${other}`;
