// The launch types that a definition validates against, whatever it requires.
import type { Given } from './given.ts';
import { launchTypeProblem, launchTypes } from './launch-types.ts';

/** In ECS's order. Managed Instances are named as ECS names them; Longshore has none to run a task on. */
export const compatibilities = (given: Given): string[] =>
  launchTypes.filter((type) => launchTypeProblem(type, given) === undefined);
