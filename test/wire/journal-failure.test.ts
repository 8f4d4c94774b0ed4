// A journal that takes nothing any more, because its disk is full or another control plane leads: what its clients are told.
import { CreateClusterCommand, ListClustersCommand } from '@aws-sdk/client-ecs';
import { expect, it, vi } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { clusters } from '../../src/aws/ecs/state/cluster/clusters.ts';
import { allTables } from '../../src/server/control-plane.ts';
import { NotLeadingError } from '../../src/store/journal.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { openStore } from '../../src/store/memory-store.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

it('answers errors to all that is under way and all that comes, applies nothing of it, and loses nothing that was told', async () => {
  const journal = new MemoryJournal({ durability: 'manual' });
  const opening = EcsRig.open({ journal });
  await flushPromises();
  journal.flush();
  const rig = await opening;
  const { store } = rig.controlPlane;
  const create = (clusterName: string) => rig.ecs.send(new CreateClusterCommand({ clusterName }));
  const list = () => rig.ecs.send(new ListClustersCommand({}));
  const names = (): string[] => store.view((tx) => Array.from(tx.table(clusters).all(), ({ name }) => name));

  const kept = create('kept');
  await vi.waitUntil(() => names().length === 1);
  journal.flush();
  await kept;

  const underway = create('underway');
  await vi.waitUntil(() => names().length === 2);
  const reading = list();
  await flushPromises();
  journal.fail(new NotLeadingError('another control plane leads'));
  const error = {
    name: 'ServerException',
    message: expect.stringMatching(/^The server can no longer save its state and stops/),
    $metadata: { httpStatusCode: 500 },
  };
  await expect(underway).rejects.toMatchObject(error);
  await expect(reading).rejects.toMatchObject(error);

  await expect(create('late')).rejects.toMatchObject(error);
  expect(names()).not.toContain('late');
  await expect(list()).rejects.toMatchObject(error);
  expect(await journal.failed).toBeInstanceOf(NotLeadingError);

  const next = await openStore({ tables: allTables, journal: journal.crash(), log: silentLog });
  expect(next.view((tx) => Array.from(tx.table(clusters).all(), ({ name }) => name))).toEqual(['kept']);
});
