// The control plane killed in the middle of a rolling update, its agent a process of its own: containers do not notice, and the update goes on.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithAwsCli } from './aws-cli.ts';
import { freePort } from './free-port.ts';
import type { LongshoreProcess } from './longshore-process.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';
import { runningContainers, seenDuring, type RunningContainer } from './running-containers.ts';
import { messagesOf, ServiceCalls } from './service-calls.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Until a task counts as healthy, ms: long enough for the kill to fall into it. */
const healthyAfter = 4000;
const flags = ['--healthy-after', `${healthyAfter / 1000}s`];
const revisions = (containers: readonly RunningContainer[]): string =>
  containers
    .map(({ revision }) => revision)
    .toSorted((a, b) => a - b)
    .join(' ');

describeWithAwsCli('a control plane that is killed in the middle of a rolling update', (engine) => {
  let rig: Rig;
  let server: LongshoreProcess;
  let calls: ServiceCalls;
  let atKill: readonly RunningContainer[];

  beforeAll(async () => {
    rig = new Rig(engine, await freePort());
    server = await rig.server({ flags });
    calls = new ServiceCalls(rig);
    await calls.ecs('create-cluster', '--cluster-name', rig.name);
    await rig.agent();
    await calls.register('web', { command: sleeper() });
    // One at a time: two of three have to be healthy, and no more than three may run.
    const oneByOne = 'minimumHealthyPercent=66,maximumPercent=100';
    await calls.create('web', 3, '--deployment-configuration', oneByOne);
    await calls.completed('web');
    await calls.register('web', { command: sleeper() });
    await calls.rollOut('web');
  });
  afterAll(() => rig.close());

  const running = () => runningContainers(rig, 'web');

  it('leaves the containers as they are', async () => {
    // From here on nothing is to be done until the new task counts as healthy.
    await until(async () => {
      const order = { cluster: rig.name, services: ['web'] };
      const [service] = (await rig.ecs.describeServices(order)).services!;
      const [primary, old] = service!.deployments!;
      expect([primary!.runningCount, old!.runningCount]).toEqual([1, 2]);
    });
    await server.end('SIGKILL');
    atKill = await running();
    expect(revisions(atKill)).toBe('1 1 2');
    const due = Math.max(...atKill.map(({ startedAt }) => startedAt)) + healthyAfter;
    const seen = await seenDuring(running, () =>
      until(() => (Date.now() > due ? Promise.resolve() : Promise.reject(new Error('not yet')))),
    );
    for (const now of seen) expect(now).toEqual(atKill);
  });

  it('goes on where it was once it is back, and does nothing twice', async () => {
    const seen = await seenDuring(running, async () => {
      await rig.server({ flags });
      await calls.completed('web');
      await calls.wait('services-stable', 'web');
    });
    const newTask = atKill.find(({ revision }) => revision === 2)!;
    for (const now of seen) {
      expect(now.length).toBeGreaterThanOrEqual(2);
      expect(now.length).toBeLessThanOrEqual(3);
      expect(now).toContainEqual(newTask);
    }
    expect(revisions(seen.at(-1)!)).toBe('2 2 2');
    const label = [rig.clusterLabel];
    expect(await rig.docker.listContainers({ all: true, filters: { label } })).toHaveLength(6);
    const service = await calls.describe('web');
    expect(service.deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 3 }]);
    const told = messagesOf(service);
    const started = told.flatMap((message) => /has started (\d) tasks/.exec(message)?.[1] ?? []);
    expect(started.reduce((sum, count) => sum + Number(count), 0)).toBe(6);
    expect(told.slice(-2)).toEqual([
      `(service web) (deployment ${service.deployments![0]!.id}) deployment completed.`,
      '(service web) has reached a steady state.',
    ]);
  });
});
