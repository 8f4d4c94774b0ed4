// Machines whose clocks are set, both ways, while services run: time goes on for them as before.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
const hour = 60 * minute;

let cluster: SimulatedCluster;
let web: ServiceClient;
beforeEach(async () => {
  cluster = await SimulatedCluster.open({ seed: 3, hosts: 2 });
  web = new ServiceClient(cluster);
});
afterEach(() => {
  expect(cluster.invariants.violations).toEqual([]);
});

describe.each([-hour, hour])('with a clock that is set by %i ms', (step) => {
  it('the launch backoff lasts no longer than before', async () => {
    await web.register('missing');
    await web.create(1);
    await cluster.clock.advance(3 * minute);
    cluster.clock.setWall(step);
    const before = cluster.tasks.length;
    // After so many failures, between three and six minutes lie between two starts.
    await cluster.clock.advance(10 * minute);
    expect(cluster.tasks.length).toBeGreaterThan(before);
    expect(cluster.tasks.length).toBeLessThan(before + 5);
  });

  it('a rollout goes on, and no agent is taken for gone', async () => {
    await web.register('server');
    await web.create(4);
    await web.stable();
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(5000);
    cluster.clock.setWall(step);
    await web.stable(3 * minute);
    expect(web.wantedOf(2)).toHaveLength(4);
    expect(cluster.connected).toBe(2);
    expect(cluster.tasks).toHaveLength(8);
  });

  it('a deployment bakes for its time', async () => {
    await web.register('server');
    const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 30 };
    await web.create(1, { deploymentConfiguration });
    await web.stable();
    await web.register('server');
    await web.update({ taskDefinition: 'web' });
    while ((await web.history())[0]!.lifecycleStage !== 'BAKE_TIME') await cluster.clock.advance(1000);
    cluster.clock.setWall(step);
    await cluster.clock.advance(26 * minute);
    expect((await web.history())[0]).toMatchObject({ lifecycleStage: 'BAKE_TIME' });
    await cluster.clock.advance(8 * minute);
    expect((await web.history())[0]).toMatchObject({ status: 'SUCCESSFUL' });
  });
});

it('time goes on from where it was when the clock is set back while the control plane is away', async () => {
  await web.register('missing');
  await web.create(1);
  await cluster.clock.advance(3 * minute);
  const latest = Math.max(...cluster.tasks.map(({ createdAt }) => createdAt));
  const before = cluster.tasks.length;
  cluster.controlPlane.crash();
  cluster.clock.setWall(-hour);
  await cluster.startControlPlane();
  await cluster.clock.advance(10 * minute);
  expect(cluster.tasks.length).toBeGreaterThan(before);
  expect(Math.max(...cluster.tasks.map(({ createdAt }) => createdAt))).toBeGreaterThan(latest);
});

it('what ended is removed in its time when the clock is set back while the agent is away', async () => {
  await web.register('server');
  await web.create(1);
  await web.stable();
  await web.update({ desiredCount: 0 });
  const host = cluster.hosts.find(({ engine }) => engine.containers.length > 0)!;
  await cluster.until('it has stopped', () =>
    host.engine.containers.every(({ status }) => status !== 'running'),
  );
  await cluster.clock.advance(minute);
  host.killAgent();
  cluster.clock.setWall(-4 * hour);
  host.startAgent();
  await cluster.clock.advance(3.5 * hour);
  expect(host.engine.containers).toHaveLength(0);
});
