import { expect, test } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { MemoryJournal } from '../store/journal/memory-journal.ts';
import { openStore } from '../store/memory-store.ts';
import { capacityReservations } from '../aws/ecs/state/capacity/capacity-scaling-table.ts';
import { agentSessions } from '../aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../aws/ecs/state/task/tasks.ts';
import { createMetrics } from './metrics.ts';

/** The page's lines about reservations, with one and after it is gone. */
async function reservations(names: boolean): Promise<string[][]> {
  const store = await openStore({
    tables: [capacityReservations, agentSessions, tasks],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  const metrics = createMetrics({ names });
  metrics.watch(store);
  const shown = async (): Promise<string[]> =>
    (await metrics.render()).body
      .split('\n')
      .filter((line) => line.startsWith('longshore_capacity_provider_reservation'));
  const row = {
    clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
    clusterName: 'default',
    capacityProviderName: 'p',
    reservation: 150,
    instancesNeeded: 3,
    instances: 2,
    lowPoints: 0,
    at: 0,
  };
  const before = await shown();
  store.update((tx) => {
    tx.table(capacityReservations).put(row);
  });
  const during = await shown();
  store.update((tx) => {
    tx.table(capacityReservations).delete(`${row.clusterArn}/p`);
  });
  return [before, during, await shown()];
}

test('the reservation of each capacity provider is shown for as long as there is one', async () => {
  expect(await reservations(true)).toEqual([
    [],
    ['longshore_capacity_provider_reservation{cluster="default",capacity_provider="p"} 150'],
    [],
  ]);
});

test('nothing that users have named is shown unless names are wanted', async () => {
  expect(await reservations(false)).toEqual([[], [], []]);
});
