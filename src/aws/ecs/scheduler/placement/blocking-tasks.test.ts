import { expect, it } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { silentLog } from '../../../../lib/log.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import type { BlockingTask } from '../../state/placement-attempt/verdict-group.ts';
import { tasks } from '../../state/task/tasks.ts';
import { verdictGroups } from './group-verdicts.ts';

const instance = aContainerInstance();

/** Who is named as holding what the rejection is about, where the tasks on the instance hold what is given, by id. */
async function holders(
  rejection: Rejection,
  held: Readonly<Record<string, Partial<typeof noResources>>>,
): Promise<readonly BlockingTask[]> {
  const store = await openStore({
    tables: [tasks],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  return store.update((tx) => {
    for (const [id, resources] of Object.entries(held))
      tx.table(tasks).put(aTask({ id, resources: { ...noResources, ...resources } }));
    return verdictGroups(tx, [{ ...rejection, instance }])[0]!.lines[0]!.holders;
  });
}

it('names who holds the most of what is missing, and nobody who holds none of it', async () => {
  const found = await holders(
    { filter: 'memory', reason: 'RESOURCE:MEMORY', asked: 100, available: 1, of: 1000 },
    { a: { memory: 10 }, b: { memory: 300 }, c: { memory: 20 }, d: { memory: 30 }, e: { cpu: 100 } },
  );
  expect(found.map(({ taskArn, memory: held }) => [taskArn.at(-1), held])).toEqual([
    ['b', 300],
    ['d', 30],
    ['c', 20],
  ]);
});

it('names who holds a port of that protocol; nobody where the instance itself reserves it', async () => {
  const taken = { filter: 'ports', reason: 'RESOURCE:PORTS', port: 8080, protocol: 'tcp' };
  const held = { a: { ports: [80, 8080] }, b: { portsUdp: [8080] } };
  expect(await holders({ ...taken, reserved: false }, held)).toMatchObject([
    { taskDefinition: 'web:1', taskArn: expect.stringMatching(/a$/) },
  ]);
  expect(await holders({ ...taken, reserved: true }, held)).toEqual([]);
});
