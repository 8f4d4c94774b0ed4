// A start on a data directory of the version before: it succeeds, and every acknowledged row is there.
// The directories were made by that version: `killed` while two tasks ran and a third had stopped, `closed` later, in order.
// `before-shapes` is of the last commit before rows had shapes: its server was killed in the middle of rollouts.
import { ECS, type Task } from '@aws-sdk/client-ecs';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAgentState } from '../../src/agent/state.ts';
import { readAccess } from '../../src/cli/access-file.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { allTables } from '../../src/server/control-plane.ts';
import { SqliteJournal } from '../../src/store/journal/sqlite-journal.ts';
import { openStore } from '../../src/store/memory-store.ts';
import { shapeOfText, withoutShape } from '../../src/store/journal/row-text.ts';
import { migrateRow, shapeOf } from '../../src/store/row-migration.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'older-version-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function unpack(name: string): void {
  const archive = fileURLToPath(new URL(`data-directories/${name}.tar.gz`, import.meta.url));
  execFileSync('tar', ['-xzf', archive, '-C', directory]);
}

/** What clients see of the state, asked with the key that the older version made; started and stopped twice. */
async function seen(): Promise<unknown> {
  const first = await ask();
  expect(await ask()).toEqual(first);
  return first;
}

const ask = (): Promise<unknown> => asked(describeAll);

