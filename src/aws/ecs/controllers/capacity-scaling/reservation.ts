// CapacityProviderReservation: how much of a provider is needed, and how many instances that takes. Pure.
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import type { Task } from '../../state/task/task.ts';
import type { Ask } from '../../scheduler/placement/filter.ts';
import { accepts, questionsOf } from '../../scheduler/placement/filters.ts';
import { withTask } from '../../scheduler/placement/place.ts';
import { askKey, inLine, waitingAsk } from '../../scheduler/placement/waiting-task.ts';

export interface Capacity {
  /** Every instance that counts; `isUsable` where a task that waits may still come to be placed on it. */
  readonly instances: readonly {
    readonly load: InstanceLoad;
    readonly isOccupied: boolean;
    readonly isUsable: boolean;
  }[];
  /** Instances that were asked for and are not registered yet. */
  readonly expected: number;
  /** An empty instance of the largest kind that the provider is known to have had. */
  readonly template: InstanceLoad | undefined;
  readonly waiting: Iterable<Task>;
  /** The fewest and the most instances by which a need goes beyond what there is. */
  readonly minimumStep: number;
  readonly maximumStep: number;
}

interface Bin {
  load: InstanceLoad;
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

function packed({ instances, expected, waiting }: Capacity, template: InstanceLoad): number {
  const bins: Bin[] = instances
    .filter(({ isUsable }) => isUsable)
    .map(({ load, isOccupied }) => ({ load: { ...load, agentConnected: true }, inUse: isOccupied }));
  for (let at = 0; at < expected; at++) bins.push({ load: template, inUse: false });
  const fixed = instances.filter(({ isUsable, isOccupied }) => !isUsable && isOccupied).length;
  for (const alike of Map.groupBy(inLine(waiting), askKey).values()) {
    pack(waitingAsk(alike[0]!), alike.length, bins, template);
  }
  return fixed + bins.filter(({ inUse }) => inUse).length;
}

/** Puts `count` tasks that ask the same into the first bins with room, and into new ones. */
function pack(ask: Ask, count: number, bins: Bin[], template: InstanceLoad): void {
  const questions = questionsOf(ask);
  let left = count;
  const fill = (bin: Bin): void => {
    while (left > 0 && accepts(questions, bin.load)) {
      bin.load = withTask(bin.load, ask);
      bin.inUse = true;
      left -= 1;
    }
  };
  for (const bin of bins) {
    if (left === 0) return;
    fill(bin);
  }
  while (left > 0 && accepts(questions, template)) {
    const bin = { load: template, inUse: false };
    fill(bin);
    bins.push(bin);
  }
}
