// Whose instances an agent's request is about: those that it names, and those of the tasks that it names.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Caller } from '../../../wire/caller.ts';
import { referencedInstances } from '../operations/container-instance/referenced-instances.ts';
import { activeCluster } from '../operations/resolve/cluster.ts';
import { instanceIn, taskIn } from '../operations/resolve/member.ts';
import type { References } from './references.ts';
import type { ContainerInstance } from '../state/instance/container-instance.ts';
import { containerInstances } from '../state/instance/container-instances.ts';
import type { Task } from '../state/task/task.ts';
import { tasks } from '../state/task/tasks.ts';

type Found = readonly (ContainerInstance | undefined)[];

/**
 * The instances, found as the operation itself finds them; undefined for a task that is on none. What is not there is left
 * out, and what is malformed throws: the operation tells the agent so, which knows what to make of that, and does nothing.
 */
export type NamedInstances = (tx: ReadTransaction, caller: Caller, input: References) => Found;

const present = (instance: ContainerInstance | undefined): Found => (instance ? [instance] : []);

const instanceOf = (tx: ReadTransaction, { containerInstanceArn = '' }: Task) =>
  tx.table(containerInstances).get(containerInstanceArn);

const named = (tx: ReadTransaction, caller: Caller, { cluster }: References, reference?: string): Found =>
  reference === undefined ? [] : present(instanceIn(tx, activeCluster(tx, caller, cluster), reference));

const containerInstance: NamedInstances = (tx, caller, input) =>
  named(tx, caller, input, input.containerInstance);

/** A task that waits for an instance is answered as one that is not there; one that has ended with its instance moves no more. */
const reportedTask: NamedInstances = (tx, caller, { cluster, task = '' }) => {
  const found = taskIn(tx, activeCluster(tx, caller, cluster), task);
  if (found?.containerInstanceArn === undefined) return [];
  const instance = instanceOf(tx, found);
  return instance === undefined && found.lastStatus === 'STOPPED' ? [] : [instance];
};

/** By operation of an agent; those that are not here are about no instance. */
export const namedInstances: Readonly<Record<string, NamedInstances>> = {
  DeregisterContainerInstance: containerInstance,
  DiscoverPollEndpoint: containerInstance,
  ListTagsForResource(tx, _caller, { resourceArn = '' }) {
    const task = tx.table(tasks).get(resourceArn);
    return task ? [instanceOf(tx, task)] : present(tx.table(containerInstances).get(resourceArn));
  },
  RegisterContainerInstance: (tx, caller, input) => named(tx, caller, input, input.containerInstanceArn),
  SubmitAttachmentStateChanges: () => [],
  SubmitContainerStateChange: reportedTask,
  SubmitTaskStateChange: reportedTask,
  UpdateContainerInstancesState: (tx, caller, { cluster, containerInstances: references = [] }) =>
    referencedInstances(tx, activeCluster(tx, caller, cluster), references).found,
};
