// The ACTIVE container instances of one cluster, laid out for placement: one place each, numbers side by side.
import type { InstanceLoad } from './instance-load.ts';

export interface Fleet {
  readonly loads: readonly InstanceLoad[];
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

type Columns = Omit<Fleet, 'loads' | 'shape' | 'groupTasks'>;

/** Columns for `length` instances, still to be filled by `setPlace`. */
export const emptyColumns = (length: number): Columns => ({
  cpu: new Float64Array(length),
  memory: new Float64Array(length),
  freeCpu: new Float64Array(length),
  freeMemory: new Float64Array(length),
  tasks: new Float64Array(length),
  available: new Uint8Array(length),
});

/** Writes the numbers of the load in place `at`. */
export function setPlace(columns: Columns, at: number, load: InstanceLoad): void {
  const { registeredResources: all } = load.instance;
  columns.cpu[at] = all.cpu;
  columns.memory[at] = all.memory;
  columns.freeCpu[at] = all.cpu - load.taken.cpu;
  columns.freeMemory[at] = all.memory - load.taken.memory;
  columns.tasks[at] = load.runningTasksCount + load.pendingTasksCount;
  columns.available[at] = load.agentConnected && load.engineAnswers ? 1 : 0;
}

/** The fleet of `loads` as they are now. */
export function fleetOf(loads: readonly InstanceLoad[]): Fleet {
  const columns = emptyColumns(loads.length);
  loads.forEach((load, at) => setPlace(columns, at, load));
  const groupTasks = (group: string): ReadonlyMap<number, number> =>
    new Map(
      loads.flatMap((load, at) => {
        const count = load.taskGroups().get(group) ?? 0;
        return count === 0 ? [] : [[at, count] as const];
      }),
    );
  return { ...columns, loads, groupTasks, shape: {} };
}
