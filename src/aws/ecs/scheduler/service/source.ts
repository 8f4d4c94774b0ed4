// Which deployments of a service start tasks while its PRIMARY is not through, or never will be.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { isWayBack } from '../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { ServiceTask } from './task-view.ts';

export interface Starters {
  /** Gets what the service lacks: the PRIMARY deployment; once that has FAILED, what served before. Undefined: nothing is started. */
  readonly lead: Deployment | undefined;
  /** What served before, while the PRIMARY deployment is under way: it is kept up as far as the minimum needs it. */
  readonly source: Deployment | undefined;
}

/** `wanted` are the service's tasks that nobody has told to stop. */
export function startersOf(
  tx: ReadTransaction,
  primary: Deployment,
  wanted: readonly ServiceTask[],
): Starters {
  const source = servedBefore(tx, primary, wanted);
  if (primary.rolloutState !== 'FAILED') return { lead: primary, source };
  // A way back that failed is all that there is: it is tried again, ever more seldom.
  const [record] = tx.table(serviceDeployments).by('arn', primary.serviceDeploymentArn);
  const isLast = record !== undefined && isWayBack(record, primary.id);
  return { lead: source ?? (isLast ? primary : undefined), source: undefined };
}

/** The newest other deployment that has served; where none has, the newest that has a healthy task. */
function servedBefore(
  tx: ReadTransaction,
  { id: primaryId, serviceArn }: Deployment,
  wanted: readonly ServiceTask[],
): Deployment | undefined {
  const others = [...tx.table(deployments).by('listed', serviceArn)].filter(({ id }) => id !== primaryId);
  const isUp = ({ id, rolloutState }: Deployment): boolean =>
    rolloutState !== 'FAILED' && wanted.some((task) => task.deploymentId === id && task.isHealthy);
  return others.find(({ hasServed }) => hasServed) ?? others.find(isUp);
}
