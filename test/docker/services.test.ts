// A service from end to end through the AWS CLI, in order: it comes up, replaces what dies, rolls out without ever being short, leaves an instance, and goes.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithAwsCli } from './aws-cli.ts';
import { webServer } from './programs.ts';
import { Rig, until } from './rig.ts';
import { runningContainers, seenDuring, type RunningContainer } from './running-containers.ts';
import { messagesOf, ServiceCalls } from './service-calls.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Healthy, in the engine's eyes, while it serves. */
const app = (page: string) => ({
  command: webServer(80, page),
  portMappings: [{ containerPort: 80 }],
  healthCheck: { command: ['CMD', 'wget', '-q', '-O', '-', 'http://127.0.0.1/'], interval: 5, retries: 2 },
});
const idsOf = (containers: readonly RunningContainer[]) => containers.map(({ id }) => id);
const healthy = (containers: readonly RunningContainer[]) =>
  containers.filter(({ health }) => health === 'healthy');

describeWithAwsCli('a service', (engine) => {
  let rig: Rig;
  let web: ServiceCalls;

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--instances', '2', '--healthy-after', '1s'] });
    web = new ServiceCalls(rig);
  });
  afterAll(() => rig.close());

  const running = () => runningContainers(rig, 'web');
  const untilHealthy = (count: number): Promise<readonly RunningContainer[]> =>
    until(async () => {
      const now = await running();
      if (now.length !== count || healthy(now).length !== count) throw new Error(JSON.stringify(now));
      return now;
    });

  it('comes up with all of its tasks', async () => {
    await web.register('web', app('one'));
    expect(await web.create('web', 3)).toMatchObject({ status: 'ACTIVE', desiredCount: 3, runningCount: 0 });
    expect(await web.completed('web')).toMatchObject({ runningCount: 3, pendingCount: 0 });
    await web.wait('services-stable', 'web');
    expect(await running()).toHaveLength(3);
  });

  it('replaces a task whose container was killed', async () => {
    const before = await untilHealthy(3);
    await rig.docker.getContainer(before[0]!.id).kill();
    const after = idsOf(await untilHealthy(3));
    expect(after).not.toContain(before[0]!.id);
    expect(after).toEqual(expect.arrayContaining(idsOf(before.slice(1))));
    await web.wait('services-stable', 'web');
    const { runningCount, events } = await web.describe('web');
    expect(runningCount).toBe(3);
    expect(events!.some(({ message }) => message!.includes('has started 1 tasks: (task '))).toBe(true);
  });

  it('rolls a new revision out without ever being short of healthy tasks, and tells so in order', async () => {
    const before = await untilHealthy(3);
    const toldBefore = messagesOf(await web.describe('web')).length;
    const taskDefinition = await web.register('web', app('two'));
    const seen = await seenDuring(running, async () => {
      await web.rollOut('web');
      await web.completed('web');
      await web.wait('services-stable', 'web');
    });
    expect(Math.min(...seen.map((now) => healthy(now).length))).toBe(3);
    expect(Math.max(...seen.map((now) => now.length))).toBeGreaterThan(3);
    expect(Math.max(...seen.map((now) => now.length))).toBeLessThanOrEqual(6);
    expect(seen.at(-1)!.map(({ revision }) => revision)).toEqual([2, 2, 2]);
    const service = await web.describe('web');
    expect(service.deployments).toEqual([
      expect.objectContaining({ taskDefinition, rolloutState: 'COMPLETED', runningCount: 3, failedTasks: 0 }),
    ]);
    const told = messagesOf(service).slice(toldBefore).join('\n');
    const task = String.raw`\(task [0-9a-f]{32}\)`;
    expect(told).toMatch(
      new RegExp(
        String.raw`^\(service web\) has started 3 tasks: ${task} ${task} ${task}\.
(\(service web\) has stopped \d running tasks: ${task}( ${task})*\.
)+\(service web\) \(deployment ecs-svc/\d+\) deployment completed\.
\(service web\) has reached a steady state\.$`,
      ),
    );
    for (const { taskArn } of before) expect(told).toContain(`(task ${taskArn.split('/').at(-1)})`);
  });

  it('leaves an instance that is drained, within its percents; other tasks stay there', async () => {
    const hostsOf = (tasks: readonly string[]): Promise<readonly string[]> =>
      web.ecs(
        'describe-tasks',
        ...['--cluster', rig.name, '--tasks', ...tasks, '--query', 'tasks[].containerInstanceArn'],
      );
    const before = await untilHealthy(3);
    const hosts = await hostsOf(before.map(({ taskArn }) => taskArn));
    const [host] = hosts;
    expect(hosts.filter((one) => one !== host).length).toBeGreaterThan(0);
    await web.register('alone', { command: webServer(80, 'alone') });
    const there = ['--cluster', rig.name, '--container-instances', host!];
    await web.ecs('start-task', ...there, '--task-definition', web.family('alone'));
    const [alone] = await until(async () => {
      const found = await runningContainers(rig, 'alone');
      expect(found).toHaveLength(1);
      return found;
    });
    const seen = await seenDuring(running, async () => {
      await web.ecs('update-container-instances-state', ...there, '--status', 'DRAINING');
      const empty = await until(async () => {
        const now = await untilHealthy(3);
        expect(await hostsOf(now.map(({ taskArn }) => taskArn))).not.toContain(host);
        return now;
      });
      expect(empty).toHaveLength(3);
    });
    expect(Math.min(...seen.map((now) => healthy(now).length))).toBe(3);
    expect(Math.max(...seen.map((now) => now.length))).toBeLessThanOrEqual(6);
    expect(idsOf(seen.at(-1)!)).toEqual(
      expect.arrayContaining(idsOf(before.filter((_, at) => hosts[at] !== host))),
    );
    expect(await runningContainers(rig, 'alone')).toEqual([alone]);
  });

  it('is stopped and INACTIVE once it is deleted by force', async () => {
    await expect(web.delete('web')).rejects.toThrow('InvalidParameterException');
    expect(await web.delete('web', '--force')).toMatchObject({ status: 'DRAINING', desiredCount: 0 });
    await web.until('web', ({ status }) => status === 'INACTIVE');
    await web.wait('services-inactive', 'web');
    expect(await running()).toEqual([]);
    expect(await web.describe('web')).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] });
  });
});
