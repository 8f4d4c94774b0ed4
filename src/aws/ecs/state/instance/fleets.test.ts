// The kept fleet against one made anew from the rows, through random lives of a cluster.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { clusterArn, containerInstanceArn } from '../arn.ts';
import { fleetOf, type Fleet } from './fleet.ts';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { agentSessions, containerInstances } from './container-instances.ts';
import { instanceHealth } from './instance-health-table.ts';
import { tasks } from '../task/tasks.ts';
import { Fleets } from './fleets.ts';
import { instanceUsage } from './usage-of-instance.ts';

const cluster = clusterArn(aScope, 'default');
const groups = ['family:a', 'family:b'];
const small = fc.nat(3);

const step = fc.oneof(
  fc.record({
    do: fc.constant('task' as const),
    task: fc.nat(7),
    instance: small,
    group: fc.nat(1),
    status: fc.constantFrom('PENDING' as const, 'RUNNING' as const, 'STOPPED' as const),
  }),
  fc.record({ do: fc.constant('forget' as const), task: fc.nat(7) }),
  fc.record({
    do: fc.constant('instance' as const),
    instance: small,
    status: fc.constantFrom('ACTIVE' as const, 'DRAINING' as const),
    cpu: fc.nat(4),
    marked: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('health' as const),
    instance: small,
    status: fc.constantFrom('OK' as const, 'IMPAIRED' as const),
  }),
  fc.record({ do: fc.constant('session' as const), instance: small, connected: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const arnOf = (instance: number): string => containerInstanceArn(aScope, 'default', `i${instance}`);

function apply(store: Store, input: Step): void {
  store.update((tx) => {
    switch (input.do) {
      case 'task':
        tx.table(tasks).put(
          aTask({
            id: `t${input.task}`,
            containerInstanceArn: arnOf(input.instance),
            group: groups[input.group]!,
            lastStatus: input.status,
          }),
        );
        break;
      case 'forget':
        tx.table(tasks).delete(aTask({ id: `t${input.task}` }).arn);
        break;
      case 'instance': {
        const attributes = input.marked ? [{ name: 'marked' }] : [];
        const registeredResources = { cpu: input.cpu, memory: 10, ports: [], portsUdp: [] };
        tx.table(containerInstances).put(
          aContainerInstance({
            id: `i${input.instance}`,
            arn: arnOf(input.instance),
            status: input.status,
            attributes,
            registeredResources,
          }),
        );
        break;
      }
      case 'health':
        tx.table(instanceHealth).put({
          containerInstanceArn: arnOf(input.instance),
          checks: [{ type: 'CONTAINER_RUNTIME', status: input.status, lastUpdated: 0, lastStatusChange: 0 }],
        });
        break;
      case 'session':
        if (input.connected) {
          tx.table(agentSessions).put({
            containerInstanceArn: arnOf(input.instance),
            sessionId: 's',
            connectedAt: 0,
          });
        } else {
          tx.table(agentSessions).delete(arnOf(input.instance));
        }
    }
  });
}

const plain = (fleet: Fleet) => ({
  usages: fleet.usages.map(({ taskGroups, ...usage }) => ({
    ...usage,
    groups: Object.fromEntries(taskGroups()),
  })),
  columns: [fleet.cpu, fleet.memory, fleet.freeCpu, fleet.freeMemory, fleet.tasks, fleet.available].map(
    (column) => [...column],
  ),
  groups: groups.map((group) => Object.fromEntries(fleet.groupTasks(group))),
});

test('is at every commit what the rows make of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const journal = new MemoryJournal({ durability: 'immediate' });
      const store = await openStore({
        tables: [agentSessions, containerInstances, instanceHealth, tasks],
        journal,
        log: silentLog,
      });
      const fleets = new Fleets(store);
      for (const input of steps) {
        apply(store, input);
        store.view((tx) => {
          const anew = tx
            .table(containerInstances)
            .by('clusterStatus', { clusterArn: cluster, status: 'ACTIVE' });
          const usages = Array.from(anew, (instance) => instanceUsage(tx, instance));
          expect(plain(fleets.fleet(tx, cluster))).toEqual(plain(fleetOf(usages)));
        });
      }
    }),
    { numRuns: 300 },
  );
});

test('keeps its shape while tasks come and go, and takes another when instances do', async () => {
  const journal = new MemoryJournal({ durability: 'immediate' });
  const store = await openStore({
    tables: [agentSessions, containerInstances, instanceHealth, tasks],
    journal,
    log: silentLog,
  });
  const fleets = new Fleets(store);
  const shape = () => store.view((tx) => fleets.fleet(tx, cluster).shape);
  apply(store, { do: 'instance', instance: 0, status: 'ACTIVE', cpu: 1, marked: false });
  const first = shape();
  apply(store, { do: 'task', task: 0, instance: 0, group: 0, status: 'RUNNING' });
  apply(store, { do: 'session', instance: 0, connected: true });
  expect(shape()).toBe(first);
  apply(store, { do: 'instance', instance: 0, status: 'ACTIVE', cpu: 1, marked: true });
  const second = shape();
  expect(second).not.toBe(first);
  apply(store, { do: 'instance', instance: 0, status: 'DRAINING', cpu: 1, marked: true });
  expect(shape()).not.toBe(second);
});
