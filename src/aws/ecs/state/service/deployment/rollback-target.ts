// Where a failed deployment goes back to: to the deployment that still serves beside it, with the tasks that it has; where none of
// its tasks is left, to the revision that last succeeded.
import type { Deployment } from './deployment.ts';
import type { ServiceDeployment } from './service-deployment.ts';
import type { Service } from '../service.ts';
import type { ServiceRevision } from './service-revision.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { sourceDeploymentOf } from './source-deployment.ts';
import { serviceDeployments } from './service-deployments.ts';
import { serviceRevisions } from './service-revisions.ts';

export type RollbackTarget =
  | { readonly kind: 'blue'; readonly blue: Deployment }
  | { readonly kind: 'revision'; readonly revision: ServiceRevision };

/** Of the service deployment `current`; undefined where there is nothing to go back to. */
export function rollbackTarget(
  tx: ReadTransaction,
  service: Service,
  current: ServiceDeployment,
): RollbackTarget | undefined {
  const blue = sourceDeploymentOf(tx, current);
  if (blue) return { kind: 'blue', blue };
  const revision = lastGood(tx, service, current);
  return revision && { kind: 'revision', revision };
}

/** The revision of the last service deployment that succeeded before. */
function lastGood(
  tx: ReadTransaction,
  service: Service,
  current: ServiceDeployment,
): ServiceRevision | undefined {
  for (const earlier of tx
    .table(serviceDeployments)
    .by('serviceStatus', { serviceArn: service.arn, status: 'SUCCESSFUL' })) {
    if (earlier.arn !== current.arn) return tx.table(serviceRevisions).get(earlier.targetRevisionArn);
  }
  return undefined;
}
