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
  const left = new Crowds(tasks);
  const free = Map.groupBy(
    tasks.keys().filter((at) => !tasks[at]!.isProtected),
    (at) => worth(tasks[at]!),
  );
  for (const value of [...free.keys()].sort((a, b) => a - b)) {
    for (const at of crowdedFirst(tasks, free.get(value)!, left)) {
      left.lose(tasks[at]!);
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

/** How many tasks each zone and each instance has left. */
class Crowds {
  readonly #zones = new Map<string, number>();
  readonly #instances = new Map<string, number>();

  constructor(tasks: readonly ScaleInTask[]) {
    for (const task of tasks) this.#count(task, 1);
  }

  lose(task: ScaleInTask): void {
    this.#count(task, -1);
  }

  zone(name: string): number {
    return this.#zones.get(name)!;
  }

  instance(arn: string): number {
    return this.#instances.get(arn)!;
  }

  #count({ zone, instance }: ScaleInTask, by: 1 | -1): void {
    this.#zones.set(zone, (this.#zones.get(zone) ?? 0) + by);
    this.#instances.set(instance, (this.#instances.get(instance) ?? 0) + by);
  }
}

/** Tasks of one instance, by their places, as they ranked when they were last looked at. */
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

/**
 * The places of `free`, each the most crowded one by what is left then. Crowds only shrink, so what comes first by an old rank is
 * looked at again, and is first indeed if it still ranks so.
 */
function* crowdedFirst(
  tasks: readonly ScaleInTask[],
  free: readonly number[],
  left: Crowds,
): Generator<number, undefined> {
  const zones = new PriorityQueue<Ranked<PriorityQueue<Ranked<number[]>>>>(ranksBefore);
  for (const [zone, inZone] of Map.groupBy(free, (at) => tasks[at]!.zone)) {
    const instances = new PriorityQueue<Ranked<number[]>>(ranksBefore);
    for (const [instance, places] of Map.groupBy(inZone, (at) => tasks[at]!.instance))
      instances.add({
        of: places.toReversed(),
        zone: 0,
        instance: left.instance(instance),
        first: places[0]!,
      });
    zones.add({ ...instances.first()!, of: instances, zone: left.zone(zone) });
  }
  for (let zone = zones.take(); zone !== undefined; zone = zones.take()) {
    const fullest = refreshed(tasks, zone.of, left);
    const now = { ...fullest, of: zone.of, zone: left.zone(tasks[fullest.first]!.zone) };
    if (ranksBefore(zone, now)) {
      zones.add(now);
      continue;
    }
    zone.of.take();
    yield fullest.of.pop()!;
    if (fullest.of.length > 0) zone.of.add({ ...fullest, first: fullest.of.at(-1)! });
    if (zone.of.size > 0) zones.add(now);
  }
}

/** The fullest instance of a zone, first in its queue and with its rank as it is now. */
function refreshed(
  tasks: readonly ScaleInTask[],
  instances: PriorityQueue<Ranked<number[]>>,
  left: Crowds,
): Ranked<number[]> {
  for (;;) {
    const first = instances.first()!;
    const instance = left.instance(tasks[first.first]!.instance);
    if (instance === first.instance) return first;
    instances.take();
    instances.add({ ...first, instance });
  }
}
