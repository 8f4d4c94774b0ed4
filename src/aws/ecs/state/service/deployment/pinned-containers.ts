// What the containers of a deployment's tasks are pinned to.
import type { Task } from '../../task/task.ts';
import { pinContainers } from './version-consistency.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { deployments } from './deployments.ts';
import { serviceRevisions } from './service-revisions.ts';
import { definitionOf } from '../../task-definition/definition-of.ts';

/** The task's containers, told to run the digests that its revision knows by now; as they are where a task set or nobody made it. */
export function pinnedContainers(tx: ReadTransaction, task: Omit<Task, 'version'>): Task['containers'] {
  const { deploymentId, containers } = task;
  if (deploymentId === undefined) return containers;
  const [deployment] = tx.table(deployments).by('id', deploymentId);
  const revision = deployment && tx.table(serviceRevisions).get(deployment.revisionArn);
  const definition = revision && definitionOf(tx, task);
  return definition ? pinContainers(containers, revision.containerImages, definition) : containers;
}
