// The scheduler of REPLICA services that replace their tasks step by step.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { taskBounds } from '../../../state/service/deployment-configuration.ts';
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import type { StartOrder } from '../plan.ts';
import type { DecisionContext, Scheduler } from '../scheduler.ts';
import { startersOf, type Starters } from '../source.ts';
import { wantedTasks } from '../task-view.ts';
import { reconcile, type Moves, type RollingView } from './reconcile.ts';

export const rolling: Scheduler = (tx, service, primary, context) => {
  const { view, starters, changesAt } = look(tx, service, primary, context);
  const moves = reconcile(view);
  return {
    // What served before goes first: a step does not start all at once.
    start: [...ordered(starters.source, moves.source?.start ?? 0), ...ordered(starters.lead, moves.start)],
    missing: moves.missing,
    stop: moves.stop,
    isStuck: moves.isStuck,
    desiredCount: view.desiredCount,
    kept: keptBeside(primary, starters, view, moves),
    isSettled: isSettled(view, moves),
    changesAt,
  };
};

const ordered = (deployment: Deployment | undefined, count: number): readonly StartOrder[] =>
  deployment && count > 0 ? [{ deploymentId: deployment.id, count }] : [];

interface Look {
  readonly view: RollingView;
  readonly starters: Starters;
  readonly changesAt?: number | undefined;
}

function look(tx: ReadTransaction, service: Service, primary: Deployment, context: DecisionContext): Look {
  const { now } = context;
  const desiredCount = service.status === 'ACTIVE' ? service.desiredCount : 0;
  const { tasks, changesAt } = wantedTasks(tx, service, context);
  const starters = startersOf(tx, primary, tasks);
  const { lead, source } = starters;
  const heldUntil = (of: Deployment | undefined): number => (of ? heldBackUntil(of, desiredCount) : 0);
  const leads = [lead?.id, primary.id];
  const changes = [...changesAt, heldUntil(lead), heldUntil(source)].filter((at) => at > now);
  return {
    starters,
    view: {
      desiredCount,
      ...taskBounds(service.deploymentConfiguration, desiredCount),
      mayStart: lead !== undefined && heldUntil(lead) <= now,
      mayReplace: lead !== undefined,
      source: source && { mayStart: heldUntil(source) <= now },
      extra: primary.zoneBalance?.extra,
      mostStops: context.mostStops,
      tasks: tasks.map((task) => ({
        ...task,
        isCurrent: leads.includes(task.deploymentId) && task.mayStay,
        ofSource: task.deploymentId !== source?.id ? undefined : task.mayStay ? 'stays' : 'leaves',
      })),
    },
    changesAt: changes.length === 0 ? undefined : Math.min(...changes),
  };
}

/** How many tasks the deployment that served before is to have, as long as it is needed. */
function keptBeside(
  primary: Deployment,
  { lead, source }: Starters,
  { desiredCount }: RollingView,
  moves: Moves,
): ReadonlyMap<string, number> {
  if (lead && lead.id !== primary.id) return new Map([[lead.id, desiredCount]]);
  const kept = moves.source?.kept ?? 0;
  return new Map(source && kept > 0 ? [[source.id, kept]] : []);
}

const isSettled = ({ tasks, desiredCount }: RollingView, { start, source, stop }: Moves): boolean =>
  start + (source?.start ?? 0) === 0 &&
  stop.length === 0 &&
  tasks.length === desiredCount &&
  tasks.every((task) => task.isCurrent && task.isHealthy);
