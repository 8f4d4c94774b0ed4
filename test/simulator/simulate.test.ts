// `longshore simulate` as people run it, against a real server that goes away and comes back.
import { ECS, type Task } from '@aws-sdk/client-ecs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeAccess } from '../../src/cli/access-file.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { startLongshore, type StartingProcess } from '../docker/longshore-process.ts';

const cluster = 'fleet';
const region = 'us-east-1';
const instances = 50;
/** The machine may be busy with other tests. */
const pollOptions = { timeout: 40_000, interval: 50 };
vi.setConfig({ testTimeout: 60_000 });

describe('a simulated fleet', () => {
  const data = mkdtempSync(join(tmpdir(), 'longshore-simulate-'));
  let server: RunningServer;
  let fleet: StartingProcess;
  let ecs: ECS;
  let tasks: readonly string[];

  const serve = async (port: number): Promise<RunningServer> => {
    const started = await startServer({
      dataDirectory: data,
      host: '127.0.0.1',
      port,
      accountId: '000000000000',
      region,
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 5_000,
      throttling: 'off',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
    });
    const { administrator } = started.controlPlane;
    writeAccess(data, { ...administrator, endpoint: started.endpoint, region });
    return started;
  };
  const describeAll = async (): Promise<readonly Task[]> =>
    (await ecs.describeTasks({ cluster, tasks: [...tasks] })).tasks!;
  const statuses = async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      Object.entries(Object.groupBy(await describeAll(), ({ lastStatus }) => lastStatus!)).map(
        ([status, some]) => [status, some!.length],
      ),
    );
  const instancesNow = async () => {
    const { containerInstanceArns } = await ecs.listContainerInstances({ cluster });
    if (containerInstanceArns!.length === 0) return [];
    const order = { cluster, containerInstances: containerInstanceArns };
    return (await ecs.describeContainerInstances(order)).containerInstances!;
  };

  beforeAll(async () => {
    server = await serve(0);
    ecs = new ECS({ endpoint: server.endpoint, region, credentials: server.controlPlane.administrator });
    const host = [
      '--cpu',
      '2048',
      '--memory',
      '4096',
      '--gpus',
      '2',
      '--zones',
      'a,b',
      '--attributes',
      'stack=blue',
    ];
    const pace = ['--start-delay', '200ms', '--stop-delay', '200ms', '--seed', '5', '--strict'];
    const fixed = ['--data', data, '--cluster', cluster, '--instances', String(instances)];
    fleet = startLongshore(['simulate', ...fixed, ...host, ...pace], {});
    await fleet.until(/simulated instances are connected/);
  });
  afterAll(async () => {
    await fleet.end('SIGKILL');
    await server.stop();
    rmSync(data, { recursive: true });
  });

  it('is there as it was asked for', async () => {
    const found = await instancesNow();
    expect(found).toHaveLength(instances);
    for (const { agentConnected, registeredResources, attributes, status } of found) {
      expect([agentConnected, status]).toEqual([true, 'ACTIVE']);
      expect(registeredResources).toContainEqual(
        expect.objectContaining({ name: 'CPU', integerValue: 2048 }),
      );
      expect(registeredResources).toContainEqual(
        expect.objectContaining({ name: 'MEMORY', integerValue: 4096 }),
      );
      expect(attributes).toContainEqual({ name: 'stack', value: 'blue' });
    }
    const zones = found.map(
      ({ attributes }) => attributes!.find(({ name }) => name === 'ecs.availability-zone')?.value,
    );
    expect(zones.filter((zone) => zone === `${region}a`)).toHaveLength(instances / 2);
    expect(zones.filter((zone) => zone === `${region}b`)).toHaveLength(instances / 2);
  });

  it('runs tasks', async () => {
    const container = {
      name: 'app',
      image: 'busybox',
      cpu: 256,
      memory: 256,
      portMappings: [{ containerPort: 80 }],
    };
    await ecs.registerTaskDefinition({ family: 'app', containerDefinitions: [container] });
    const order = { cluster, taskDefinition: 'app', count: 10 };
    const runs = await Promise.all(Array.from({ length: 10 }, () => ecs.runTask(order)));
    tasks = runs.flatMap((run) => run.tasks!.map(({ taskArn }) => taskArn!));
    expect(tasks).toHaveLength(100);
    await vi.waitFor(async () => expect(await statuses()).toEqual({ RUNNING: 100 }), pollOptions);
    const running = await describeAll();
    const ports = running.map(
      ({ containerInstanceArn, containers }) =>
        `${containerInstanceArn} ${containers![0]!.networkBindings![0]!.hostPort}`,
    );
    expect(new Set(ports).size).toBe(100);
    for (const { pullStartedAt, startedAt } of running) {
      expect(pullStartedAt!.getTime()).toBeLessThanOrEqual(startedAt!.getTime());
    }
  });

  it('runs tasks with GPUs and ranges of ports, and gives neither twice', async () => {
    const container = {
      name: 'app',
      image: 'busybox',
      memory: 64,
      portMappings: [{ containerPortRange: '8000-8099' }],
      resourceRequirements: [{ type: 'GPU' as const, value: '1' }],
    };
    await ecs.registerTaskDefinition({ family: 'gpu', containerDefinitions: [container] });
    const order = { cluster, taskDefinition: 'gpu', count: 10 };
    const runs = await Promise.all(Array.from({ length: 10 }, () => ecs.runTask(order)));
    const arns = runs.flatMap((run) => run.tasks!.map(({ taskArn }) => taskArn!));
    expect(arns).toHaveLength(2 * instances);
    const { failures } = await ecs.runTask({ cluster, taskDefinition: 'gpu' });
    expect(new Set(failures!.map(({ reason }) => reason))).toEqual(new Set(['RESOURCE:GPU']));
    const running = await vi.waitFor(async () => {
      const found = (await ecs.describeTasks({ cluster, tasks: arns })).tasks!;
      for (const { lastStatus } of found) expect(lastStatus).toBe('RUNNING');
      return found;
    }, pollOptions);
    const gpuIds = running.flatMap(({ containers }) => containers![0]!.gpuIds!);
    expect(new Set(gpuIds).size).toBe(2 * instances);
    const ranges = running.map(({ containers, containerInstanceArn }) => {
      const { hostPortRange = '' } = containers![0]!.networkBindings![0]!;
      const [from = 0, to = 0] = hostPortRange.split('-').map(Number);
      expect(to - from).toBe(99);
      return { containerInstanceArn, from };
    });
    for (const [one, other] of Map.groupBy(ranges, (range) => range.containerInstanceArn).values())
      expect(Math.abs(one!.from - other!.from)).toBeGreaterThan(99);
    await Promise.all(arns.map((task) => ecs.stopTask({ cluster, task })));
  });

  it('stops tasks', async () => {
    await Promise.all(tasks.slice(0, 40).map((task) => ecs.stopTask({ cluster, task })));
    await vi.waitFor(async () => expect(await statuses()).toEqual({ RUNNING: 60, STOPPED: 40 }), pollOptions);
    const stopped = (await describeAll()).filter(({ lastStatus }) => lastStatus === 'STOPPED');
    for (const { stopCode, containers } of stopped) {
      expect([stopCode, containers![0]!.exitCode]).toEqual(['UserInitiated', 143]);
    }
  });

  it('finds the server again after a restart, and goes on', async () => {
    const port = Number(new URL(server.endpoint).port);
    await server.stop();
    server = await serve(port);
    await vi.waitFor(async () => {
      const found = await instancesNow();
      expect(found.filter(({ agentConnected }) => agentConnected)).toHaveLength(instances);
    }, pollOptions);
    expect(await statuses()).toEqual({ RUNNING: 60, STOPPED: 40 });
    const running = (await describeAll()).flatMap(({ lastStatus, taskArn }) =>
      lastStatus === 'RUNNING' ? taskArn! : [],
    );
    await Promise.all(running.slice(0, 10).map((task) => ecs.stopTask({ cluster, task })));
    const more = await ecs.runTask({ cluster, taskDefinition: 'app', count: 10 });
    tasks = [...running, ...more.tasks!.map(({ taskArn }) => taskArn!)];
    await vi.waitFor(async () => expect(await statuses()).toEqual({ RUNNING: 60, STOPPED: 10 }), pollOptions);
  });

  it('is deregistered at the end, with its tasks', async () => {
    expect(await fleet.end('SIGTERM')).toBe(0);
    expect(fleet.output()).not.toContain('without room');
    expect(await instancesNow()).toEqual([]);
    expect(await statuses()).toEqual({ STOPPED: 70 });
  });

  it('may be left behind, and tells programs how it is', async () => {
    const flags = ['--json', '--keep', '--data', data, '--cluster', cluster, '--instances', '2'];
    const left = startLongshore(['simulate', ...flags], {});
    await left.until(/"phase":"ready"/);
    expect(await left.end('SIGTERM')).toBe(0);
    const lines = left
      .output()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines[0]).toMatchObject({ phase: 'ready', instances: 2, registered: 2, connected: 2 });
    expect(lines.at(-1)).toMatchObject({ phase: 'ended', connected: 0, overcommitted: 0 });
    await vi.waitFor(async () => {
      expect((await instancesNow()).map(({ agentConnected }) => agentConnected)).toEqual([false, false]);
    }, pollOptions);
  });
});

describe('longshore simulate', () => {
  it('ends with 1 and one sentence where nobody answers', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'one', AWS_SECRET_ACCESS_KEY: 'two' };
    const process = startLongshore(['simulate', '--endpoint', 'http://127.0.0.1:9'], keys);
    await expect(process.until(/ready/)).rejects.toThrow('ended with 1');
    expect(process.output().split('\n')).toHaveLength(1);
  });

  it('ends with 2 on bad usage', async () => {
    const process = startLongshore(['simulate', '--failure-rate', '2'], {});
    await expect(process.until(/ready/)).rejects.toThrow('ended with 2');
    expect(process.output()).toContain('--failure-rate: ');
  });
});
