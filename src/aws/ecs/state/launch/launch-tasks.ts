// Makes the rows of tasks that placement found a place for, or that wait for capacity: the only place where tasks begin, whoever
// starts them.
import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { pinnedContainers } from '../service/deployment/pinned-containers.ts';
import type { TaskDefinition } from '../task-definition/task-definition.ts';
import { newTask, type NewTaskRequest } from '../task/new-task.ts';
import type { PlacedInstance, TaskHome } from '../task/placed-instance.ts';
import { placeOn } from '../task/task-lifecycle.ts';
import type { Task, WaitsFor } from '../task/task.ts';
import { tasks } from '../task/tasks.ts';

/** The part of a launch that one capacity provider gets, or, without a name, all of it. */
export interface LaunchPart {
  readonly capacityProviderName?: string | undefined;
  /** An instance for each task that was placed. */
  readonly placed: readonly PlacedInstance[];
  /** How many tasks wait for capacity. */
  readonly waiting: number;
}

/** Where placement sends the tasks of a launch. */
export interface LaunchParts {
  readonly parts: readonly LaunchPart[];
  /** By what rules those that wait are to be placed. */
  readonly waitsFor: WaitsFor;
}

/** What the tasks of a launch have in common. */
export interface Launch {
  readonly home: TaskHome;
  readonly definition: TaskDefinition;
  readonly request: NewTaskRequest;
  /** Epoch ms. */
  readonly now: number;
}

/** Stores the tasks and answers them, part by part: those that were placed, PENDING, then those that wait, PROVISIONING. */
export function launchTasks(
  tx: WriteTransaction,
  random: Random,
  launch: Launch,
  { parts, waitsFor }: LaunchParts,
): readonly Task[] {
  return parts.flatMap(({ capacityProviderName, placed, waiting }) => {
    const ofPart = { ...launch, request: { ...launch.request, capacityProviderName } };
    return [
      ...placed.map((instance) => launchOn(tx, newTask(random, ofPart), instance)),
      ...Array.from({ length: waiting }, () => tx.table(tasks).put({ ...newTask(random, ofPart), waitsFor })),
    ];
  });
}

/**
 * Gives the instance to a task that has none yet: a new one, or one that waited for capacity. It runs the image digests that its
 * deployment knows by now.
 */
export const launchOn = (tx: WriteTransaction, task: Unversioned<Task>, instance: PlacedInstance): Task =>
  tx.table(tasks).put(placeOn({ ...task, containers: pinnedContainers(tx, task) }, instance));
