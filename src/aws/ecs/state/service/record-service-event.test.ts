import { expect, test } from 'vitest';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import { serviceEvents } from './service-events.ts';
import { recordServiceEvent } from './record-service-event.ts';

test('the newest hundred of each service are kept, newest first', async () => {
  const journal = new MemoryJournal({ durability: 'immediate' });
  const store = await openStore({ tables: [serviceEvents], journal, log: silentLog });
  const random = seededRandom(1);
  store.update((tx) => {
    for (let at = 1; at <= 120; at++) recordServiceEvent(tx, random, 's/web', `event ${at}`, at);
    recordServiceEvent(tx, random, 's/web2', 'another', 5);
  });
  store.view((tx) => {
    const events = [...tx.table(serviceEvents).by('service', { serviceArn: 's/web' })];
    expect(events.map((event) => event.message)).toEqual(
      Array.from({ length: 100 }, (_, at) => `event ${120 - at}`),
    );
    expect(tx.table(serviceEvents).count('service', { serviceArn: 's/web2' })).toBe(1);
  });
});
