// The scheduler of REPLICA services that replace their tasks step by step.
import type { Deployment } from '../../../model/deployment.ts';
import { taskBounds } from '../../../model/deployment-configuration.ts';
import { heldBackUntil } from '../../../model/hold-back.ts';
import type { Service } from '../../../model/service.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { DecisionContext, Scheduler } from '../scheduler.ts';
import { wantedTasks } from '../task-view.ts';
import { reconcile, type Moves, type RollingView } from './reconcile.ts';

export const rolling: Scheduler = (tx, service, primary, context) => {
  const { view, changesAt } = look(tx, service, primary, context);
  const moves = reconcile(view);
  return {
    start: moves.start === 0 ? [] : [{ deploymentId: primary.id, count: moves.start }],
    missing: moves.missing,
    stop: moves.stop,
    isStuck: moves.isStuck,
    desiredCount: view.desiredCount,
    isSettled: isSettled(view, moves),
    changesAt,
  };
};

function look(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  context: DecisionContext,
): { readonly view: RollingView; readonly changesAt?: number | undefined } {
  const desiredCount = service.status === 'ACTIVE' ? service.desiredCount : 0;
  const { tasks, changesAt } = wantedTasks(tx, service, context);
  const heldUntil = heldBackUntil(primary);
  const hasFailed = primary.rolloutState === 'FAILED';
  const isHeld = heldUntil > context.now;
  const changes = isHeld ? [...changesAt, heldUntil] : changesAt;
  return {
    view: {
      desiredCount,
      ...taskBounds(service.deploymentConfiguration, desiredCount),
      mayStart: !hasFailed && !isHeld,
      mayReplace: !hasFailed,
      extra: primary.zoneBalance?.extra,
      tasks: tasks.map((task) => ({
        ...task,
        isCurrent: task.deploymentId === primary.id && task.mayStay,
      })),
    },
    changesAt: changes.length === 0 ? undefined : Math.min(...changes),
  };
}

const isSettled = ({ tasks, desiredCount }: RollingView, { start, stop }: Moves): boolean =>
  start === 0 &&
  stop.length === 0 &&
  tasks.length === desiredCount &&
  tasks.every((task) => task.isCurrent && task.isHealthy);
