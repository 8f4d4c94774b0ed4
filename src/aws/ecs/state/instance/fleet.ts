// The ACTIVE container instances of one cluster, laid out for placement: one place each, numbers side by side.
import type { InstanceUsage } from './instance-usage.ts';

export interface Fleet {
  readonly usages: readonly InstanceUsage[];
  /** What the instance of the same place has in all and free, in CPU units and MiB. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly freeCpu: Float64Array;
  readonly freeMemory: Float64Array;
  /** Tasks that run or start there, whatever their group. */
  readonly tasks: Float64Array;
  /** 1 where the agent is connected, and the container engine is there. */
  readonly available: Uint8Array;
  /** How many tasks of a group are where; places without one are not in it. */
  groupTasks(group: string): ReadonlyMap<number, number>;
  /** Stays the same object for as long as the instances and their attributes do: for remembering what follows from them. */
  readonly shape: object;
}

type Columns = Omit<Fleet, 'usages' | 'shape' | 'groupTasks'>;

/** Columns for `length` instances, still to be filled by `setPlace`. */
export const emptyColumns = (length: number): Columns => ({
  cpu: new Float64Array(length),
  memory: new Float64Array(length),
  freeCpu: new Float64Array(length),
  freeMemory: new Float64Array(length),
  tasks: new Float64Array(length),
  available: new Uint8Array(length),
});

/** Writes the numbers of the usage in place `at`. */
export function setPlace(columns: Columns, at: number, usage: InstanceUsage): void {
  const { registeredResources: all } = usage.instance;
  columns.cpu[at] = all.cpu;
  columns.memory[at] = all.memory;
  columns.freeCpu[at] = all.cpu - usage.taken.cpu;
  columns.freeMemory[at] = all.memory - usage.taken.memory;
  columns.tasks[at] = usage.runningTasksCount + usage.pendingTasksCount;
  columns.available[at] = usage.agentConnected && usage.engineAnswers ? 1 : 0;
}

/** The fleet of `usages` as they are now. */
export function fleetOf(usages: readonly InstanceUsage[]): Fleet {
  const columns = emptyColumns(usages.length);
  usages.forEach((usage, at) => setPlace(columns, at, usage));
  const groupTasks = (group: string): ReadonlyMap<number, number> =>
    new Map(
      usages.flatMap((usage, at) => {
        const count = usage.taskGroups().get(group) ?? 0;
        return count === 0 ? [] : [[at, count] as const];
      }),
    );
  return { ...columns, usages, groupTasks, shape: {} };
}
