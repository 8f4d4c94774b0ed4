// A start on a data directory of the version before: it succeeds, and every acknowledged row is there.
// The directories were made by that version: `killed` while two tasks ran and a third had stopped, `closed` later, in order.
import { ECS } from '@aws-sdk/client-ecs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAgentState } from '../../src/agent/state.ts';
import { readAccess } from '../../src/cli/access-file.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer } from '../../src/server.ts';

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

async function ask(): Promise<unknown> {
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
    return await describeAll(ecs);
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
