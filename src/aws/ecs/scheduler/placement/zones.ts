// In which availability zones a task may be placed at all: where an instance is connected that is what the task asks for.
import type { Fleet } from '../../state/instance/fleet.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { Ask } from './filter.ts';
import { lastingPart, suits } from './suits.ts';
import { attributeValue } from '../../../../agent-protocol/attribute.ts';

const zoneAttribute = 'ecs.availability-zone';

/** The query that only the instances of `zone` match. */
export const inZone = (zone: string): string => `attribute:${zoneAttribute} == ${zone}`;

/** Their names, in order; whatever the instances have left. `mayUse`: which instances count. */
export function eligibleZones(
  ask: Ask,
  fleet: Fleet,
  mayUse: (instance: ContainerInstance) => boolean,
): readonly string[] {
  const suitable = suits(lastingPart(ask));
  const isEligible = (at: number): boolean => {
    const load = fleet.loads[at]!;
    return fleet.available[at] === 1 && mayUse(load.instance) && suitable(load);
  };
  return [...zonesOf(fleet)]
    .filter(([, places]) => places.some(isEligible))
    .map(([zone]) => zone)
    .sort();
}

/** Instances keep their zones: which are where is worked out once for each shape of a fleet. */
const known = new WeakMap<object, ReadonlyMap<string, readonly number[]>>();

function zonesOf({ shape, loads }: Fleet): ReadonlyMap<string, readonly number[]> {
  const found = known.get(shape);
  if (found) return found;
  const places = Map.groupBy(
    loads.keys(),
    (at) => attributeValue(loads[at]!.instance.attributes, zoneAttribute) ?? '',
  );
  known.set(shape, places);
  return places;
}
