// The deployment that keeps serving beside the one that is to take over from it.
import type { Deployment } from './deployment.ts';
import type { ServiceDeployment } from './service-deployment.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { deployments } from './deployments.ts';

/** The deployment that the service deployment goes over from, as long as it is there. */
export function sourceDeploymentOf(
  tx: ReadTransaction,
  { staged }: ServiceDeployment,
): Deployment | undefined {
  const [blue] = tx.table(deployments).by('id', { id: staged?.sourceDeploymentId ?? '' });
  return blue?.status === 'INACTIVE' ? undefined : blue;
}
