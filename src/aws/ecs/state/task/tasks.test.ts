import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { taskStatuses, type Task } from './task.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { tasks } from './tasks.ts';
import { migrateRow } from '../../../../store/row-migration.ts';

const instances = ['i1', 'i2'];
const clusters = ['c1', 'c2'];
const services = ['s1', 's2'];
const deployments = ['d1', 'd2'];
const port = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 });

const row: fc.Arbitrary<Task> = fc
  .record({
    id: fc.constantFrom('t1', 't2', 't3', 't4'),
    containerInstanceArn: fc.constantFrom(...instances),
    clusterArn: fc.constantFrom(...clusters),
    lastStatus: fc.constantFrom(...taskStatuses),
    desiredStatus: fc.constantFrom('RUNNING', 'STOPPED'),
    resources: fc.record({ cpu: fc.nat(9), memory: fc.nat(9), ports: port, portsUdp: port }),
    startedBy: fc.option(fc.constantFrom('me', 'you'), { nil: undefined }),
    clientToken: fc.option(fc.constantFrom('k1', 'k2'), { nil: undefined }),
    serviceArn: fc.option(fc.constantFrom(...services), { nil: undefined }),
    deploymentId: fc.option(fc.constantFrom(...deployments), { nil: undefined }),
    containers: fc
      .constantFrom('HEALTHY', 'UNHEALTHY', 'UNKNOWN')
      .map((healthStatus) => [aContainer({ healthStatus })]),
  })
  .map(aTask);

interface Transaction {
  /** Rows to put and ids to delete. */
  readonly steps: readonly (Task | string)[];
  readonly fails: boolean;
}
const transaction: fc.Arbitrary<Transaction> = fc.record({
  steps: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: row },
      { weight: 1, arbitrary: fc.constantFrom('t1', 't2', 't3', 't4') },
    ),
    { maxLength: 4 },
  ),
  fails: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const open = (journal: MemoryJournal): Promise<Store> =>
  openStore({ tables: [tasks], journal, log: silentLog, freezeRows: true });

function run(store: Store, { steps, fails }: Transaction): void {
  try {
    store.update((tx) => {
      const table = tx.table(tasks);
      for (const step of steps) {
        if (typeof step === 'string') table.delete(aTask({ id: step }).arn);
        else table.put(step);
      }
      if (fails) throw new Error('changed its mind');
    });
  } catch (error) {
    expect(error).toMatchObject({ message: 'changed its mind' });
  }
}

const ascending = (one: number, other: number): number => one - other;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const starting = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

function serviceCounts(own: readonly Task[]) {
  const wanted = own.filter((task) => task.desiredStatus === 'RUNNING');
  const running = wanted.filter((task) => task.lastStatus === 'RUNNING');
  const withHealth = (status: string): number =>
    running.filter((task) => task.containers[0]!.healthStatus === status).length;
  return {
    running: running.length,
    pending: wanted.filter((task) => starting.includes(task.lastStatus)).length,
    stopping: own.length - wanted.length,
    healthy: withHealth('HEALTHY'),
    unhealthy: withHealth('UNHEALTHY'),
  };
}

