// How every rule of a task definition is written: what must hold, and what ECS answers where it does not. The API answers the
// first that is broken, as ECS does; `longshore check` tells all.
import { clientException } from '../../errors.ts';

/** `text` unless the rule holds. A function of rules yields the texts of all that are broken, in ECS's order. */
export const rule = (holds: unknown, text: string): readonly string[] => (holds ? [] : [text]);

/** Throws ClientException with the first of the problems, which is what ECS answers; none after it is looked for. */
export function refuseFirst(problems: Iterable<string>): void {
  for (const problem of problems) throw clientException(problem);
}

/** A problem when a number of a container is given and not within `low` to `high`. */
export const between = (
  container: { readonly name?: string | undefined },
  label: string,
  value: number | undefined,
  low: number,
  high: number,
): readonly string[] =>
  rule(
    value === undefined || (value >= low && value <= high),
    `Invalid setting for container '${container.name}'. '${label}' must be between ${low} and ${high}.`,
  );

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
