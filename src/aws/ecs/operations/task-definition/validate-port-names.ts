// Names of port mappings, by which Service Connect and VPC Lattice find them.
import type { ContainerInput } from './input.ts';
import { firstRepeated, rule } from './rule.ts';

const namePattern = /^[a-z0-9_][a-z0-9_-]{0,63}$/;

/** Problems: a name that is malformed or used twice in the task definition. */
export function* portNameProblems(containers: readonly ContainerInput[]): Iterable<string> {
  const names = containers.flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ name }) => (name === undefined ? [] : [name])),
  );
  for (const name of names) {
    yield* rule(
      namePattern.test(name),
      `Invalid port mapping name '${name}'. Use 1 to 64 lowercase letters, numbers, underscores or hyphens, not beginning with a hyphen.`,
    );
  }
  const repeated = firstRepeated(names);
  yield* rule(
    repeated === undefined,
    `The port mapping name '${repeated}': port mapping name is already used.`,
  );
}
