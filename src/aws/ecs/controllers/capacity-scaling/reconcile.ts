// How many instances a capacity provider should have: what to start, what to let go of, what to stop now. Pure.
import type { AutoScalingGroupProvider, ManagedScaling } from '../../state/capacity/capacity-provider.ts';
import type { CapacityReservation, ExpectedInstances } from '../../state/capacity/capacity-scaling.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { hostIdOf } from '../../state/instance/instance-group.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import type { Task } from '../../state/task/task.ts';
import { stillExpected } from './expected.ts';
import { instancesNeeded, instancesThere, reservation, type Capacity } from './reservation.ts';

/** Ms between two points of the metric. */
export const pointEvery = 60_000;
/** Points in a row that must be low before instances go. */
export const pointsToScaleIn = 15;
/** Ms that an instance is given to lose its tasks before it is stopped all the same; ECS's lifecycle hook waits 48 h. */
export const drainLimit = 48 * 3_600_000;

export interface ScalingView {
  readonly group: AutoScalingGroupProvider;
  /** ACTIVE and DRAINING ones. `isOccupied`: it has tasks other than daemons. */
  readonly registered: readonly { readonly usage: InstanceUsage; readonly isOccupied: boolean }[];
  /** INACTIVE ones that are still remembered. */
  readonly gone: readonly ContainerInstance[];
  readonly waiting: readonly Task[];
  readonly expected: readonly ExpectedInstances[];
  /** The latest point, if there was one. */
  readonly last: Pick<CapacityReservation, 'at' | 'lowPoints'> | undefined;
}

type Registered = ScalingView['registered'][number];

export interface ScalingPlan {
  readonly needed: number;
  readonly there: number;
  readonly reservation: number;
  readonly lowPoints: number;
  /** When the point was made; the last one's time where it is not yet time for another. Epoch ms. */
  readonly at: number;
  readonly expected: readonly ExpectedInstances[];
  /** How many instances to ask for. */
  readonly start: number;
  /** Those to let go of: DRAINING from now on. */
  readonly drain: readonly ContainerInstance[];
  /** Those that nothing keeps any more. */
  readonly stop: readonly ContainerInstance[];
  /** Instances of hosts that registered anew: to be forgotten, while the host stays. */
  readonly replaced: readonly ContainerInstance[];
}

/** Starts at once what is missing; lets go of what was too much for a quarter of an hour, never half of it in a minute. */
export function reconcile(view: ScalingView, now: number): ScalingPlan {
  const { managedScaling } = view.group;
  const warmUp = Math.max(managedScaling.instanceWarmupPeriod * 1000, pointEvery);
  const { replaced, registered } = byHost(view.registered);
  const staying = registered.filter(({ usage }) => !isTerminating(usage.instance));
  const instances = [...view.registered.map(({ usage }) => usage.instance), ...view.gone];
  const registrations = instances.map(({ registeredAt }) => registeredAt);
  const expected = stillExpected(view.expected, registrations, warmUp, now);
  const capacity: Capacity = {
    instances: staying.map((one) => ({ ...one, isUsable: isUsable(one.usage, warmUp, now) })),
    expected: expected.reduce((sum, { count }) => sum + count, 0),
    template: largest(instances),
    waiting: view.waiting,
    minimumStep: managedScaling.minimumScalingStepSize,
    maximumStep: managedScaling.maximumScalingStepSize,
  };
  const needed = instancesNeeded(capacity);
  const there = instancesThere(capacity);
  const desired = Math.ceil((needed * 100) / managedScaling.targetCapacity);
  const isPoint = view.last === undefined || view.last.at + pointEvery <= now;
  const before = view.last?.lowPoints ?? 0;
  const lowPoints = desired >= there ? 0 : before + (isPoint ? 1 : 0);
  const isTooMuch = isPoint && lowPoints >= pointsToScaleIn;
  return {
    needed,
    there,
    reservation: reservation(needed, there),
    lowPoints,
    at: isPoint ? now : view.last!.at,
    expected,
    start: Math.max(0, Math.min(desired - there, stepLeft(managedScaling, expected, now))),
    drain: isTooMuch ? unneeded(staying, Math.min(there - desired, lessThanHalf(there))) : [],
    replaced,
    stop: registered
      .filter((one) => isTerminating(one.usage.instance) && mayStop(view.group, one, now))
      .map(({ usage }) => usage.instance),
  };
}

