import { beforeEach, describe, expect, it } from 'vitest';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { keptAttempts } from './placement-attempt.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { placementAttempts } from './placement-attempts.ts';
import { recordAttempt, type Attempted } from './record-attempt.ts';

let store: Store;
const random = seededRandom(1);
beforeEach(async () => {
  store = await openStore({
    tables: [placementAttempts],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
});

const attempted = (fields: Partial<Attempted> = {}): Attempted => ({
  ...aScope,
  clusterArn: 'cluster',
  by: 'RunTask',
  taskDefinitionArn: 'web:1',
  group: 'family:web',
  resources: noResources,
  wanted: 1,
  placed: 0,
  verdicts: [],
  at: 1000,
  ...fields,
});
const record = (fields?: Partial<Attempted>) =>
  store.update((tx) => recordAttempt(tx, random, attempted(fields)));
const kept = (cluster = 'cluster') =>
  store.view((tx) => [...tx.table(placementAttempts).by('cluster', { clusterArn: cluster })]);

describe('what is kept', () => {
  it('is newest first, as many as a cluster keeps, each cluster apart', () => {
    for (let at = 1; at <= keptAttempts + 3; at++) record({ at });
    record({ clusterArn: 'other', at: 7 });
    expect(kept().map(({ at }) => at)).toEqual(
      Array.from({ length: keptAttempts }, (_, n) => keptAttempts + 3 - n),
    );
    expect(kept('other').map(({ at }) => at)).toEqual([7]);
  });
});

describe('of a service', () => {
  const ofService = (fields: Partial<Attempted> = {}) =>
    record({ by: 'service', serviceArn: 'service/web', ...fields });

  it('the same attempt is counted and moves to the top', () => {
    const first = ofService({ at: 1 });
    record({ at: 2 });
    const again = ofService({ at: 3 });
    expect(again).toMatchObject({ id: first.id, times: 2, at: 3 });
    expect(kept().map(({ at, times }) => [at, times])).toEqual([
      [3, 2],
      [2, 1],
    ]);
  });

  it('counts anew for another definition and for another service', () => {
    ofService();
    expect(ofService({ taskDefinitionArn: 'web:2' }).times).toBe(1);
    expect(ofService({ serviceArn: 'service/other' }).times).toBe(1);
    expect(kept()).toHaveLength(3);
  });

  it('never lets the numbers of a cluster go back', () => {
    for (let at = 1; at <= 2 * keptAttempts; at++) ofService({ at });
    record({ at: 1000 });
    expect(kept().map(({ at }) => at)).toEqual([1000, 2 * keptAttempts]);
  });
});
