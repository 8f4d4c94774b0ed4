// Moves a staged deployment through its stages as far as it may go now, and takes it back where a hook objects.
import { uuid } from '../../../../../lib/ids.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import {
  goesForward,
  type ServiceDeployment,
  type StagedProgress,
} from '../../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../../store/store.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { tell, type ServiceContext } from '../context.ts';
import * as messages from '../messages.ts';
import { beginRollout, failRollout } from '../rollout.ts';
import { wantedTasks } from '../../../scheduler/service/task-view.ts';
import { healthyOf } from '../../../scheduler/service/staged/fleets.ts';
import { nextStage, type StageFacts, type StageState, type Turn } from './next-stage.ts';
import { servingBefore } from './serving.ts';
import type { StagedDeployment } from '../../../scheduler/service/staged/staged-deployment.ts';
import { wayOf } from './stops.ts';

/** Answers when, epoch ms, to look again though nothing changed. */
export function advance(
  tx: WriteTransaction,
  service: Service,
  { record: found, green, blue }: StagedDeployment,
  context: ServiceContext,
): number | undefined {
  if (!goesForward(found)) return undefined;
  beginRollout(tx, green, context);
  const [record = found] = tx.table(serviceDeployments).by('arn', found.arn);
  const { deploymentConfiguration: configuration } = record;
  const began = stateOf(record) ?? begin(tx, service, green, context);
  const blueId = began.progress.blueDeploymentId ?? blue?.id;
  const way = wayOf(configuration, began.progress);
  const newId = () => uuid(context.random);
  let turn: Turn = { state: began, wakeAt: context.now };
  while (turn.wakeAt === context.now && turn.objection === undefined) {
    const facts = factsOf(tx, service, green, blueId, turn.state.progress, context);
    turn = nextStage(turn.state, way, configuration.lifecycleHooks, facts, newId);
  }
  const { state, objection } = turn;
  if (
    state.stage !== record.lifecycleStage ||
    state.progress !== record.staged ||
    state.hooks !== record.lifecycleHooks
  )
    tx.table(serviceDeployments).put({
      ...record,
      lifecycleStage: state.stage,
      staged: state.progress,
      lifecycleHooks: state.hooks,
      updatedAt: context.now,
    });
  if (objection !== undefined) fail(tx, service, green, objection, context);
  return turn.wakeAt;
}

const stateOf = ({ lifecycleStage, staged, lifecycleHooks }: ServiceDeployment): StageState | undefined =>
  staged && { stage: lifecycleStage, progress: staged, hooks: lifecycleHooks };

/** Looks for who serves now, once: what is blue stays blue until the deployment is over. */
function begin(
  tx: WriteTransaction,
  service: Service,
  green: Deployment,
  context: ServiceContext,
): StageState {
  const { now } = context;
  const blue = servingBefore(tx, service, green, wantedTasks(tx, service, context).tasks);
  if (blue && blue.rolloutState !== 'COMPLETED') {
    const rolloutStateReason = `ECS deployment ${blue.id} completed.`;
    tx.table(deployments).put({ ...blue, rolloutState: 'COMPLETED', rolloutStateReason, updatedAt: now });
  }
  const progress: StagedProgress = {
    blueDeploymentId: blue?.id,
    reconciles: !isReconciled(tx, service, [green.id, blue?.id]),
    step: 0,
    since: now,
    testWeight: 0,
    productionWeight: 0,
  };
  return { progress, hooks: [] };
}

function factsOf(
  tx: ReadTransaction,
  service: Service,
  green: Deployment,
  blueId: string | undefined,
  weights: StagedProgress,
  context: ServiceContext,
): StageFacts {
  const { tasks: wanted } = wantedTasks(tx, service, context);
  return {
    now: context.now,
    isReconciled: isReconciled(tx, service, [green.id, blueId]),
    isGreenUp: healthyOf(wanted, green.id) >= service.desiredCount,
    trafficHolds: context.router.holds(tx, service, weights),
  };
}

/** Whether no deployment but these still has tasks. */
function isReconciled(tx: ReadTransaction, { arn }: Service, kept: readonly (string | undefined)[]): boolean {
  const table = tx.table(tasks);
  return [...tx.table(deployments).by('listed', arn)].every(
    ({ id }) => kept.includes(id) || table.count('deploymentLive', id) === 0,
  );
}

function fail(
  tx: WriteTransaction,
  service: Service,
  green: Deployment,
  objection: string,
  context: ServiceContext,
): void {
  tell(tx, context, service, messages.deploymentRefused(service.name, green.id, objection));
  const reason = messages.sentence(`Service deployment rolled back because ${objection}`);
  const [primary = green] = tx.table(deployments).by('id', green.id);
  failRollout(tx, service, primary, context, { reason, goBack: true, tripped: false });
}
