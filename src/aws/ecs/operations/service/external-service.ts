// Task sets are for services that leave deploying to somebody else.
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { invalidParameter } from '../../errors.ts';
import { activeServiceIn } from '../resolve/service.ts';

/** The ACTIVE service; throws like `activeServiceIn`, and InvalidParameterException when its controller is not EXTERNAL. */
export function externalServiceIn(tx: ReadTransaction, cluster: Cluster, reference: string): Service {
  const service = activeServiceIn(tx, cluster, reference);
  if (service.deploymentController === 'EXTERNAL') return service;
  throw invalidParameter(
    'Amazon ECS only supports task set management on services configured to use external deployment controllers.',
  );
}
