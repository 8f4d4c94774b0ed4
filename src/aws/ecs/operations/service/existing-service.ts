// A CreateService whose name is taken: the service that the same request made before, or a refusal.
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { services } from '../../state/service/services.ts';
import { invalidParameter } from '../../errors.ts';

const notIdempotent = (): Error => invalidParameter('Creation of service was not idempotent.');

/**
 * The ACTIVE service that `asked` would be, or undefined when the name is free. Throws InvalidParameterException
 * when it belongs to a service of other parameters or to one that is still DRAINING, or the token to one of another name.
 */
export function existingService(tx: ReadTransaction, asked: Unversioned<Service>): Service | undefined {
  const table = tx.table(services);
  const existing = table.get(asked.arn);
  if (existing?.status === 'DRAINING')
    throw invalidParameter('Unable to Start a service that is still Draining.');
  if (existing?.status === 'ACTIVE') {
    if (existing.requestDigest !== asked.requestDigest) throw notIdempotent();
    return existing;
  }
  const { clusterArn, clientToken } = asked;
  if (clientToken !== undefined && table.count('clientToken', { clusterArn, clientToken }) > 0)
    throw notIdempotent();
  return undefined;
}
