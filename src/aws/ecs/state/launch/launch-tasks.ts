// Makes the rows of tasks that placement found a place for, or that wait for capacity: the only place where tasks begin, whoever
// starts them.
import type { Random } from '../../../../lib/random.ts';
import type { WriteTransaction, ReadTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import type { TaskDefinition } from '../task-definition/task-definition.ts';
import { newTask, type NewTaskRequest } from '../task/new-task.ts';
import type { PlacedInstance, TaskHome } from '../task/placed-instance.ts';
import { placeOn } from '../task/task-lifecycle.ts';
import { withScheduling, type ProvisioningRequest } from '../task/task-scheduling.ts';
import type { Task } from '../task/task.ts';
import { tasks } from '../task/tasks.ts';
import { pinContainers } from '../service/deployment/version-consistency.ts';
import { deployments } from '../service/deployment/deployments.ts';
import { serviceRevisions } from '../service/deployment/service-revisions.ts';
import { definitionOf } from '../task-definition/definition-of.ts';

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
  readonly provisioningRequest: ProvisioningRequest;
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
  { parts, provisioningRequest }: LaunchParts,
): readonly Task[] {
  return parts.flatMap(({ capacityProviderName, placed, waiting }) => {
    const ofPart = { ...launch, request: { ...launch.request, capacityProviderName } };
    return [
      ...placed.map((instance) => launchOn(tx, newTask(random, ofPart), instance)),
      ...Array.from({ length: waiting }, () =>
        tx.table(tasks).put(withScheduling(newTask(random, ofPart), { provisioningRequest })),
      ),
    ];
  });
}

/**
 * Gives the instance to a task that has none yet: a new one, or one that waited for capacity. It runs the image digests that its
 * deployment knows by now.
 */
export const launchOn = (tx: WriteTransaction, task: Unversioned<Task>, instance: PlacedInstance): Task =>
  tx.table(tasks).put(placeOn({ ...task, containers: pinnedContainers(tx, task) }, instance));

/** The task's containers, told to run the digests that its revision knows by now; as they are where a task set or nobody made it. */
function pinnedContainers(tx: ReadTransaction, task: Omit<Task, 'version'>): Task['containers'] {
  const { deploymentId, containers } = task;
  if (deploymentId === undefined) return containers;
  const [deployment] = tx.table(deployments).by('id', { id: deploymentId });
  const revision = deployment && tx.table(serviceRevisions).get(deployment.revisionArn);
  const definition = revision && definitionOf(tx, task);
  return definition ? pinContainers(containers, revision.containerImages, definition) : containers;
}
