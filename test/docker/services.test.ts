// A service from end to end, in order: it comes up, replaces what dies, rolls out without ever being short, and goes.
import { waitUntilServicesInactive, waitUntilServicesStable, type Service } from '@aws-sdk/client-ecs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

const containers = [{ name: 'app', command: sleeper() }];

describeWithDocker('a service', (engine) => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--healthy-after', '1s'] });
  });
  afterAll(() => rig.close());

  const asked = () => ({ cluster: rig.name, services: ['web'] });
  const service = async (): Promise<Service> => (await rig.ecs.describeServices(asked())).services![0]!;
  const waiter = () => ({ client: rig.ecs, maxWaitTime: 30, minDelay: 1, maxDelay: 1 });
  /** Containers that run in Docker, by id. */
  const running = async (): Promise<readonly string[]> => {
    const found = await rig.docker.listContainers({ filters: { label: [rig.clusterLabel] } });
    return found.map(({ Id }) => Id);
  };
  const messages = async (): Promise<readonly string[]> =>
    (await service()).events!.map(({ message }) => message!);
  const completed = (): Promise<Service> =>
    until(async () => {
      const now = await service();
      const [only, second] = now.deployments!;
      if (second || only!.rolloutState !== 'COMPLETED') throw new Error(JSON.stringify(now));
      return now;
    });

  it('comes up with all of its tasks', async () => {
    const taskDefinition = await rig.register('web', containers);
    const created = await rig.ecs.createService({
      cluster: rig.name,
      serviceName: 'web',
      taskDefinition,
      desiredCount: 3,
    });
    expect(created.service).toMatchObject({ status: 'ACTIVE', desiredCount: 3, runningCount: 0 });
    await waitUntilServicesStable(waiter(), asked());
    expect(await completed()).toMatchObject({ runningCount: 3, pendingCount: 0 });
    expect(await running()).toHaveLength(3);
  });

  it('replaces a task whose container was killed', async () => {
    const before = await running();
    await rig.docker.getContainer(before[0]!).kill();
    const after = await until(async () => {
      const now = await running();
      if (now.length !== 3) throw new Error(`${now.length} containers run`);
      return now;
    });
    expect(after).not.toContain(before[0]);
    expect(after).toEqual(expect.arrayContaining(before.slice(1)));
    await waitUntilServicesStable(waiter(), asked());
    expect((await messages()).some((message) => message.includes('has started 1 tasks'))).toBe(true);
  });

  it('rolls a new revision out without ever running less than three', async () => {
    const before = await running();
    const taskDefinition = await rig.register('web', containers);
    await rig.ecs.updateService({ cluster: rig.name, service: 'web', taskDefinition });
    const counts: number[] = [];
    const rollout = new AbortController();
    const sampling = (async () => {
      while (!rollout.signal.aborted) {
        const [now, inDocker] = await Promise.all([service(), running()]);
        counts.push(now.runningCount!, inDocker.length);
        await sleep(100);
      }
    })();
    const after = await completed();
    await waitUntilServicesStable(waiter(), asked());
    rollout.abort();
    await sampling;
    expect(counts.length).toBeGreaterThan(6);
    expect(Math.min(...counts)).toBe(3);
    expect(Math.max(...counts)).toBeGreaterThan(3);
    expect(after.deployments![0]).toMatchObject({ taskDefinition, runningCount: 3, failedTasks: 0 });
    expect((await running()).filter((id) => before.includes(id))).toEqual([]);
  });

  it('is stopped and INACTIVE once it is deleted by force', async () => {
    const order = { cluster: rig.name, service: 'web' };
    await expect(rig.ecs.deleteService(order)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { service: leaving } = await rig.ecs.deleteService({ ...order, force: true });
    expect(leaving).toMatchObject({ status: 'DRAINING', desiredCount: 0 });
    await waitUntilServicesInactive(waiter(), asked());
    await until(async () => expect(await running()).toEqual([]));
    expect(await service()).toMatchObject({ status: 'INACTIVE', runningCount: 0 });
  });
});
