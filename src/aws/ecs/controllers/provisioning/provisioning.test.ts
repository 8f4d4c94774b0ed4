import { beforeEach, describe, expect, it } from 'vitest';
import { aCapacityProvider } from '../../../../../test-support/builders/a-capacity-provider.ts';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { groupAttribute } from '../../state/instance/instance-group.ts';
import { endTask } from '../../state/task/task-lifecycle.ts';
import type { Task } from '../../state/task/task.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { taskFailures } from '../../state/task/task-failures.ts';
import { tasks } from '../../state/task/tasks.ts';
import { startLoop } from '../../../shared/loop.ts';
import { provisioning } from './provisioning.ts';
import { provisioningTimeout } from './reconcile.ts';

let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock(0);
  const journal = new MemoryJournal({ durability: 'immediate' });
  const tables = [tasks, containerInstances, agentSessions, instanceHealth, capacityProviders, taskFailures];
  store = await openStore({ tables, journal, log: silentLog });
  store.update((tx) => {
    tx.table(capacityProviders).put(aCapacityProvider({ name: 'p' }));
  });
});

const start = (): (() => void) =>
  startLoop(provisioning(seededRandom(1)), { store, clock, random: seededRandom(1), log: silentLog });

/** On an instance there is room for two such tasks. */
const wait = (id: string, fields: Partial<Task> = {}): string =>
  store.update(
    (tx) =>
      tx.table(tasks).put(
        aTask({
          id,
          containerInstanceArn: undefined,
          lastStatus: 'PROVISIONING',
          capacityProviderName: 'p',
          resources: { cpu: 0, memory: 4096, ports: [], portsUdp: [] },
          scheduling: { provisioningRequest: { requiresAttributes: [], constraints: [], strategies: [] } },
          createdAt: clock.now(),
          ...fields,
        }),
      ).arn,
  );
const instance = (id: string, group = 'p', status: 'ACTIVE' | 'DRAINING' = 'ACTIVE'): string =>
  store.update((tx) => {
    const attributes = [{ name: groupAttribute, value: group }];
    return tx.table(containerInstances).put(aContainerInstance({ id, attributes, status })).arn;
  });
const connect = (containerInstanceArn: string): void =>
  store.update((tx) => {
    tx.table(agentSessions).put({ containerInstanceArn, sessionId: 's', connectedAt: clock.now() });
  });
const task = (arn: string): Task => store.view((tx) => tx.table(tasks).get(arn)!);

describe('a waiting task', () => {
  it('is placed once an instance of its provider is there and connected', async () => {
    start();
    const arn = wait('t1');
    connect(instance('other', 'q'));
    const instanceArn = instance('i1');
    await clock.advance(1000);
    expect(task(arn)).toMatchObject({ lastStatus: 'PROVISIONING', version: 1 });
    connect(instanceArn);
    await clock.advance(1000);
    expect(task(arn)).toMatchObject({ lastStatus: 'PENDING', containerInstanceArn: instanceArn, version: 2 });
    expect(task(arn).scheduling).toBeUndefined();
  });

  it('is placed when another task makes room', async () => {
    start();
    const instanceArn = instance('i1');
    connect(instanceArn);
    const [first, , third] = [wait('t1'), wait('t2'), wait('t3', { createdAt: 1 })];
    await clock.advance(1000);
    expect(task(third).lastStatus).toBe('PROVISIONING');
    const running = task(first);
    store.update((tx) => {
      tx.table(tasks).put(endTask(running, 'UserInitiated', 'enough', clock.now()));
    });
    await clock.advance(1000);
    expect(task(third)).toMatchObject({ lastStatus: 'PENDING', containerInstanceArn: instanceArn });
  });

  it('is placed when its instance is no longer DRAINING', async () => {
    start();
    const instanceArn = instance('i1', 'p', 'DRAINING');
    connect(instanceArn);
    const arn = wait('t1');
    await clock.advance(1000);
    expect(task(arn).lastStatus).toBe('PROVISIONING');
    instance('i1');
    await clock.advance(1000);
    expect(task(arn).lastStatus).toBe('PENDING');
  });

  it('is stopped after fifteen minutes, with what was in its way', async () => {
    start();
    const arn = wait('t1');
    await clock.advance(provisioningTimeout - 1000);
    expect(task(arn).lastStatus).toBe('PROVISIONING');
    instance('i1');
    await clock.advance(1000);
    expect(task(arn)).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'AGENT',
      stoppedAt: provisioningTimeout,
    });
  });

  it('is found again by a new incarnation', async () => {
    const arn = wait('t1');
    connect(instance('i1'));
    start();
    await clock.advance(1000);
    expect(task(arn).lastStatus).toBe('PENDING');
  });

  it('that a provider is gone from is stopped too', async () => {
    start();
    const arn = wait('t1', { capacityProviderName: 'gone' });
    await clock.advance(provisioningTimeout);
    expect(task(arn).stoppedReason).toBe('EMPTY CAPACITY PROVIDER');
  });
});
