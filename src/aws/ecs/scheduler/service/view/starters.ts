// Which deployments of a service start tasks while its PRIMARY is not through, or never will be. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { isRollback } from '../../../state/service/deployment/service-deployment.ts';
import type { ServiceView } from './service-view.ts';

export interface Starters {
  /** Gets what the service lacks: the PRIMARY deployment; once that has FAILED, what served before. Undefined: nothing is started. */
  readonly lead: Deployment | undefined;
  /** What served before, while the PRIMARY deployment is under way: it is kept up as far as the minimum needs it. */
  readonly source: Deployment | undefined;
}

export function startersOf(
  view: Pick<ServiceView, 'deployments' | 'primary' | 'rollout' | 'tasks'>,
): Starters {
  const { primary, rollout } = view;
  if (!primary) return { lead: undefined, source: undefined };
  const source = servedBefore(view);
  if (primary.rolloutState !== 'FAILED') return { lead: primary, source };
  // A rollback that failed is all that there is: it is tried again, ever more seldom.
  const isLast = rollout !== undefined && isRollback(rollout, primary.id);
  return { lead: source ?? (isLast ? primary : undefined), source: undefined };
}

/** The newest other deployment that has served; where none has, the newest that has a healthy task. */
function servedBefore({
  deployments,
  primary,
  tasks,
}: Pick<ServiceView, 'deployments' | 'primary' | 'tasks'>): Deployment | undefined {
  const others = deployments.filter((other) => other !== primary);
  const isUp = ({ id, rolloutState }: Deployment): boolean =>
    rolloutState !== 'FAILED' && tasks.some((task) => task.deploymentId === id && task.isHealthy);
  return others.find(({ scheduling }) => scheduling?.hasServed) ?? others.find(isUp);
}
