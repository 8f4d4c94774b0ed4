// What the containers of a deployment's tasks are pinned to.
import type { Task } from '../../model/task.ts';
import { pinContainers } from '../../model/version-consistency.ts';
import type { ReadTransaction } from '../store.ts';
import { deployments } from '../tables/deployments.ts';
import { serviceRevisions } from '../tables/service-revisions.ts';
import { definitionOf } from './definition-of.ts';

/** The task's containers, told to run the digests that its revision knows by now; as they are where a task set or nobody made it. */
export function pinnedContainers(tx: ReadTransaction, task: Omit<Task, 'version'>): Task['containers'] {
  const { deploymentId, containers } = task;
  if (deploymentId === undefined) return containers;
  const [deployment] = tx.table(deployments).by('id', deploymentId);
  const revision = deployment && tx.table(serviceRevisions).get(deployment.revisionArn);
  const definition = revision && definitionOf(tx, task);
  return definition ? pinContainers(containers, revision.containerImages, definition) : containers;
}
