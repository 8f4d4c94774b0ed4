// How every rule of a task definition is written: what must hold, and what ECS answers where it does not.
import { clientException } from '../errors.ts';

/** Throws ClientException with `text` unless the rule holds. */
export function rule(holds: unknown, text: string): asserts holds {
  if (!holds) throw clientException(text);
}

/** Throws ClientException when a number of a container is given and not within `low` to `high`. */
export function between(
  container: { readonly name?: string | undefined },
  label: string,
  value: number | undefined,
  low: number,
  high: number,
): void {
  rule(
    value === undefined || (value >= low && value <= high),
    `Invalid setting for container '${container.name}'. '${label}' must be between ${low} and ${high}.`,
  );
}

/** The first of `names` that comes a second time. */
export function firstRepeated<T>(names: Iterable<T>): T | undefined {
  const seen = new Set<T>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** Whether a list, map or object of parameters asks for anything. */
export const isFilled = (value: object | undefined): boolean =>
  value !== undefined && Object.keys(value).length > 0;