/** Usage and counts, and what the indexes hold, by looking at every row. */
function naive(rows: readonly Task[]) {
  const live = rows.filter((task) => task.lastStatus !== 'STOPPED');
  return {
    usage: instances.map((arn) => {
      const own = live.filter((task) => task.containerInstanceArn === arn);
      const wanted = own.filter((task) => task.desiredStatus === 'RUNNING');
      return {
        taken: {
          cpu: sum(own.map((task) => task.resources.cpu)),
          memory: sum(own.map((task) => task.resources.memory)),
          ports: own.flatMap((task) => task.resources.ports).toSorted(ascending),
          portsUdp: own.flatMap((task) => task.resources.portsUdp).toSorted(ascending),
        },
        running: wanted.filter((task) => task.lastStatus === 'RUNNING').length,
        pending: wanted.filter((task) => starting.includes(task.lastStatus)).length,
      };
    }),
    counts: clusters.map((arn) => {
      const own = rows.filter((task) => task.clusterArn === arn);
      return {
        running: own.filter((task) => task.lastStatus === 'RUNNING').length,
        pending: own.filter((task) => starting.includes(task.lastStatus)).length,
      };
    }),
    live: instances.map((arn) =>
      live.filter((task) => task.containerInstanceArn === arn).map((task) => task.id),
    ),
    stopped: rows.filter((task) => task.lastStatus === 'STOPPED').map((task) => task.id),
    mine: clusters.map((arn) =>
      rows
        .filter(
          (task) => task.clusterArn === arn && task.desiredStatus === 'RUNNING' && task.startedBy === 'me',
        )
        .map((task) => task.id),
    ),
    service: services.map((arn) => serviceCounts(live.filter((task) => task.serviceArn === arn))),
    deployment: deployments.map((id) => serviceCounts(live.filter((task) => task.deploymentId === id))),
    ofService: services.map((arn) =>
      rows
        .filter((task) => task.serviceArn === arn && task.desiredStatus === 'STOPPED')
        .map((task) => task.id),
    ),
    liveOfDeployment: deployments.map((id) =>
      live.filter((task) => task.deploymentId === id).map((task) => task.id),
    ),
    liveOfService: services.map((arn) => live.filter((task) => task.serviceArn === arn).length),
    token: clusters.map((arn) =>
      rows.filter((task) => task.clusterArn === arn && task.clientToken === 'k1').map((task) => task.id),
    ),
  };
}

const kept = (store: Store): ReturnType<typeof naive> =>
  store.view((tx) => {
    const table = tx.table(tasks);
    const ids = (rows: Iterable<Task>): string[] => [...rows].map((task) => task.id);
    return {
      usage: instances.map((arn) => {
        const usage = table.tally('usage', { containerInstanceArn: arn });
        const { taken } = usage;
        return {
          ...usage,
          taken: {
            ...taken,
            ports: taken.ports.toSorted(ascending),
            portsUdp: taken.portsUdp.toSorted(ascending),
          },
        };
      }),
      counts: clusters.map((arn) => table.tally('clusterCounts', { clusterArn: arn })),
      live: instances.map((arn) => ids(table.by('instanceLive', { containerInstanceArn: arn }))),
      stopped: ids(table.by('stopped', {})),
      mine: clusters.map((arn) =>
        ids(table.by('startedByDesired', { clusterArn: arn, desiredStatus: 'RUNNING', startedBy: 'me' })),
      ),
      service: services.map((arn) => table.tally('service', { serviceArn: arn })),
      deployment: deployments.map((id) => table.tally('deployment', { deploymentId: id })),
      ofService: services.map((arn) =>
        ids(table.by('serviceDesired', { serviceArn: arn, desiredStatus: 'STOPPED' })),
      ),
      liveOfDeployment: deployments.map((id) => ids(table.by('deploymentLive', { deploymentId: id }))),
      liveOfService: services.map((arn) => table.count('serviceLive', { serviceArn: arn })),
      token: clusters.map((arn) => ids(table.by('clientToken', { clusterArn: arn, clientToken: 'k1' }))),
    };
  });

test('totals and indexes are what a look at every row would give, after any transactions and after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(transaction, { maxLength: 12 }), async (transactions) => {
      const journal = new MemoryJournal({ durability: 'immediate' });
      const store = await open(journal);
      for (const one of transactions) {
        run(store, one);
        const rows = store.view((tx) => [...tx.table(tasks).all()]);
        expect(kept(store)).toEqual(naive(rows));
      }
      const before = kept(store);
      await store.close();
      expect(kept(await open(journal.crash()))).toEqual(before);
    }),
    { numRuns: 400 },
  );
});

test('a row that was written before what the scheduler keeps of a task was apart', () => {
  const placementConstraints = [{ type: 'distinctInstance' }];
  expect(
    migrateRow(tasks, 1, {
      arn: 't',
      waitsFor: { constraints: [] },
      placementConstraints,
      serviceSettled: true,
      givenUpAt: 5,
      replaceAsked: true,
      protectedUntil: 7,
    }),
  ).toEqual({
    arn: 't',
    protectedUntil: 7,
    scheduling: {
      provisioningRequest: { constraints: [] },
      placementConstraints,
      countedByService: true,
      abandonedAt: 5,
      replaceAsked: true,
    },
  });
  expect(migrateRow(tasks, 1, { arn: 't' })).toStrictEqual({ arn: 't' });
});
