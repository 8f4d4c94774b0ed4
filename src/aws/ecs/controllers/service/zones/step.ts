// Availability Zone rebalancing: one step of bringing a steady service's tasks evenly over the zones.
import { taskBounds } from '../../../state/service/deployment-configuration.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import { autoScalingGroupOf } from '../../../state/instance/instance-group.ts';
import { autoScalingGroupName } from '../../../state/capacity/capacity-provider.ts';
import { capacityProviderArn } from '../../../state/arn.ts';
import type { ContainerInstance } from '../../../state/instance/container-instance.ts';
import type { Service } from '../../../state/service/service.ts';
import { askToStop } from '../../../state/task/task-lifecycle.ts';
import { serviceAsk } from '../../../scheduler/placement/service-ask.ts';
import { eligibleZones } from '../../../scheduler/placement/zones.ts';
import { definitionOf } from '../../../state/task-definition/definition-of.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../../store/store.ts';
import { capacityProviders } from '../../../state/capacity/capacity-providers.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { tasks } from '../../../state/task/tasks.ts';
import { sayOnce, tell, tellOfTasks, type ServiceContext } from '../context.ts';
import { unableToScaleIn } from '../messages.ts';
import { tasksAStep } from '../../../scheduler/service/plan.ts';
import { startTasks } from '../start-tasks.ts';
import { wantedTasks } from '../../../scheduler/service/task-view.ts';
import * as messages from './messages.ts';
import {
  reconcileZones,
  unevenness,
  zoneCounts,
  type ZoneMoves,
  type ZoneTask,
  type ZoneView,
} from '../../../scheduler/service/zones/reconcile.ts';

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

/** `isSettled`: the scheduler has nothing to do. */
export function evenZones(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  isSettled: boolean,
  context: ServiceContext,
): Outcome {
  const { extra = 0, isStarting = false, notBefore = 0 } = primary.zoneBalance ?? {};
  if (!isRebalanced(tx, service, primary)) {
    if (extra > 0) note(tx, primary, { extra: 0, notBefore });
    return still;
  }
  if (extra === 0) {
    if (!isSettled) return still;
    const begins = Math.max(notBefore, heldBackUntil(primary, service.desiredCount));
    if (begins > context.now) return { hasMoved: false, changesAt: begins };
  }
  const zones = zonesFor(tx, service, primary, context);
  const view: ZoneView = {
    desiredCount: service.desiredCount,
    maximum: taskBounds(service.deploymentConfiguration, service.desiredCount).maximum,
    tasks: wantedTasks(tx, service, context).tasks,
    zones,
    extra,
    isStarting,
    most: tasksAStep,
  };
  return move(tx, service, primary, view, context);
}

function isRebalanced(tx: ReadTransaction, service: Service, primary: Deployment): boolean {
  return (
    service.status === 'ACTIVE' &&
    service.availabilityZoneRebalancing === 'ENABLED' &&
    service.schedulingStrategy === 'REPLICA' &&
    primary.rolloutState === 'COMPLETED' &&
    tx.table(deployments).count('listed', service.arn) === 1
  );
}

function move(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  view: ZoneView,
  context: ServiceContext,
): Outcome {
  const moves = reconcileZones(view);
  switch (moves.kind) {
    case 'none':
      return still;
    case 'start':
      return start(tx, service, primary, view, moves, context);
    case 'stop':
      stop(tx, service, primary, view, moves.tasks, context);
      return moves.goesOn ? { hasMoved: true, changesAt: context.now } : { hasMoved: true };
    case 'giveUp':
      note(tx, primary, { extra: 0, notBefore: context.now + pause });
      return { hasMoved: true };
    case 'protected':
      sayOnce(tx, context, service, unableToScaleIn(service.name, primary.id));
      return { hasMoved: false, changesAt: context.now + retryZone };
  }
}

const note = (
  tx: WriteTransaction,
  primary: Deployment,
  zoneBalance: NonNullable<Deployment['zoneBalance']>,
): Deployment => tx.table(deployments).put({ ...primary, zoneBalance });

function start(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
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
    if (view.extra === 0) tell(tx, context, service, messages.notBalanced(service.name, zoneCounts(view)));
    note(tx, primary, { extra: view.extra + moved, isStarting, notBefore: 0 });
  }
  for (const { zone, count, started } of outcomes) {
    const ids = started.map(({ id }) => id);
    tellOfTasks(tx, context, service, ids, (few) => messages.startedInZone(service.name, zone, few));
    if (ids.length < count) sayOnce(tx, context, service, messages.unplacedInZone(service.name, zone));
  }
  return { hasMoved: moved > 0, changesAt: isStarting ? context.now : context.now + retryZone };
}

function stop(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
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
    tellOfTasks(tx, context, service, ids, (few) => messages.stoppedInZone(service.name, zone, few));
  }
  const extra = view.extra - chosen.length;
  note(tx, primary, { extra, notBefore: 0 });
  if (extra > 0) return;
  const gone = new Set(chosen);
  const counts = zoneCounts({ ...view, tasks: view.tasks.filter((task) => !gone.has(task)) });
  if (unevenness(counts, view.zones) <= 1)
    tell(tx, context, service, messages.balanced(service.name, counts));
}

/** Where the service's next task may be placed. */
function zonesFor(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  { fleets }: ServiceContext,
): readonly string[] {
  const definition = definitionOf(tx, primary);
  if (!definition) return [];
  const groups = service.capacityProviderStrategy.flatMap(({ capacityProvider }) => {
    const provider = tx.table(capacityProviders).get(capacityProviderArn(service, capacityProvider));
    return provider?.autoScalingGroupProvider?.autoScalingGroupArn ?? [];
  });
  const names = new Set(groups.map(autoScalingGroupName));
  const mayUse = (instance: ContainerInstance): boolean =>
    service.capacityProviderStrategy.length === 0 || names.has(autoScalingGroupOf(instance) ?? '');
  return eligibleZones(serviceAsk(service, definition), fleets.fleet(tx, service.clusterArn), mayUse);
}
