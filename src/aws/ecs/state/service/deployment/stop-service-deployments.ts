// Ends the service deployments that a newer one or the end of the service makes pointless.
import type { WriteTransaction } from '../../../../../store/store.ts';
import { serviceDeployments } from './service-deployments.ts';

/** Makes what is under way of the service STOPPED, for `statusReason`, at `now`, epoch ms. */
export function stopServiceDeployments(
  tx: WriteTransaction,
  serviceArn: string,
  statusReason: string,
  now: number,
): void {
  const table = tx.table(serviceDeployments);
  for (const ongoing of [...table.by('ongoing', { serviceArn })]) {
    table.put({
      ...ongoing,
      status: 'STOPPED',
      statusReason,
      updatedAt: now,
      stoppedAt: now,
      finishedAt: now,
    });
  }
}
