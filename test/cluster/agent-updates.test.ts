// Updates of Longshore's own agent, which does not update itself: it says so, whatever fails meanwhile.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
const agentRelease = { version: '999.0.0', location: 'http://files/agent', signature: 'ab'.repeat(32) };

let cluster: SimulatedCluster;
beforeEach(async () => {
  cluster = await SimulatedCluster.open({ seed: 3, hosts: 1, agentRelease });
});
afterEach(() => {
  expect(cluster.invariants.violations).toEqual([]);
});

const instance = (): ContainerInstance =>
  cluster.store.view((tx) => tx.table(containerInstances).get(cluster.hosts[0]!.instanceArn!)!);
const update = () => cluster.ask('UpdateContainerAgent', { containerInstance: instance().id });
/** Long before the time for an update is over: the agent itself said no. */
const refused = () =>
  cluster.until('the agent refused', () => instance().agentUpdateStatus === 'FAILED', 30 * minute);

test('is refused by the agent, which stays connected', async () => {
  await update();
  await refused();
  expect(cluster.connected).toBe(1);
});

test('is refused also when the control plane dies before it could tell the agent', async () => {
  cluster.network.cutOff(cluster.hosts[0]!.name);
  await cluster.until('it is silent', () => cluster.connected === 0);
  await update();
  cluster.controlPlane.crash();
  await cluster.startControlPlane();
  expect(instance().agentUpdateStatus).toBe('PENDING');
  cluster.network.reconnect(cluster.hosts[0]!.name);
  await refused();
});

test('dies with the control plane after the agent was told, and is told anew', async () => {
  // It is being told for moments only.
  cluster.store.watch(containerInstances, (changes) => {
    if (changes.some(({ after }) => after?.agentUpdateStatus === 'STAGING'))
      queueMicrotask(() => cluster.controlPlane.crash());
  });
  // Its answer may be lost with it.
  await update().catch(() => undefined);
  await cluster.until('it died', () => !cluster.controlPlane.isUp);
  await cluster.startControlPlane();
  expect(instance().agentUpdateStatus).toMatch(/^(PENDING|STAGING)$/);
  await refused();
});
