// Which of a service's tasks go first as their number goes down. Pure; n log n for all of them.
import { PriorityQueue } from '../../../../lib/priority-queue.ts';

/** What the order looks at; `instance` is empty while the task has none. */
export interface ScaleInTask {
  readonly isRunning: boolean;
  readonly isHealthy: boolean;
  readonly isUnhealthy: boolean;
  readonly isProtected: boolean;
  readonly zone: string;
  readonly instance: string;
}

/**
 * The tasks that are not protected: those that serve least first; of equals always one from the zone that has most tasks then, and
 * there from the instance that has most. Protected tasks stay, and count for both.
 */
export function* scaleInOrder<T extends ScaleInTask>(tasks: readonly T[]): Generator<T, undefined> {
  const crowdOf = crowdsOf(tasks);
  const worths = new Set<number>();
  for (const task of tasks) if (!task.isProtected) worths.add(worth(task));
  for (const value of [...worths].sort((a, b) => a - b)) {
    for (const at of crowdedFirst(tasks, value, crowdOf)) {
      crowdOf[at]!.zone.count -= 1;
      crowdOf[at]!.instance.count -= 1;
      yield tasks[at]!;
    }
  }
}

/** Those that have no instance yet go before those that start on one. */
export function worth(task: ScaleInTask): number {
  if (task.isUnhealthy) return 0;
  if (task.instance === '') return 1;
  if (!task.isRunning) return 2;
  return task.isHealthy ? 4 : 3;
}

/** How many tasks a zone or an instance has left. */
interface Count {
  count: number;
}

/** The tasks of one instance in one zone. */
interface Crowd {
  readonly zone: Count;
  readonly instance: Count;
  /** Places of those that may go next, the last first; emptied for each worth. */
  free: number[] | undefined;
}

/** Of each task, by its place; each is asked for its zone and its instance once. */
function crowdsOf(tasks: readonly ScaleInTask[]): readonly Crowd[] {
  const zones = new Map<string, { readonly zone: Count; readonly crowds: Map<string, Crowd> }>();
  const instances = new Map<string, Count>();
  return tasks.map(({ zone: name, instance: arn }) => {
    let inZone = zones.get(name);
    if (inZone === undefined) zones.set(name, (inZone = { zone: { count: 0 }, crowds: new Map() }));
    let crowd = inZone.crowds.get(arn);
    if (crowd === undefined) {
      const instance = instances.get(arn) ?? { count: 0 };
      instances.set(arn, instance);
      inZone.crowds.set(arn, (crowd = { zone: inZone.zone, instance, free: undefined }));
    }
    crowd.zone.count += 1;
    crowd.instance.count += 1;
    return crowd;
  });
}

/** A crowd, or the fullest one of a zone, as it ranked when it was last looked at. */
interface Ranked<Of> {
  readonly of: Of;
  zone: number;
  instance: number;
  first: number;
}

/** The fullest zone first, there the fullest instance, and of equals the first task. */
const ranksBefore = (one: Ranked<unknown>, other: Ranked<unknown>): boolean =>
  one.zone !== other.zone
    ? one.zone > other.zone
    : one.instance !== other.instance
      ? one.instance > other.instance
      : one.first < other.first;

type Instances = PriorityQueue<Ranked<Crowd>>;

/**
 * The places of the free tasks of that worth, each the most crowded one by what is left then. Crowds only shrink, so what comes
 * first by an old rank is looked at again, and is first indeed if it still ranks so.
 */
function* crowdedFirst(
  tasks: readonly ScaleInTask[],
  value: number,
  crowdOf: readonly Crowd[],
): Generator<number, undefined> {
  const zones = zonesOf(freeCrowds(tasks, value, crowdOf));
  for (let zone = zones.take(); zone !== undefined; zone = zones.take()) {
    const fullest = refreshed(zone.of);
    const now = { ...fullest, of: zone.of, zone: fullest.of.zone.count };
    if (ranksBefore(zone, now)) {
      zones.add(now);
      continue;
    }
    zone.of.take();
    const { free } = fullest.of;
    yield free!.pop()!;
    if (free!.length > 0) zone.of.add({ ...fullest, first: free!.at(-1)! });
    if (zone.of.size > 0) zones.add(now);
  }
}

/** Those that have free tasks of that worth. */
function freeCrowds(
  tasks: readonly ScaleInTask[],
  value: number,
  crowdOf: readonly Crowd[],
): ReadonlySet<Crowd> {
  const crowds = new Set<Crowd>();
  for (let at = tasks.length - 1; at >= 0; at--) {
    const task = tasks[at]!;
    if (task.isProtected || worth(task) !== value) continue;
    const crowd = crowdOf[at]!;
    if (crowds.has(crowd)) {
      crowd.free!.push(at);
      continue;
    }
    crowds.add(crowd);
    crowd.free = [at];
  }
  return crowds;
}

function zonesOf(crowds: ReadonlySet<Crowd>): PriorityQueue<Ranked<Instances>> {
  const byZone = new Map<Count, Instances>();
  for (const of of crowds) {
    const instances = byZone.get(of.zone) ?? new PriorityQueue<Ranked<Crowd>>(ranksBefore);
    byZone.set(of.zone, instances);
    instances.add({ of, zone: 0, instance: of.instance.count, first: of.free!.at(-1)! });
  }
  const zones = new PriorityQueue<Ranked<Instances>>(ranksBefore);
  for (const [zone, of] of byZone) zones.add({ ...of.first()!, of, zone: zone.count });
  return zones;
}

/** The fullest instance of a zone, first in its queue and with its rank as it is now. */
function refreshed(instances: Instances): Ranked<Crowd> {
  for (;;) {
    const first = instances.first()!;
    const instance = first.of.instance.count;
    if (instance === first.instance) return first;
    instances.take();
    instances.add({ ...first, instance });
  }
}
