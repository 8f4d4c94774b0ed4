// CapacityProviderReservation: how much of a provider is needed, and how many instances that takes. Pure.
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { Task } from '../../state/task/task.ts';
import type { PlacementRequest } from '../../scheduler/placement/filter.ts';
import { accepts, questionsOf } from '../../scheduler/placement/filters.ts';
import { withTask } from '../../scheduler/placement/place.ts';
import {
  requirementsKey,
  inArrivalOrder,
  provisioningRequirements,
} from '../../scheduler/placement/provisioning-task.ts';

export interface Capacity {
  /** Every instance that counts; `isUsable` where a task that waits may still come to be placed on it. */
  readonly instances: readonly {
    readonly usage: InstanceUsage;
    readonly isOccupied: boolean;
    readonly isUsable: boolean;
  }[];
  /** Instances that were asked for and are not registered yet. */
  readonly expected: number;
  /** An empty instance of the largest kind that the provider is known to have had. */
  readonly template: InstanceUsage | undefined;
  readonly waiting: Iterable<Task>;
  /** The fewest and the most instances by which a need goes beyond what there is. */
  readonly minimumStep: number;
  readonly maximumStep: number;
}

interface Bin {
  usage: InstanceUsage;
  inUse: boolean;
}

/** N: the instances that there are, expected ones included. */
export const instancesThere = ({ instances, expected }: Capacity): number => instances.length + expected;

/**
 * M: the instances that hold tasks, which never move, and those that the waiting tasks need beside what is free. Tasks
 * that would not fit an empty instance of the largest kind need none: more of them would not help.
 */
export function instancesNeeded(capacity: Capacity): number {
  const there = instancesThere(capacity);
  const needed = capacity.template ? packed(capacity, capacity.template) : guessed(capacity);
  if (needed <= there) return needed;
  const step = Math.min(Math.max(needed - there, capacity.minimumStep), capacity.maximumStep);
  return there + step;
}

/** M for each N, in per cent; ECS's figures where N is 0. */
export function reservation(needed: number, there: number): number {
  if (there === 0) return needed === 0 ? 100 : 200;
  return (needed / there) * 100;
}

/** Nobody knows what an instance of the provider holds: with one, what it holds will be seen. */
const guessed = ({ waiting }: Capacity): number => ([...waiting].length > 0 ? 1 : 0);

function packed({ instances, expected, waiting }: Capacity, template: InstanceUsage): number {
  const bins: Bin[] = instances
    .filter(({ isUsable }) => isUsable)
    .map(({ usage, isOccupied }) => ({ usage: { ...usage, agentConnected: true }, inUse: isOccupied }));
  for (let at = 0; at < expected; at++) bins.push({ usage: template, inUse: false });
  const fixed = instances.filter(({ isUsable, isOccupied }) => !isUsable && isOccupied).length;
  for (const alike of Map.groupBy(inArrivalOrder(waiting), requirementsKey).values()) {
    pack(provisioningRequirements(alike[0]!), alike.length, bins, template);
  }
  return fixed + bins.filter(({ inUse }) => inUse).length;
}

/** Puts `count` tasks with the same requirements into the first bins with room, and into new ones. */
function pack(requirements: PlacementRequest, count: number, bins: Bin[], template: InstanceUsage): void {
  const questions = questionsOf(requirements);
  let left = count;
  const fill = (bin: Bin): void => {
    while (left > 0 && accepts(questions, bin.usage)) {
      bin.usage = withTask(bin.usage, requirements);
      bin.inUse = true;
      left -= 1;
    }
  };
  for (const bin of bins) {
    if (left === 0) return;
    fill(bin);
  }
  while (left > 0 && accepts(questions, template)) {
    const bin = { usage: template, inUse: false };
    fill(bin);
    bins.push(bin);
  }
}
