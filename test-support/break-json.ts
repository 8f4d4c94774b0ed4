// Damage to a JSON value at a random place: what a broken or hostile client might send instead.
import fc from 'fast-check';

type Damage = (value: unknown) => unknown;

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1.5,
    true,
    [],
    {},
    [null],
    { '': null },
    2 ** 31,
    -(2 ** 53),
    1e300,
  ),
  fc.constantFrom('x'.repeat(2000), '\u0000', 'arn:aws:ecs:::', '..', '%s%n', '💥', '__proto__'),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Any of: replace a part, remove it, add a member or an element to it, double it. */
export const damage: fc.Arbitrary<Damage> = fc
  .record({
    way: fc.constantFrom('replace', 'replace', 'remove', 'add', 'double'),
    path: fc.array(fc.nat(30), { maxLength: 5 }),
    member: fc.constantFrom('x', 'constructor', 'toString', 'length', 'cluster', 'name'),
    junk,
  })
  .map(
    ({ way, path, member, junk: put }): Damage =>
      (value) =>
        at(value, path, (part) => {
          if (way === 'remove') return undefined;
          if (way === 'replace' || typeof part !== 'object' || part === null) return put;
          if (way === 'double') return Array.isArray(part) ? [...part, ...part] : part;
          return Array.isArray(part) ? [...part, put] : { ...part, [member]: put };
        }),
  );

/** `value` with the part changed that the path leads to; each step picks a child by number, round and round. */
function at(value: unknown, path: readonly number[], change: Damage): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return change(value);
  const key = keys[step % keys.length]!;
  const child = at((value as Record<string, unknown>)[key], rest, change);
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) =>
      String(index) !== key ? [element] : child === undefined ? [] : [child],
    );
  }
  return { ...value, [key]: child };
}
