import { beforeEach, describe, expect, it } from 'vitest';
import { aCapacityProvider } from '../../../../../test-support/builders/a-capacity-provider.ts';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { aService } from '../../../../../test-support/builders/a-service.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { clusterArn } from '../../state/arn.ts';
import type { AutoScalingGroupProvider } from '../../state/capacity/capacity-provider.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { groupAttribute, hostAttribute } from '../../state/instance/instance-group.ts';
import type { Task } from '../../state/task/task.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { capacityExpectations, capacityReservations } from '../../state/capacity/capacity-scaling-table.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { agentSessions, containerInstances } from '../../state/instance/container-instances.ts';
import { services } from '../../state/service/services.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { tasks } from '../../state/task/tasks.ts';
import { startLoop } from '../../../shared/loop.ts';
import { capacityScaling } from './capacity-scaling.ts';
import type { CapacitySource } from './capacity-source.ts';

const minute = 60_000;
const tables = [
  instanceHealth,
  tasks,
  services,
  clusters,
  capacityProviders,
  containerInstances,
  agentSessions,
  capacityExpectations,
  capacityReservations,
];

let clock: VirtualClock;
let store: Store;
/** What the source was asked for, and what it says of it. */
let asked: string[];
let answer: () => Promise<void>;
beforeEach(async () => {
  clock = new VirtualClock(0);
  asked = [];
  answer = () => Promise.resolve();
  store = await openStore({
    tables,
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  setProvider({});
  store.update((tx) => {
    tx.table(clusters).put({
      ...aScope,
      arn: clusterArn(aScope, 'default'),
      name: 'default',
      status: 'ACTIVE',
      settings: [],
      tags: [],
      capacityProviders: ['p'],
    });
  });
});

const setProvider = (group: Partial<AutoScalingGroupProvider>, status: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
  store.update((tx) => {
    const defaults = aCapacityProvider().autoScalingGroupProvider!;
    tx.table(capacityProviders).put(
      aCapacityProvider({ name: 'p' }, { managedScaling: { ...defaults.managedScaling, status }, ...group }),
    );
  });

const source: CapacitySource = {
  serves: (group) => group === 'p',
  start: (group, count) => {
    asked.push(`start ${count} of ${group.group} for ${group.cluster}`);
    return answer();
  },
  stop: (_group, instances) => {
    asked.push(`stop ${instances.map(({ hostId }) => hostId).join()}`);
    return answer();
  },
};
const start = (): (() => void) =>
  startLoop(capacityScaling({ source, clock, log: silentLog }), {
    store,
    clock,
    random: seededRandom(1),
    log: silentLog,
  });

/** Two fit on an instance. */
const wait = (count: number): void =>
  store.update((tx) => {
    for (let at = 0; at < count; at++) {
      const row = aTask({
        id: `w${at}-${clock.now()}`,
        containerInstanceArn: undefined,
        lastStatus: 'PROVISIONING',
        capacityProviderName: 'p',
        resources: { cpu: 0, memory: 4096, ports: [], portsUdp: [] },
        scheduling: { provisioningRequest: { requiresAttributes: [], constraints: [], strategies: [] } },
      });
      tx.table(tasks).put(row);
    }
  });
const register = (id: string): string =>
  store.update((tx) => {
    const attributes = [
      { name: groupAttribute, value: 'p' },
      { name: hostAttribute, value: `host-${id}` },
    ];
    const { arn } = tx
      .table(containerInstances)
      .put(aContainerInstance({ id, attributes, registeredAt: clock.now() }));
    tx.table(agentSessions).put({ containerInstanceArn: arn, sessionId: 's', connectedAt: clock.now() });
    return arn;
  });
const put = (task: Task): void =>
  store.update((tx) => {
    tx.table(tasks).put(task);
  });
const instance = (arn: string): ContainerInstance =>
  store.view((tx) => tx.table(containerInstances).get(arn)!);
const reservation = () => store.view((tx) => [...tx.table(capacityReservations).all()][0]);

describe('the capacity source', () => {
  it('is asked for what waits, once, and for more when it is seen that one was too few', async () => {
    start();
    wait(5);
    await clock.advance(minute);
    expect(asked).toEqual(['start 1 of p for default']);
    expect(reservation()).toMatchObject({ reservation: 100, instances: 1, capacityProviderName: 'p' });
    register('i1');
    await clock.advance(minute);
    expect(asked.slice(1)).toEqual(['start 2 of p for default']);
  });

  it('is not asked again while it is at it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    start();
    register('i1');
    wait(4);
    await clock.advance(10);
    wait(4);
    await clock.advance(10);
    expect(asked).toEqual(['start 1 of p for default']);
    resolve();
    await clock.advance(10);
    expect(asked.slice(1)).toEqual(['start 2 of p for default']);
  });

  it('is asked again a minute after it failed', async () => {
    answer = () => Promise.reject(new Error('no more hosts'));
    start();
    wait(1);
    await clock.advance(minute - 1);
    expect(asked).toHaveLength(1);
    answer = () => Promise.resolve();
    await clock.advance(minute);
    expect(asked).toHaveLength(2);
    await clock.advance(minute);
    expect(asked).toHaveLength(2);
  });

  it('is not asked again by the next process for what the last one asked for', async () => {
    const stop = start();
    wait(1);
    await clock.advance(minute);
    stop();
    start();
    await clock.advance(minute);
    expect(asked).toHaveLength(1);
  });

  it('is left alone without managed scaling, and for groups that it does not serve', async () => {
    setProvider({}, 'DISABLED');
    start();
    wait(1);
    await clock.advance(minute);
    expect([asked, reservation()]).toEqual([[], undefined]);
    setProvider({ autoScalingGroupArn: 'other' });
    await clock.advance(minute);
    expect(asked).toEqual([]);
    expect(reservation()?.reservation).toBe(200);
    setProvider({});
    await clock.advance(minute);
    expect(asked).toHaveLength(1);
  });

  it('stops an instance that was not needed for a quarter of an hour, which then is INACTIVE', async () => {
    const [kept, idle] = [register('i1'), register('i2')];
    put(aTask({ containerInstanceArn: kept, lastStatus: 'RUNNING' }));
    start();
    await clock.advance(14 * minute - 1);
    expect(instance(idle).status).toBe('ACTIVE');
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    await clock.advance(2 * minute);
    expect(asked).toEqual(['stop host-i2']);
    expect(instance(idle)).toMatchObject({ status: 'DRAINING' });
    resolve();
    await clock.advance(minute);
    expect(instance(idle)).toMatchObject({ status: 'INACTIVE' });
    expect(instance(idle).terminatingSince).toBeUndefined();
    await clock.advance(30 * minute);
    expect(asked).toHaveLength(1);
    expect(instance(kept).status).toBe('ACTIVE');
  });

  it('is asked to stop again what it could not stop', async () => {
    register('i1');
    start();
    answer = () => Promise.reject(new Error('busy'));
    await clock.advance(17 * minute);
    const failed = asked.length;
    expect(failed).toBeGreaterThan(1);
    answer = () => Promise.resolve();
    await clock.advance(3 * minute);
    expect(new Set(asked)).toEqual(new Set(['stop host-i1']));
    expect(asked).toHaveLength(failed + 1);
  });

  it('does not wait for daemons, which end with their host', async () => {
    const arn = register('i1');
    const service = aService({ name: 'd', schedulingStrategy: 'DAEMON' });
    store.update((tx) => {
      tx.table(services).put(service);
    });
    const daemon = aTask({ containerInstanceArn: arn, lastStatus: 'RUNNING', serviceArn: service.arn });
    put(daemon);
    start();
    await clock.advance(20 * minute);
    expect(asked).toEqual(['stop host-i1']);
    expect(store.view((tx) => tx.table(tasks).get(daemon.arn))).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TerminationNotice',
      stoppedReason: 'Host EC2 (instance host-i1) terminated.',
    });
  });

  it('is not asked to stop what a task came to meanwhile, until that is gone', async () => {
    setProvider({ managedDraining: 'ENABLED' });
    const arn = register('i1');
    start();
    await clock.advance(14 * minute - 1);
    const late = aTask({ containerInstanceArn: arn, lastStatus: 'RUNNING' });
    store.update((tx) => {
      tx.table(containerInstances).put({ ...instanceIn(tx, arn), status: 'DRAINING', terminatingSince: 1 });
      tx.table(tasks).put(late);
    });
    await clock.advance(10 * minute);
    expect(asked).toEqual([]);
    put({ ...late, lastStatus: 'STOPPED' });
    await clock.advance(2 * minute);
    expect(asked).toEqual(['stop host-i1']);
  });
});

const instanceIn = (tx: Parameters<Parameters<Store['update']>[0]>[0], arn: string): ContainerInstance =>
  tx.table(containerInstances).get(arn)!;

it('forgets a provider that left its cluster', async () => {
  start();
  wait(1);
  await clock.advance(minute);
  expect(reservation()).toBeDefined();
  store.update((tx) => {
    const cluster = tx.table(clusters).get(clusterArn(aScope, 'default'))!;
    tx.table(clusters).put({ ...cluster, capacityProviders: [] });
  });
  await clock.advance(minute);
  expect(reservation()).toBeUndefined();
  expect(store.view((tx) => tx.table(capacityExpectations).size)).toBe(0);
});
