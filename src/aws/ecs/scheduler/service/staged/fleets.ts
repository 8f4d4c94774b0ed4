// What the fleets of a service do next while a deployment of it is under way stage by stage. Pure; run twice it asks for nothing more.
// Each fleet, the tasks of one deployment, is kept by the same rules as a rolling service: dead tasks are replaced, tasks on
// instances that drain move, the percents of the service hold within the fleet.
import { type DeploymentConfiguration } from '../../../state/service/deployment-configuration.ts';
import type { ServiceMoves, StartOrder, StopOrder } from '../plan.ts';
import { reconcile, type Moves } from '../rolling/reconcile.ts';
import type { ServiceTask } from '../view/service-view.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';

export interface Fleet {
  readonly deploymentId: string;
  /**
   * `kept`: it has `count` tasks; `going`: its tasks stop, but for `count` healthy ones; `waning`: those that serve stay, the
   * others stop, none is started; `left`: nothing is done to it.
   */
  readonly mode: 'kept' | 'going' | 'waning' | 'left';
  readonly count: number;
  /** It is not in launch backoff. */
  readonly mayStart: boolean;
}

type FleetMoves = Pick<Moves, 'start' | 'missing' | 'stop' | 'isStuck'>;
type Percents = Pick<DeploymentConfiguration, 'minimumHealthyPercent' | 'maximumPercent'>;

/**
 * The moves of all fleets together; `tasks` are those of the service that nobody has told to stop. Of a fleet's tasks that are too
 * many no more than `maxStops` need be chosen; all are where it is absent.
 */
export function planFleets(
  fleets: readonly Fleet[],
  tasks: readonly ServiceTask[],
  percents: Percents,
  maxStops?: number,
): ServiceMoves {
  const start: StartOrder[] = [];
  const stop: StopOrder[] = [];
  let missing = 0;
  let isStuck = false;
  for (const fleet of fleets) {
    const moves = movesOf(fleet, tasks, percents, maxStops);
    if (moves.start > 0) start.push({ deploymentId: fleet.deploymentId, count: moves.start });
    missing += moves.missing;
    stop.push(...moves.stop);
    isStuck ||= moves.isStuck;
  }
  return { start, missing, stop, isStuck };
}

const noMoves: FleetMoves = { start: 0, missing: 0, stop: [], isStuck: false };

function movesOf(
  fleet: Fleet,
  tasks: readonly ServiceTask[],
  percents: Percents,
  maxStops: number | undefined,
): FleetMoves {
  const mine = tasks.filter(({ deploymentId }) => deploymentId === fleet.deploymentId);
  if (fleet.mode === 'left') return noMoves;
  if (fleet.mode === 'kept') {
    return reconcile({
      desiredCount: fleet.count,
      ...taskBounds(percents, fleet.count),
      mayStart: fleet.mayStart,
      mayReplace: true,
      maxStops,
      tasks: mine,
      isCurrent: (task) => task.mayStay,
    });
  }
  return reconcile({
    desiredCount: 0,
    minimum: fleet.mode === 'going' ? fleet.count : mine.length,
    maximum: 0,
    mayStart: false,
    mayReplace: true,
    tasks: mine,
    isCurrent: () => false,
  });
}

/** How many healthy tasks the fleet has where they may stay. */
export const healthyOf = (tasks: readonly ServiceTask[], deploymentId: string | undefined): number =>
  tasks.filter((task) => task.deploymentId === deploymentId && task.isHealthy && task.mayStay).length;
