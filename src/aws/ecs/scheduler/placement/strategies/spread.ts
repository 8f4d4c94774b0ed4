// spread: the value that has the fewest tasks of the group. Instances without the attribute share a value of their own.
import type { Fleet } from '../../../state/instance/fleet.ts';
import type { RankingFor } from './ranking.ts';

/** Which places share a value: the places of each value, and the value of each place. */
interface Buckets {
  readonly places: readonly (readonly number[])[];
  readonly of: Int32Array;
}

/** Over the values of an instance attribute, e.g. `ecs.availability-zone`. */
export const spreadOver =
  (attribute: string): RankingFor =>
  (requirements, fleet) => {
    const { places, of } = bucketsOf(fleet, attribute);
    const counts = new Float64Array(places.length);
    for (const [at, count] of fleet.groupTasks(requirements.group)) counts[of[at]!]! += count;
    const scores = Float64Array.from(of, (bucket) => counts[bucket]!);
    return {
      scores,
      isLocal: false,
      placed: (at) => {
        for (const place of places[of[at]!]!) scores[place]! += 1;
      },
    };
  };

/** Over instances (`instanceId`, `host`). */
export const spreadOverInstances: RankingFor = (requirements, fleet) => {
  const scores = new Float64Array(fleet.usages.length);
  for (const [at, count] of fleet.groupTasks(requirements.group)) scores[at] = count;
  return {
    scores,
    isLocal: true,
    placed: (at) => {
      scores[at]! += 1;
    },
  };
};

/** Instances keep their attributes for long: who shares a value is worked out once for each shape of a fleet. */
const known = new WeakMap<object, Map<string, Buckets>>();

function bucketsOf({ shape, usages }: Fleet, attribute: string): Buckets {
  const ofShape = known.get(shape) ?? new Map<string, Buckets>();
  known.set(shape, ofShape);
  const found = ofShape.get(attribute);
  if (found) return found;
  const bucketOf = new Map<string, number>();
  const places: number[][] = [];
  const of = Int32Array.from(usages, ({ instance }, at) => {
    const value = instance.attributes.find(({ name }) => name === attribute)?.value ?? '';
    const bucket = bucketOf.get(value) ?? bucketOf.size;
    bucketOf.set(value, bucket);
    (places[bucket] ??= []).push(at);
    return bucket;
  });
  const buckets = { places, of };
  ofShape.set(attribute, buckets);
  return buckets;
}