/**
 * A host is stopped as a whole, so what one of its instances does keeps them all. One whose agent forgot its ARN has an
 * instance that nobody speaks for beside the new one.
 */
function byHost(all: ScalingView['registered']): {
  readonly replaced: readonly ContainerInstance[];
  readonly registered: ScalingView['registered'];
} {
  const hosts = Map.groupBy(all, ({ usage }) => hostIdOf(usage.instance));
  const ofHost = ({ usage }: Registered): readonly Registered[] => hosts.get(hostIdOf(usage.instance))!;
  const isReplaced = (one: Registered): boolean =>
    !one.usage.agentConnected &&
    one.usage.taskGroups().size === 0 &&
    ofHost(one).some(({ usage }) => usage.instance.registeredAt > one.usage.instance.registeredAt);
  return {
    replaced: all.filter(isReplaced).map(({ usage }) => usage.instance),
    registered: all
      .filter((one) => !isReplaced(one))
      .map((one) => ({ ...one, isOccupied: ofHost(one).some(({ isOccupied }) => isOccupied) })),
  };
}

/** How many more may be asked for: the largest step is meant a minute. */
function stepLeft(
  { maximumScalingStepSize }: ManagedScaling,
  expected: readonly ExpectedInstances[],
  now: number,
): number {
  const lately = expected.filter(({ since }) => since + pointEvery > now);
  return maximumScalingStepSize - lately.reduce((sum, { count }) => sum + count, 0);
}

/** A user who makes an instance ACTIVE again takes it back. */
const isTerminating = ({ status, terminatingSince }: ContainerInstance): boolean =>
  status === 'DRAINING' && terminatingSince !== undefined;

/** An agent that has not come yet is waited for as long as its host may take to warm up. */
const isUsable = ({ instance, agentConnected }: InstanceUsage, warmUp: number, now: number): boolean =>
  instance.status === 'ACTIVE' && (agentConnected || instance.registeredAt + warmUp > now);

const lessThanHalf = (there: number): number => Math.max(1, Math.ceil(there / 2) - 1);

/** Empty ones only: those that nobody hears of first, then the oldest. */
function unneeded(staying: ScalingView['registered'], count: number): readonly ContainerInstance[] {
  return staying
    .filter(({ isOccupied }) => !isOccupied)
    .map(({ usage }) => usage)
    .sort(
      (a, b) =>
        Number(a.agentConnected) - Number(b.agentConnected) ||
        a.instance.registeredAt - b.instance.registeredAt ||
        (a.instance.arn < b.instance.arn ? -1 : 1),
    )
    .slice(0, count)
    .map(({ instance }) => instance);
}

function mayStop(
  group: AutoScalingGroupProvider,
  { usage: { instance }, isOccupied }: ScalingView['registered'][number],
  now: number,
): boolean {
  if (!isOccupied) return true;
  if (group.managedTerminationProtection === 'ENABLED') return false;
  return group.managedDraining === 'DISABLED' || instance.terminatingSince! + drainLimit <= now;
}

/** An empty instance like the one that registered the most memory, then CPU. */
function largest(instances: readonly ContainerInstance[]): InstanceUsage | undefined {
  const [first, ...others] = instances;
  if (!first) return undefined;
  const size = ({ registeredResources: all }: ContainerInstance): number => all.memory + all.cpu / 1e6;
  const instance = others.reduce((best, one) => (size(one) > size(best) ? one : best), first);
  return {
    instance: { ...instance, status: 'ACTIVE' },
    agentConnected: true,
    engineAnswers: true,
    taken: noResources,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    taskGroups: () => new Map(),
  };
}
