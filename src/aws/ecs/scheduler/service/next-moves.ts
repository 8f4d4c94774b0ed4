// What a service does next, whatever its kind: for those who ask without doing it. Its controller does the same by the same schedulers.
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { daemon } from './daemon/scheduler.ts';
import { withEarlyExits } from './early-exits.ts';
import type { ServicePlan } from './plan.ts';
import type { DecisionContext } from './scheduler.ts';
import { staged } from './staged/scheduler.ts';
import { planTaskSet } from './task-sets/scheduler.ts';
import { wantedTasks } from './task-view.ts';

export type NextMoves = Pick<ServicePlan, 'start' | 'missing' | 'stop' | 'isStuck'>;

const noMoves: NextMoves = { start: [], missing: 0, stop: [], isStuck: false };

/** All that the service wants to start and stop now; moves between Availability Zones come once there is nothing of it. */
export function nextMoves(tx: ReadTransaction, service: Service, context: DecisionContext): NextMoves {
  if (service.deploymentController === 'EXTERNAL') return movesOfTaskSets(tx, service, context);
  const [primary] = tx.table(deployments).by('primary', service.arn);
  if (!primary) return noMoves;
  // Where no deployment goes stage by stage, `staged` rolls.
  const scheduler = service.schedulingStrategy === 'DAEMON' ? daemon : staged;
  return scheduler(tx, service, primary, withEarlyExits(tx, primary, context));
}

function movesOfTaskSets(tx: ReadTransaction, service: Service, context: DecisionContext): NextMoves {
  const { tasks } = wantedTasks(tx, service, context);
  const ofSet = Map.groupBy(tasks, ({ deploymentId }) => deploymentId);
  const plans = [...tx.table(taskSets).by('service', service.arn)].map((set) =>
    planTaskSet(service, set, ofSet.get(set.id) ?? [], context),
  );
  return {
    start: plans.flatMap(({ start }) => start),
    missing: plans.reduce((sum, { missing }) => sum + missing, 0),
    stop: plans.flatMap(({ stop }) => stop),
    isStuck: plans.some(({ isStuck }) => isStuck),
  };
}
