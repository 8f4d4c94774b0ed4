// `--stop-tasks` in a whole cluster: tasks of services and others stop, nothing takes their place, and what does not stop is told.
import { expect, it } from 'vitest';
import { stopAllTasks } from '../../src/cli/machine/stop-all-tasks.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
const isLive = ({ lastStatus }: Task): boolean => lastStatus !== 'STOPPED';

async function open(stopTimeout?: number): Promise<{ cluster: SimulatedCluster; web: ServiceClient }> {
  const cluster = await SimulatedCluster.open({ seed: 1, hosts: 2 });
  const web = new ServiceClient(cluster);
  await web.register('server', stopTimeout === undefined ? {} : { stopTimeout });
  await web.create(3);
  await web.stable();
  return { cluster, web };
}

/** Begins to stop everything; `ended` answers what came of it. */
function stopAll(cluster: SimulatedCluster): { ended: () => unknown } {
  let outcome: unknown;
  stopAllTasks(cluster.controlPlane.running, {
    instances: cluster.hosts.map(({ instanceArn }) => instanceArn!),
    containerStopTimeout: 30_000,
    clock: cluster.clock,
  }).then(
    () => (outcome = 'stopped'),
    (error: unknown) => (outcome = error),
  );
  return { ended: () => outcome };
}

it('stops the tasks of services too, and none is started in their place', async () => {
  const { cluster } = await open();
  await cluster.ask('RunTask', { taskDefinition: 'web' });
  const stop = stopAll(cluster);
  await cluster.until('all has stopped', () => stop.ended() !== undefined, minute);
  expect(stop.ended()).toBe('stopped');
  await cluster.clock.advance(10 * minute);
  expect(cluster.tasks.filter(isLive)).toEqual([]);
  expect(cluster.tasks).toHaveLength(4);
});

it('stops what somebody runs meanwhile', async () => {
  const { cluster } = await open();
  const stop = stopAll(cluster);
  await cluster.ask('RunTask', { taskDefinition: 'web', count: 2 });
  await cluster.until('all has stopped', () => stop.ended() !== undefined, minute);
  expect(cluster.tasks.filter(isLive)).toEqual([]);
  expect(cluster.tasks).toHaveLength(5);
});

it('waits for as long as the containers may take, then counts what still runs', async () => {
  const { cluster } = await open(100);
  for (const host of cluster.hosts) host.killAgent();
  const stop = stopAll(cluster);
  await cluster.clock.advance(125_000);
  expect(stop.ended()).toBeUndefined();
  await cluster.clock.advance(10_000);
  expect(stop.ended()).toEqual(
    new Error("3 tasks did not stop within 130 s and may still run: see 'docker ps'."),
  );
});