async function asked<T>(questions: (ecs: ECS, server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer({
    dataDirectory: directory,
    host: '127.0.0.1',
    port: 0,
    accountId: '000000000000',
    region: 'us-east-1',
    stoppedTaskRetention: 10 * 365 * 24 * 3_600_000,
    healthyAfter: 40_000,
    throttling: 'off',
    log: silentLog,
    onFailure: (error) => {
      throw error;
    },
  });
  const { endpoint: _, ...credentials } = readAccess(directory);
  const ecs = new ECS({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  try {
    return await questions(ecs, server);
  } finally {
    ecs.destroy();
    await server.stop();
  }
}

async function describeAll(ecs: ECS): Promise<unknown> {
  const { clusters } = await ecs.describeClusters({ clusters: ['default', 'harbour', 'pier'] });
  const { services } = await ecs.describeServices({ services: ['berths'] });
  const { taskDefinitionArns } = await ecs.listTaskDefinitions({});
  const { containerInstanceArns } = await ecs.listContainerInstances({});
  const { settings } = await ecs.listAccountSettings({
    name: 'containerInsights',
    effectiveSettings: true,
  });
  const running = await ecs.listTasks({ desiredStatus: 'RUNNING' });
  const stopped = await ecs.listTasks({ desiredStatus: 'STOPPED' });
  const { tasks } = await ecs.describeTasks({ tasks: [...running.taskArns!, ...stopped.taskArns!] });
  return {
    clusters: clusters!.map(({ clusterName, status }) => `${clusterName} ${status}`),
    services: services!.map(({ serviceName, desiredCount }) => `${serviceName} ${desiredCount}`),
    taskDefinitions: taskDefinitionArns!.map((arn) => arn.split('/')[1]),
    containerInstances: containerInstanceArns!.length,
    settings: settings!.map(({ value }) => value),
    tasks: tasks!.map(({ group, lastStatus }) => `${group} ${lastStatus}`).toSorted(),
  };
}

const registered = {
  taskDefinitions: ['sleeper:1', 'sleeper:2'],
  containerInstances: 1,
  settings: ['enabled'],
};

interface RawRow {
  readonly table: string;
  readonly key: string;
  readonly shape: number;
  readonly row: Readonly<Record<string, unknown>>;
}

/** What the database holds, read past the store and its journal, from a copy. */
function rawRows(): RawRow[] {
  const copy = mkdtempSync(join(tmpdir(), 'older-version-copy-'));
  try {
    cpSync(directory, copy, { recursive: true });
    const database = new DatabaseSync(join(copy, 'store.db'));
    const rows = database.prepare('SELECT "table", key, json FROM rows ORDER BY "table", key').all();
    database.close();
    return rows.map(({ table, key, json }) => ({
      table: String(table),
      key: String(key),
      shape: shapeOfText(String(json)),
      row: JSON.parse(withoutShape(String(json))) as RawRow['row'],
    }));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

describe('a data directory from before rows had shapes', () => {
  it('has every acknowledged row, in the shape of today, and shows each task as it was', async () => {
    unpack('0.1.0-before-shapes');
    const written = rawRows();
    const store = await openDirectory();
    const missing = store.view((tx) =>
      written.filter(({ table, key, row }) => {
        const known = tableOf(table);
        const found = tx.table(known).get(key);
        return !isDeepStrictEqual(found, migrateRow(known, 1, row));
      }),
    );
    const total = store.view((tx) => allTables.reduce((sum, table) => sum + tx.table(table).size, 0));
    await store.close();
    expect([missing, total]).toEqual([[], written.length]);
    expect(new Set(written.map(({ table }) => table)).size).toBe(18);

    const tasks = written.filter(({ table }) => table === 'tasks').map(({ row }) => row);
    expect(tasks.length).toBe(31);
    const shown = await describeTasks(tasks);
    for (const [place, task] of tasks.entries()) {
      expect(shown[place]).toMatchObject({
        taskArn: task['arn'],
        group: task['group'],
        taskDefinitionArn: task['taskDefinitionArn'],
        launchType: task['launchType'],
        tags: task['tags'],
        createdAt: new Date(Number(task['createdAt'])),
        ...(task['lastStatus'] === 'STOPPED' && {
          stopCode: task['stopCode'],
          stoppedReason: task['stoppedReason'],
        }),
      });
    }
  });
});

const tableOf = (name: string): (typeof allTables)[number] => allTables.find((table) => table.name === name)!;
const openDirectory = () =>
  openStore({ tables: allTables, journal: new SqliteJournal({ directory }), log: silentLog });
const olderRows = (): number =>
  rawRows().filter(({ table, shape }) => shape < shapeOf(tableOf(table))).length;

describe('rows of older shapes', () => {
  it('are brought up to date by the first start, so that the second has none to migrate', async () => {
    unpack('0.1.0-before-shapes');
    expect(olderRows()).toBeGreaterThan(40);
    await asked(async (_, { controlPlane }) =>
      vi.waitUntil(() => controlPlane.store.writeOlderRows(0) === 0, { timeout: 20_000 }),
    );
    expect(olderRows()).toBe(0);
    const store = await openDirectory();
    expect(store.writeOlderRows(0)).toBe(0);
    await store.close();
  });

  it('are all there after an end in the middle of it, each in one of the two shapes', async () => {
    unpack('0.1.0-before-shapes');
    const written = rawRows();
    const older = olderRows();
    const store = await openDirectory();
    store.writeOlderRows(20);
    await store.durable();
    // What a killed process leaves: the files as they are now.
    const half = rawRows();
    await store.close();
    expect(olderRows()).toBe(older - 20);
    expect(half.map(upToDate)).toEqual(written.map(upToDate));
  });
});

const upToDate = ({ table, key, shape, row }: RawRow): unknown => [
  table,
  key,
  migrateRow(tableOf(table), shape, row),
];

async function describeTasks(rows: readonly RawRow['row'][]): Promise<Task[]> {
  return asked(async (ecs) => {
    const found = rows.map(async ({ arn, clusterArn }) => {
      const { tasks } = await ecs.describeTasks({
        cluster: String(clusterArn),
        tasks: [String(arn)],
        include: ['TAGS'],
      });
      return tasks!;
    });
    return (await Promise.all(found)).flat();
  });
}

describe('a data directory of 0.1.0', () => {
  it('that a killed server left, its log full', async () => {
    unpack('0.1.0-killed');
    expect(await seen()).toEqual({
      ...registered,
      clusters: ['default ACTIVE', 'harbour ACTIVE'],
      services: ['berths 1'],
      tasks: ['family:sleeper RUNNING', 'family:sleeper STOPPED', 'service:berths RUNNING'],
    });
  });

  it('that was closed', async () => {
    unpack('0.1.0-closed');
    expect(await seen()).toEqual({
      ...registered,
      clusters: ['default ACTIVE', 'harbour INACTIVE', 'pier ACTIVE'],
      services: ['berths 0'],
      tasks: ['family:sleeper STOPPED', 'family:sleeper STOPPED', 'service:berths STOPPED'],
    });
  });

  it.each([
    ['0.1.0-killed', [2, 3]],
    ['0.1.0-closed', [0, 3]],
  ])('with the state of an agent: %s', (name, counts) => {
    unpack(name);
    const state = openAgentState(join(directory, 'agents', '1', 'agent.db'));
    const facts = state.facts();
    expect(facts).toMatchObject({
      cluster: 'default',
      containerInstanceArn: expect.stringContaining('/default/'),
    });
    const wanted = state.tasks().filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
    expect([wanted.length, state.tasks().length]).toEqual(counts);
    state.close();
  });
});
