// What of a service's history has been kept long enough. Pure.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { isOngoing, type ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../state/service/service.ts';
import type { ServiceRevision } from '../../state/service/deployment/service-revision.ts';

export interface ServiceHistory {
  readonly service: Service;
  readonly deployments: readonly Deployment[];
  /** Newest first. */
  readonly serviceDeployments: readonly ServiceDeployment[];
  readonly revisions: readonly ServiceRevision[];
}

export interface HistoryPlan {
  /** The service and all that tells of it. */
  readonly everything: boolean;
  readonly deployments: readonly Deployment[];
  readonly serviceDeployments: readonly ServiceDeployment[];
  readonly revisions: readonly ServiceRevision[];
}

export interface Retention {
  /** Ms that a deleted service is kept once it is INACTIVE. */
  readonly inactive: number;
  /** Ms that a service deployment is kept once it has ended. */
  readonly ended: number;
}

const nothing = { deployments: [], serviceDeployments: [], revisions: [] };

/** Keeps whatever is under way, the latest, and what a rollback would go back to, however old. */
export function reconcile(history: ServiceHistory, retention: Retention, now: number): HistoryPlan {
  const { service, deployments, serviceDeployments, revisions } = history;
  if (service.status === 'INACTIVE') {
    const due = (service.inactiveAt ?? service.createdAt) + retention.inactive;
    return { ...nothing, everything: due <= now };
  }
  const lastGood = serviceDeployments.find(({ status }) => status === 'SUCCESSFUL');
  const isKept = (one: ServiceDeployment): boolean =>
    isOngoing(one) ||
    one === lastGood ||
    one.arn === service.currentServiceDeploymentArn ||
    (one.finishedAt ?? one.updatedAt) + retention.ended > now;
  const kept = serviceDeployments.filter(isKept);
  const told = new Set(kept.map(({ arn }) => arn));
  const isGone = ({ status, serviceDeploymentArn }: Deployment): boolean =>
    status === 'INACTIVE' && !told.has(serviceDeploymentArn);
  const used = new Set([
    service.revisionArn,
    ...kept.flatMap((one) => [one.targetRevisionArn, one.rollback?.revisionArn, ...one.sourceRevisionArns]),
    ...deployments.filter((one) => !isGone(one)).map(({ revisionArn }) => revisionArn),
  ]);
  return {
    everything: false,
    deployments: deployments.filter(isGone),
    serviceDeployments: serviceDeployments.filter((one) => !told.has(one.arn)),
    revisions: revisions.filter(({ arn }) => !used.has(arn)),
  };
}
