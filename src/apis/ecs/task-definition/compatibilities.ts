// The launch types that a definition validates against, whatever it requires.
import type { Given } from './given.ts';
import { launchTypeProblem, launchTypes } from './launch-types.ts';

/** In ECS's order. Managed Instances, which Longshore has none of, are named only where they are required. */
export const compatibilities = (given: Given): string[] =>
  launchTypes.filter(
    (type) =>
      (type !== 'MANAGED_INSTANCES' || given.requiresCompatibilities?.includes(type)) &&
      launchTypeProblem(type, given) === undefined,
  );
