// A reply waits for the revision that it was made of: not less, so that no crash takes back what was told, and not more.
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeTasksCommand,
  ListClustersCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { clusters } from '../../src/aws/ecs/state/cluster/clusters.ts';
import { allTables } from '../../src/server/control-plane.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { openStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { aCluster } from '../../test-support/builders/a-cluster.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { credentials, fakeApi, fakeHandler } from '../../test-support/fake-api.ts';
import { sdkClient } from '../../test-support/sdk-client.ts';

/** What has been answered so far, by name. */
class Answers {
  readonly arrived: string[] = [];

  async note(name: string, answer: Promise<unknown>): Promise<void> {
    await answer.then(
      () => this.arrived.push(name),
      (error: Error) => this.arrived.push(`${name}: ${error.name}`),
    );
  }
}

describe('a reply', () => {
  let journal: MemoryJournal;
  let store: Store;
  let answers: Answers;
  beforeEach(async () => {
    journal = new MemoryJournal({ durability: 'manual' });
    store = await openStore({ tables: [clusters], journal, log: silentLog });
    answers = new Answers();
  });

  const write = (name: string): unknown =>
    store.update((tx) => tx.table(clusters).put(aCluster({ arn: `arn:${name}`, name })));
  const arns = (): string[] => store.view((tx) => Array.from(tx.table(clusters).all(), ({ arn }) => arn));

  /** A client of a server with these operations over `store`. */
  const client = (operations: Parameters<typeof fakeApi>[0]) => {
    const { handle, clock } = fakeHandler({ apis: [fakeApi(operations)], store });
    return sdkClient(handle, credentials, { clock });
  };

  it('is not held back by a commit that was made after it had read', async () => {
    const ecs = client({
      ListClusters: () => {
        queueMicrotask(() => write('later'));
        return { clusterArns: arns() };
      },
    });
    write('first');
    const reply = answers.note('list', ecs.send(new ListClustersCommand({})));
    await vi.waitUntil(() => store.revision === 2);
    await flushPromises();
    expect(answers.arrived).toEqual([]);
    journal.flush(1);
    await reply;
    expect([answers.arrived, journal.durableRevision]).toEqual([['list'], 1]);
  });

  it('is not held back by what others make of its own commit', async () => {
    let told = 0;
    store.watch(clusters, () => {
      told += 1;
      if (told === 1) write('consequence');
    });
    const ecs = client({ CreateCluster: () => ({ cluster: write('mine') as object }) });
    const reply = answers.note('create', ecs.send(new CreateClusterCommand({})));
    await vi.waitUntil(() => store.revision === 2);
    await flushPromises();
    expect(answers.arrived).toEqual([]);
    journal.flush(1);
    await reply;
    expect(answers.arrived).toEqual(['create']);
  });

  it('needs nothing where all that it read is durable', async () => {
    const ecs = client({ ListClusters: () => ({ clusterArns: arns() }) });
    write('first');
    journal.flush();
    await answers.note('list', ecs.send(new ListClustersCommand({})));
    expect(answers.arrived).toEqual(['list']);
  });

  it('waits for everything where its operation takes its time', async () => {
    let hasRead = false;
    const ecs = client({
      ListClusters: async () => {
        await Promise.resolve();
        hasRead = true;
        return { clusterArns: arns() };
      },
    });
    write('first');
    const reply = answers.note('list', ecs.send(new ListClustersCommand({})));
    await vi.waitUntil(() => hasRead);
    await flushPromises();
    expect(answers.arrived).toEqual([]);
    journal.flush();
    await reply;
    expect(answers.arrived).toEqual(['list']);
  });
});

describe('what a crash takes back', () => {
  it('was told to nobody: neither to who wrote it, nor to who read it, nor as an error that it caused', async () => {
    const journal = new MemoryJournal({ durability: 'manual' });
    const ran: string[] = [];
    const opening = EcsRig.open({ journal, observe: (operation) => void ran.push(operation) });
    await flushPromises();
    journal.flush();
    const rig = await opening;
    journal.flush();
    const answers = new Answers();
    const { store } = rig.controlPlane;
    const waits = vi.spyOn(store, 'durable');
    void answers.note('write', rig.ecs.send(new CreateClusterCommand({ clusterName: 'lost' })));
    await vi.waitUntil(() => waits.mock.calls.length === 1);
    void answers.note('read', rig.ecs.send(new ListClustersCommand({})));
    void answers.note(
      'refused',
      rig.ecs.send(new DescribeTasksCommand({ cluster: 'lost', tasks: ['nonsense!'] })),
    );
    void answers.note('repeated', rig.ecs.send(new DeleteClusterCommand({ cluster: 'never-there' })));
    await vi.waitUntil(() => waits.mock.calls.length === 4);
    await flushPromises();
    expect([answers.arrived, ran]).toEqual([[], []]);

    const left = journal.crash();
    await flushPromises();
    expect(answers.arrived).toEqual([]);
    const next = await openStore({ tables: allTables, journal: left, log: silentLog });
    expect(next.view((tx) => tx.table(clusters).size)).toBe(0);
  });
});
