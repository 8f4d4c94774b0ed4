// The scheduler of a service while a deployment of it is under way stage by stage: which fleets it has, and how each is kept.
import {
  lifecycleStages,
  type ServiceDeployment,
} from '../../../state/service/deployment/service-deployment.ts';
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import type { DecisionContext, Scheduler } from '../scheduler.ts';
import type { ServicePlan } from '../plan.ts';
import { rolling } from '../rolling/scheduler.ts';
import { wantedTasks, type ServiceTask } from '../task-view.ts';
import { healthyOf, planFleets, type Fleet } from './fleets.ts';
import { isLeaving, stagedDeployment, type StagedDeployment } from './staged-deployment.ts';

export const staged: Scheduler = (tx, service, primary, context) => {
  const found = stagedDeployment(tx, service);
  if (!found) return rolling(tx, service, primary, context);
  const { tasks, changesAt } = wantedTasks(tx, service, context);
  const fleets = fleetsOf(tx, service, found, tasks, context);
  const moves = planFleets(fleets, tasks, service.deploymentConfiguration, context.mostStops);
  const held = fleets
    .map(({ deploymentId }) => heldUntil(tx, service, deploymentId))
    .filter((until) => until > context.now);
  const changes = [...changesAt, ...held];
  const counts = new Map(
    fleets.filter(({ mode }) => mode === 'kept').map(({ deploymentId, count }) => [deploymentId, count]),
  );
  const mine = tasks.filter(({ deploymentId }) => deploymentId === primary.id).length;
  return {
    ...moves,
    desiredCount: counts.get(primary.id) ?? mine,
    kept: counts,
    isSettled: isSettled(found.record, moves, service, primary, tasks),
    changesAt: changes.length === 0 ? undefined : Math.min(...changes),
  };
};

function heldUntil(tx: ReadTransaction, { desiredCount }: Service, deploymentId: string): number {
  const [deployment] = tx.table(deployments).by('id', deploymentId);
  return deployment ? heldBackUntil(deployment, desiredCount) : 0;
}

interface Modes {
  readonly kept: (deployment: Deployment) => Fleet;
  readonly going: (deploymentId: string) => Fleet;
}

function fleetsOf(
  tx: ReadTransaction,
  service: Service,
  { record, green, blue }: StagedDeployment,
  tasks: readonly ServiceTask[],
  context: DecisionContext,
): readonly Fleet[] {
  const kept: Modes['kept'] = (deployment) => ({
    deploymentId: deployment.id,
    mode: 'kept',
    count: service.desiredCount,
    mayStart: heldBackUntil(deployment, service.desiredCount) <= context.now,
  });
  // What goes keeps as many as those that stay are short of. Without blue, what is left of earlier deployments serves until green does.
  const shortBy = (deployment: Deployment | undefined): number =>
    Math.max(0, service.desiredCount - healthyOf(tasks, deployment?.id));
  const going = (deploymentId: string): Fleet => ({
    deploymentId,
    mode: 'going',
    count: shortBy(isLeaving(record) ? green : blue),
    mayStart: false,
  });
  const others = [...tx.table(deployments).by('listed', service.arn)].filter(
    ({ id }) => id !== green.id && id !== blue?.id,
  );
  return [
    ...greenFleet(tx, service, record, green, { kept, going }, context),
    ...(blue ? [isLeaving(record) ? going(blue.id) : kept(blue)] : []),
    ...others.map(({ id }) =>
      blue || cleansUp(record) ? going(id) : { ...left(id), mode: 'waning' as const },
    ),
  ];
}

const left = (deploymentId: string): Fleet => ({ deploymentId, mode: 'left', count: 0, mayStart: false });

const cleansUp = ({ lifecycleStage }: ServiceDeployment): boolean => lifecycleStage === 'CLEAN_UP';
const scaleUp = lifecycleStages.indexOf('SCALE_UP');

/** On the way back green serves until the traffic has left it. */
function greenFleet(
  tx: ReadTransaction,
  service: Service,
  record: ServiceDeployment,
  green: Deployment,
  { kept, going }: Modes,
  { router }: DecisionContext,
): readonly Fleet[] {
  const { staged: progress, lifecycleStage } = record;
  if (!progress || !lifecycleStage) return [];
  if (record.rollback) {
    const isFree = progress.productionWeight === 0 && router.holds(tx, service, progress);
    return [isFree ? going(green.id) : left(green.id)];
  }
  if (green.rolloutState === 'FAILED') return [left(green.id)];
  return lifecycleStages.indexOf(lifecycleStage) < scaleUp ? [] : [kept(green)];
}

/** The last stage, or the way back, has come to its end: only the PRIMARY deployment's tasks are left, all of them healthy. */
function isSettled(
  record: ServiceDeployment,
  { start, stop }: Pick<ServicePlan, 'start' | 'stop'>,
  { desiredCount }: Service,
  primary: Deployment,
  tasks: readonly ServiceTask[],
): boolean {
  if (!isLeaving(record) && record.status !== 'ROLLBACK_IN_PROGRESS') return false;
  return (
    start.length === 0 &&
    stop.length === 0 &&
    tasks.length === desiredCount &&
    healthyOf(tasks, primary.id) === desiredCount
  );
}
