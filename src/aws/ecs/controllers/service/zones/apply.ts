// Does what Availability Zone rebalancing decided: starts tasks in the emptier zones, and stops others for them later.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import { askToStop } from '../../../state/task/task-lifecycle.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { withScheduling, type ZoneBalance } from '../../../state/service/deployment/deployment-scheduling.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { recordEventOnce, recordEvent, recordTaskEvents, type ServiceContext } from '../context.ts';
import { unableToScaleIn } from '../messages.ts';
import { startTasks } from '../start-tasks.ts';
import * as messages from './messages.ts';
import {
  zoneSkew,
  zoneCounts,
  type ZoneMoves,
  type ZoneTask,
  type ZoneView,
} from '../../../scheduler/service/zones/reconcile.ts';
import type { ZonePlan } from '../../../scheduler/service/zones/scheduler.ts';

/** After a zone had no room, and after what was started there came to nothing, ms. */
const retryZone = 60_000;
const pause = 15 * 60_000;

interface Outcome {
  /** Tasks were started or stopped. */
  readonly hasMoved: boolean;
  /** Epoch ms. */
  readonly changesAt?: number | undefined;
}
const still: Outcome = { hasMoved: false };

/** A service and its PRIMARY deployment, whose tasks are moved. */
interface Moved {
  readonly service: Service;
  readonly primary: Deployment;
}

export function applyZones(
  tx: WriteTransaction,
  moved: Moved,
  planned: ZonePlan,
  context: ServiceContext,
): Outcome {
  switch (planned.kind) {
    case 'none':
      return { hasMoved: false, changesAt: planned.begins };
    case 'end':
      note(tx, moved.primary, { surge: 0, notBefore: moved.primary.scheduling?.zoneBalance?.notBefore ?? 0 });
      return still;
    case 'move':
      return move(tx, moved, planned, context);
  }
}

function move(
  tx: WriteTransaction,
  moved: Moved,
  { moves, of }: Extract<ZonePlan, { kind: 'move' }>,
  context: ServiceContext,
): Outcome {
  const { service, primary } = moved;
  switch (moves.kind) {
    case 'none':
      return still;
    case 'start':
      return start(tx, moved, of, moves, context);
    case 'stop':
      stop(tx, moved, of, moves.tasks, context);
      return moves.goesOn ? { hasMoved: true, changesAt: context.now } : { hasMoved: true };
    case 'cancel':
      note(tx, primary, { surge: 0, notBefore: context.now + pause });
      return { hasMoved: true };
    case 'protected':
      recordEventOnce(tx, context, service, unableToScaleIn(service.name, primary.id));
      return { hasMoved: false, changesAt: context.now + retryZone };
  }
}

const note = (tx: WriteTransaction, primary: Deployment, zoneBalance: ZoneBalance): Deployment =>
  tx.table(deployments).put(withScheduling(primary, { zoneBalance }));

function start(
  tx: WriteTransaction,
  { service, primary }: Moved,
  view: ZoneView,
  { counts, goesOn }: Extract<ZoneMoves, { kind: 'start' }>,
  context: ServiceContext,
): Outcome {
  const outcomes = [...counts].map(([zone, count]) => ({
    zone,
    count,
    ...startTasks(tx, context, { service, of: primary, count, zone }),
  }));
  const moved = outcomes.reduce((sum, { started }) => sum + started.length, 0);
  const isStarting = goesOn && outcomes.every(({ count, started }) => started.length === count);
  if (moved > 0) {
    if (view.surge === 0)
      recordEvent(tx, context, service, messages.notBalanced(service.name, zoneCounts(view)));
    note(tx, primary, { surge: view.surge + moved, isStarting, notBefore: 0 });
  }
  for (const { zone, count, started } of outcomes) {
    const ids = started.map(({ id }) => id);
    recordTaskEvents(tx, context, service, ids, (few) => messages.startedInZone(service.name, zone, few));
    if (ids.length < count)
      recordEventOnce(tx, context, service, messages.unplacedInZone(service.name, zone));
  }
  return { hasMoved: moved > 0, changesAt: isStarting ? context.now : context.now + retryZone };
}

function stop(
  tx: WriteTransaction,
  { service, primary }: Moved,
  view: ZoneView,
  chosen: readonly ZoneTask[],
  context: ServiceContext,
): void {
  const table = tx.table(tasks);
  const reason = `Scaling activity initiated by (deployment ${primary.id})`;
  const byZone = Map.groupBy(
    chosen.toSorted((a, b) => (a.zone < b.zone ? -1 : 1)),
    (task) => task.zone,
  );
  for (const [zone, of] of byZone) {
    const ids = of.map(({ arn }) => {
      const task = table.get(arn)!;
      return table.put(askToStop(task, 'ServiceSchedulerInitiated', reason, context.now)).id;
    });
    recordTaskEvents(tx, context, service, ids, (few) => messages.stoppedInZone(service.name, zone, few));
  }
  const surge = view.surge - chosen.length;
  note(tx, primary, { surge, notBefore: 0 });
  if (surge > 0) return;
  const gone = new Set(chosen);
  const counts = zoneCounts({ ...view, tasks: view.tasks.filter((task) => !gone.has(task)) });
  if (zoneSkew(counts, view.zones) <= 1)
    recordEvent(tx, context, service, messages.balanced(service.name, counts));
}
