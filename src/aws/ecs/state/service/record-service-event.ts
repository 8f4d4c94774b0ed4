// Adds to a service's events, and forgets the oldest when there are more than ECS keeps.
import { uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { keptServiceEvents } from './service-event.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { serviceEventKey, serviceEvents } from './service-events.ts';

/** Records one event of the service, e.g. `(service web) has reached a steady state.`, at `now`, epoch ms. */
export function recordServiceEvent(
  tx: WriteTransaction,
  random: Random,
  serviceArn: string,
  message: string,
  now: number,
): void {
  const table = tx.table(serviceEvents);
  const newest = table.by('service', { serviceArn }).next();
  const number = newest.done ? 1 : newest.value.number + 1;
  table.put({ id: uuid(random), serviceArn, number, message, createdAt: now });
  table.delete(serviceEventKey(serviceArn, number - keptServiceEvents));
}
