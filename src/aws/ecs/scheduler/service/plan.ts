// What a service does next, as plain data; every scheduler makes such plans.

/** A task that is told to stop. */
export interface StopOrder {
  readonly arn: string;
  /**
   * `health`: its health checks fail; `constraints`: its instance no longer is what its service asks for; `scaling`: it is
   * too many, or of an older deployment.
   */
  readonly because: 'scaling' | 'health' | 'constraints';
}

/** Tasks that are to be started of one deployment or task set. */
export interface StartOrder {
  /** The deployment's id, or the task set's. */
  readonly deploymentId: string;
  readonly count: number;
  /** ARNs of the container instances that may take one each; where absent, placement chooses. */
  readonly instances?: readonly string[] | undefined;
}

/** What is started and stopped. */
export interface ServiceMoves {
  readonly start: readonly StartOrder[];
  /** How many tasks are lacking, whether they may be started now or not. */
  readonly missing: number;
  readonly stop: readonly StopOrder[];
  /** More is to be done, but the percents allow neither a start nor a stop, and nothing under way will change that. */
  readonly isStuck: boolean;
}

export const noMoves: ServiceMoves = { start: [], missing: 0, stop: [], isStuck: false };

/** Of a service with deployments. */
export interface DeploymentPlan extends ServiceMoves {
  /** How many tasks the PRIMARY deployment is to have. */
  readonly desiredCount: number;
  /**
   * How many tasks other deployments are to have, by their ids, while they make no way for the PRIMARY: these stay listed even
   * without tasks. Absent: all others make way.
   */
  readonly kept?: ReadonlyMap<string, number> | undefined;
  /** The PRIMARY deployment has all it wants, all of it healthy, and nothing more is wanted of older ones. */
  readonly isSettled: boolean;
  /** On some instance its tasks have failed so often that it waits before the next; of a DAEMON. */
  readonly isBackingOff?: boolean | undefined;
  /** Epoch ms when the plan may be another one though no row changed. */
  readonly changesAt?: number | undefined;
}

/** The first of the times that are set. */
export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const set = times.filter((time) => time !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
}

/** How many tasks one step of a service starts and stops at most, so that it never holds the event loop for long. */
export const tasksAStep = 50;
/** So many stops a step has to know of: those that it does, and whether there are more. */
export const maxStops = tasksAStep + 1;

/** What of a plan one step does: what stops goes first, as it makes room. */
export function firstAllowed({ start, stop }: Pick<ServiceMoves, 'start' | 'stop'>): {
  readonly start: readonly StartOrder[];
  readonly stop: readonly StopOrder[];
  /** The rest is for the next step, which decides about it anew. */
  readonly isCut: boolean;
} {
  const stops = stop.slice(0, tasksAStep);
  let room = tasksAStep - stops.length;
  const starts: StartOrder[] = [];
  for (const order of start) {
    const count = Math.min(order.count, room);
    room -= count;
    if (count > 0) starts.push({ ...order, count, instances: order.instances?.slice(0, count) });
  }
  const count = (orders: readonly StartOrder[]): number => orders.reduce((sum, one) => sum + one.count, 0);
  return { start: starts, stop: stops, isCut: stops.length < stop.length || count(starts) < count(start) };
}
