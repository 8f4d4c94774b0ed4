import { beforeEach, expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { withAgentUpdate, withUpdateStatus } from '../../state/instance/agent-update.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { startLoop } from '../../../shared/loop.ts';
import { agentUpdates } from './agent-updates.ts';

const minute = 60_000;
const { arn } = aContainerInstance();
let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock(0);
  const journal = new MemoryJournal({ durability: 'immediate' });
  store = await openStore({ tables: [containerInstances], journal, log: silentLog });
});

const start = () => startLoop(agentUpdates, { store, clock, random: seededRandom(1), log: silentLog });
const put = (instance: ContainerInstance) =>
  store.update((tx) => {
    tx.table(containerInstances).put(instance);
  });
const row = () => store.view((tx) => tx.table(containerInstances).get(arn)!);
const requirements = () => {
  const release = { version: '2.0', location: 'http://a', signature: 'b' };
  put(withAgentUpdate(aContainerInstance(), release, 'u1', clock.now()));
};

test('an agent that is never told, or never answers, has an hour from each step', async () => {
  start();
  requirements();
  await clock.advance(59 * minute);
  expect(row().agentUpdateStatus).toBe('PENDING');
  put(withUpdateStatus(row(), 'STAGING', clock.now()));
  await clock.advance(60 * minute - 1);
  expect(row().agentUpdateStatus).toBe('STAGING');
  await clock.advance(1);
  expect(row()).toMatchObject({ agentUpdateStatus: 'FAILED' });
  expect(row().agentUpdate).toBeUndefined();
});

test('an agent that does not come back from its update has ten minutes, over a restart too', async () => {
  requirements();
  put(withUpdateStatus(row(), 'UPDATING', clock.now()));
  await clock.advance(9 * minute);
  start();
  await clock.advance(minute - 1);
  expect(row().agentUpdateStatus).toBe('UPDATING');
  await clock.advance(1);
  expect(row().agentUpdateStatus).toBe('FAILED');
});

test('an update that is done stays so', async () => {
  start();
  requirements();
  put(withUpdateStatus(row(), 'UPDATED', clock.now()));
  await clock.advance(200 * minute);
  expect(row().agentUpdateStatus).toBe('UPDATED');
});
