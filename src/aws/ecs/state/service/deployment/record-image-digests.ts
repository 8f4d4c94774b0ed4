// Puts the image digests that a service's task reports into the revision that it runs.
import type { Task } from '../../task/task.ts';
import { resolveImages } from './version-consistency.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { deployments } from './deployments.ts';
import { serviceRevisions } from './service-revisions.ts';
import { definitionOf } from '../../task-definition/definition-of.ts';

/** The first task of a revision that knows a container's digest resolves it for all later ones; writes nothing when all is known. */
export function recordImageDigests(tx: WriteTransaction, task: Task): void {
  if (task.deploymentId === undefined) return;
  const [deployment] = tx.table(deployments).by('id', { id: task.deploymentId });
  const revision = deployment && tx.table(serviceRevisions).get(deployment.revisionArn);
  if (!revision || revision.containerImages.every(({ imageDigest }) => imageDigest !== undefined)) return;
  const definition = definitionOf(tx, task);
  if (!definition) return;
  const containerImages = resolveImages(revision.containerImages, definition, task.containers);
  if (containerImages === revision.containerImages) return;
  tx.table(serviceRevisions).put({ ...revision, containerImages });
}
