// How many more tasks of a cluster may wait for capacity.
import type { ReadTransaction } from '../../../../store/store.ts';
import { tasks } from './tasks.ts';

/** ECS's quota of PROVISIONING tasks of a cluster, whoever started them. */
const mostWaiting = 500;

export const roomToWait = (tx: ReadTransaction, clusterArn: string): number =>
  Math.max(0, mostWaiting - tx.table(tasks).count('clusterWaiting', clusterArn));
