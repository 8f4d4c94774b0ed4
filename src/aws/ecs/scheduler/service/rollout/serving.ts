// Which deployment serves when a staged one begins, and so is its source. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { healthyOf } from '../staged/fleets.ts';
import type { ServiceView, StagedView } from '../view/service-view.ts';

/**
 * The newest deployment besides green that has completed or was as good as through; where none is, the newest whose tasks all run
 * and none of whose has ended. Undefined where nothing serves yet.
 */
export function findSource(view: ServiceView, staged: StagedView): Deployment | undefined {
  const others = view.deployments.filter(
    ({ id, rolloutState }) => id !== staged.target.id && rolloutState !== 'FAILED',
  );
  return (
    others.find((other) => hasTakenOver(view, staged, other)) ??
    others.find(({ id }) => view.service.desiredCount > 0 && areUp(view, staged, id))
  );
}

/** A deployment is as stable as users can wait for before its tasks count as healthy; tasks that end again and again are not. */
function areUp({ service, tasks }: ServiceView, { withEnded }: StagedView, id: string): boolean {
  const running = tasks.filter((task) => task.deploymentId === id && task.isRunning).length;
  return running >= service.desiredCount && !withEnded.has(id);
}

/** One that has a source has taken over with its bake time behind it, others with all tasks healthy. */
function hasTakenOver(
  { service: { desiredCount }, tasks }: ServiceView,
  { records }: StagedView,
  { id, rolloutState, serviceDeploymentArn }: Deployment,
): boolean {
  if (rolloutState === 'COMPLETED') return true;
  const record = records.get(serviceDeploymentArn);
  const isTarget = record?.deploymentId === id && record.staged?.sourceDeploymentId !== undefined;
  if (isTarget) return record.lifecycleStage === 'CLEAN_UP';
  return desiredCount > 0 && healthyOf(tasks, id) >= desiredCount;
}
