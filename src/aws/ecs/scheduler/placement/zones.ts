// In which availability zones a task may be placed at all: where an instance is connected that is what the task asks for.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { PlacementRequest } from './filter.ts';
import { lastingRequirements, meetsConstraints } from './meets-constraints.ts';
import { attributeValue } from '../../../../agent-protocol/attribute.ts';

const zoneAttribute = 'ecs.availability-zone';

/** The query that only the instances of `zone` match. */
export const inZone = (zone: string): string => `attribute:${zoneAttribute} == ${zone}`;

/** Their names, in order; whatever the instances have left. `mayUse`: which instances count. */
export function eligibleZones(
  requirements: PlacementRequest,
  fleet: Fleet,
  mayUse: (instance: ContainerInstance) => boolean,
): readonly string[] {
  const suitable = meetsConstraints(lastingRequirements(requirements));
  const isEligible = (at: number): boolean => {
    const usage = fleet.usages[at]!;
    return fleet.available[at] === 1 && mayUse(usage.instance) && suitable(usage);
  };
  return [...zonesOf(fleet)]
    .filter(([, places]) => places.some(isEligible))
    .map(([zone]) => zone)
    .sort();
}

/** Instances keep their zones: which are where is worked out once for each shape of a fleet. */
const known = new WeakMap<object, ReadonlyMap<string, readonly number[]>>();

function zonesOf({ shape, usages }: Fleet): ReadonlyMap<string, readonly number[]> {
  const found = known.get(shape);
  if (found) return found;
  const places = Map.groupBy(
    usages.keys(),
    (at) => attributeValue(usages[at]!.instance.attributes, zoneAttribute) ?? '',
  );
  known.set(shape, places);
  return places;
}
