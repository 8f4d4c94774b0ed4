// How a steady service is rebalanced over availability zones: what it starts and where, and what it stops once
// that is healthy. Pure. Every such move makes the skew smaller, so it comes to an end.
import { scaleInOrder, type ScaleInTask } from '../scale-in-order.ts';
import type { ServiceTask } from '../view/service-view.ts';

export type ZoneTask = Pick<ServiceTask, 'arn'> & ScaleInTask;

export interface ZoneView {
  readonly desiredCount: number;
  /** How many tasks there may be at once. */
  readonly maximum: number;
  readonly tasks: readonly ZoneTask[];
  /** Where another task may be placed. */
  readonly zones: readonly string[];
  /** How many tasks were started for which others are still to stop. */
  readonly surge: number;
  /** Those that were started are the first of more: the step before could not start all. */
  readonly isStarting: boolean;
  /** How many tasks this step may start or stop. */
  readonly maxMoves: number;
}

export type ZoneMoves =
  /** It is balanced, or not the time; or what was started is not healthy yet. */
  | { readonly kind: 'none' }
  /** So many tasks, by zone; `goesOn`: more are to follow in the next step. */
  | { readonly kind: 'start'; readonly counts: ReadonlyMap<string, number>; readonly goesOn: boolean }
  | { readonly kind: 'stop'; readonly tasks: readonly ZoneTask[]; readonly goesOn: boolean }
  /** What was started came to nothing, or is not needed any more. */
  | { readonly kind: 'cancel' }
  /** All tasks that could make way are protected. */
  | { readonly kind: 'protected' };

/** The next move. */
export function reconcileZones(view: ZoneView): ZoneMoves {
  if (view.surge === 0) return begin(view);
  const more = view.isStarting ? begin(view) : undefined;
  return more?.kind === 'start' ? more : finish(view);
}

/** How many tasks are in each zone, those where one may be placed included, by name. */
export function zoneCounts({ tasks, zones }: Pick<ZoneView, 'tasks' | 'zones'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...new Set([...zones, ...tasks.map(({ zone }) => zone)])].sort()) counts.set(name, 0);
  for (const { zone } of tasks) counts.set(zone, counts.get(zone)! + 1);
  return counts;
}

/** The difference between the fullest zone and the emptiest in which a task may be placed. */
export function zoneSkew(counts: ReadonlyMap<string, number>, zones: readonly string[]): number {
  const least = Math.min(...zones.map((zone) => counts.get(zone) ?? 0));
  return Math.max(...counts.values()) - least;
}

function begin(view: ZoneView): ZoneMoves {
  const { tasks, desiredCount, zones, surge } = view;
  const isSteady = tasks.every((task) => (surge > 0 ? !task.isUnhealthy : task.isHealthy));
  if (tasks.length !== desiredCount + surge || !isSteady || zones.length === 0) return { kind: 'none' };
  const exchange = new Exchange(view);
  const room = view.maximum - tasks.length;
  if (room <= 0 || exchange.isBalanced()) return { kind: 'none' };
  const counts = startsFor(exchange, Math.min(room, view.maxMoves));
  if (counts.size === 0) return { kind: 'protected' };
  return { kind: 'start', counts, goesOn: room > view.maxMoves && !exchange.isBalanced() };
}

/** Each from the fullest zone that can give one to the emptiest that can take one. */
function startsFor(exchange: Exchange, maxMoves: number): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (let left = maxMoves; left > 0; left--) {
    const to = exchange.move();
    if (to === undefined) break;
    starts.set(to, (starts.get(to) ?? 0) + 1);
  }
  return starts;
}

/** The zones as they will be once all that was started has its place, and others have stopped for it. */
class Exchange {
  readonly #zones: readonly string[];
  readonly #counts: Map<string, number>;
  /** How many tasks may still leave each zone. */
  readonly #free: Map<string, number>;

  constructor({ tasks, zones, surge }: ZoneView) {
    this.#zones = zones;
    this.#counts = zoneCounts({ tasks, zones });
    this.#free = zoneCounts({ tasks: tasks.filter((task) => !task.isProtected), zones: [] });
    for (let left = surge; left > 0; left--) this.#leave(this.#fullest());
  }

  isBalanced(): boolean {
    return zoneSkew(this.#counts, this.#zones) <= 1;
  }

  /** One more from the fullest zone to the emptiest; answers which that is, undefined where none would get more even by it. */
  move(): string | undefined {
    const to = this.#zones.reduce((best, zone) => (this.#count(zone) < this.#count(best) ? zone : best));
    const from = this.#fullest();
    if (from === undefined || this.#count(from) - this.#count(to) <= 1) return undefined;
    this.#leave(from);
    this.#counts.set(to, this.#count(to) + 1);
    return to;
  }

  #count(zone: string): number {
    return this.#counts.get(zone)!;
  }

  /** Of those that can give one. */
  #fullest(): string | undefined {
    const giving = [...this.#free].filter(([, count]) => count > 0).map(([zone]) => zone);
    return giving.length === 0
      ? undefined
      : giving.reduce((best, zone) => (this.#count(zone) > this.#count(best) ? zone : best));
  }

  #leave(zone: string | undefined): void {
    if (zone === undefined) return;
    this.#counts.set(zone, this.#count(zone) - 1);
    this.#free.set(zone, this.#free.get(zone)! - 1);
  }
}

function finish({ tasks, desiredCount, surge, maxMoves }: ZoneView): ZoneMoves {
  const tooMany = Math.min(surge, tasks.length - desiredCount);
  if (tooMany <= 0 || tasks.some((task) => task.isUnhealthy)) return { kind: 'cancel' };
  if (!tasks.every((task) => task.isHealthy)) return { kind: 'none' };
  const chosen = scaleInOrder(tasks).take(Math.min(tooMany, maxMoves)).toArray();
  return chosen.length > 0
    ? { kind: 'stop', tasks: chosen, goesOn: chosen.length < tooMany }
    : { kind: 'cancel' };
}
