// The API of STS over a store that holds nothing, for tests of the wire.
import { createSessionSeal } from '../src/aws/iam/state/session/session-seal.ts';
import { iamTables } from '../src/aws/iam/state/tables.ts';
import { stsApi } from '../src/aws/sts/api.ts';
import { silentLog } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { MemoryJournal } from '../src/store/journal/memory-journal.ts';
import { openStore } from '../src/store/memory-store.ts';
import type { Api } from '../src/wire/api.ts';

export async function emptySts(): Promise<Api> {
  const journal = new MemoryJournal({ durability: 'immediate' });
  const store = await openStore({ tables: iamTables, journal, log: silentLog });
  const random = seededRandom(1);
  return stsApi({ store, random, sessionSeal: createSessionSeal(random.bytes(32), random) });
}
