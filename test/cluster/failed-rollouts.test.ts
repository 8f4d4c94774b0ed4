// Rollouts that fail in a whole cluster: tasks that exit early end them where tags ask for it, and what they left is kept.
import { afterEach, describe, expect, it } from 'vitest';
import { longshoreTargetPrefix } from '../../src/longshore/model.ts';
import type { DescribeDeploymentFailuresOutput } from '../../src/longshore/contract.ts';
import { containerLike, type BehaviourName } from './behaviours.ts';
import { outputOf, signedCall } from './signed-call.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const minute = 60_000;
const earlyExit = (value: string) => ({ key: 'longshore:circuit-breaker-early-exit', value });
const threshold = (value: string) => ({ key: 'longshore:circuit-breaker-threshold', value });
const enabled = { deploymentCircuitBreaker: { enable: true, rollback: true } };

interface ServiceDeployment {
  readonly status: string;
  readonly statusReason?: string;
  readonly deploymentCircuitBreaker: { readonly failureCount: number; readonly threshold: number };
}

describe('a rollout that fails', () => {
  let cluster: SimulatedCluster;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const register = (behaviour: BehaviourName, script: Record<string, string> = {}) => {
    const container = containerLike(behaviour) as { environment: object[] };
    const environment = [
      ...container.environment,
      ...Object.entries(script).map(([name, value]) => ({ name, value })),
    ];
    return cluster.ask('RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ ...container, environment }],
    });
  };
  /** Two tasks that run, then an update to what is registered next. */
  const open = async (more: object = {}): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 5, hosts: 1 });
    await register('server');
    const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 };
    await cluster.ask('CreateService', { ...service, deploymentConfiguration: enabled, ...more });
    await ends('SUCCESSFUL', 10 * minute);
  };
  const update = () => cluster.ask('UpdateService', { service: 'web', taskDefinition: 'web' });
  const latest = async (): Promise<ServiceDeployment> => {
    const { serviceDeployments } = await cluster.ask<{
      serviceDeployments: { serviceDeploymentArn: string }[];
    }>('ListServiceDeployments', { service: 'web' });
    const serviceDeploymentArns = [serviceDeployments[0]!.serviceDeploymentArn];
    const found = await cluster.ask<{ serviceDeployments: ServiceDeployment[] }>(
      'DescribeServiceDeployments',
      { serviceDeploymentArns },
    );
    return found.serviceDeployments[0]!;
  };
  const ends = async (status: string, limit: number): Promise<ServiceDeployment> => {
    const end = cluster.clock.now() + limit;
    for (;;) {
      const now = await latest();
      if (now.status === status) return now;
      if (cluster.clock.now() >= end) throw new Error(`never ${status}: ${JSON.stringify(now)}`);
      await cluster.clock.advance(1000);
    }
  };
  const isRunning = (revision: number): number =>
    cluster.tasks.filter((task) => task.revision === revision && task.lastStatus === 'RUNNING').length;
  const failures = async (): Promise<DescribeDeploymentFailuresOutput> => {
    const { administrator, clock, controlPlane } = cluster;
    const input = { service: 'web', maxResults: 50 };
    const operation = 'DescribeDeploymentFailures';
    const request = signedCall(operation, input, administrator, clock.wall(), longshoreTargetPrefix);
    const answer = controlPlane.handle(request);
    let isAnswered = false;
    answer.then(
      () => (isAnswered = true),
      () => (isAnswered = true),
    );
    await cluster.until('it is answered', () => isAnswered);
    return outputOf(await answer) as unknown as DescribeDeploymentFailuresOutput;
  };

  it('is not ended by tasks that exit, unless tags ask for it: as in ECS', async () => {
    await open();
    await register('job', { FAKE_EXIT_AFTER: '20000', FAKE_EXIT_CODE: '1' });
    await update();
    await cluster.clock.advance(15 * minute);
    expect(await latest()).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { failureCount: 0 },
    });
  });

  it('is ended by tasks that exit early, and goes back', async () => {
    await open({ tags: [earlyExit('60')] });
    await register('job', { FAKE_EXIT_AFTER: '20000', FAKE_EXIT_CODE: '1' });
    await update();
    expect(await ends('ROLLBACK_SUCCESSFUL', 10 * minute)).toMatchObject({
      statusReason: 'ECS deployment circuit breaker: tasks failed to start.',
      deploymentCircuitBreaker: { threshold: 3 },
    });
    expect(isRunning(1)).toBe(2);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(2);
    expect((await failures()).failures.every(({ cause }) => cause === 'exit')).toBe(true);
  });

  it('waits until tasks cannot exit early any more before it counts them as healthy', async () => {
    await open({ tags: [earlyExit('300')] });
    await register('job', { FAKE_EXIT_AFTER: '200000', FAKE_EXIT_CODE: '1' });
    await update();
    await ends('ROLLBACK_SUCCESSFUL', 30 * minute);
    expect(isRunning(1)).toBe(2);
    expect(cluster.serviceInvariants.minTasks).toBeGreaterThanOrEqual(2);
  });

  it('ends at the count that the cluster’s tags give, and the service’s own win', async () => {
    await open();
    const { clusters } = await cluster.ask<{ clusters: { clusterArn: string }[] }>('DescribeClusters', {});
    const tags = [earlyExit('60'), threshold('5')];
    await cluster.ask('TagResource', { resourceArn: clusters[0]!.clusterArn, tags });
    await register('job', { FAKE_EXIT_AFTER: '10000' });
    await update();
    const first = await ends('ROLLBACK_SUCCESSFUL', 20 * minute);
    expect(first.deploymentCircuitBreaker.threshold).toBe(5);
    expect(first.deploymentCircuitBreaker.failureCount).toBeGreaterThanOrEqual(5);
    const { services } = await cluster.ask<{ services: { serviceArn: string }[] }>('DescribeServices', {
      services: ['web'],
    });
    await cluster.ask('TagResource', { resourceArn: services[0]!.serviceArn, tags: [threshold('1')] });
    await update();
    const second = await ends('ROLLBACK_SUCCESSFUL', 20 * minute);
    expect(second.deploymentCircuitBreaker.threshold).toBe(1);
  });

  it('leaves what its containers wrote, over crashes of the control plane', async () => {
    await open();
    const log = Array.from({ length: 60 }, (_, at) => `line ${at}`);
    await register('broken');
    await register('crasher', { FAKE_LOG: log.join('\n') });
    await cluster.ask('UpdateService', { service: 'web', taskDefinition: 'web:2' });
    await ends('ROLLBACK_SUCCESSFUL', 10 * minute);
    await update();
    const exits = async () => (await failures()).failures.filter(({ cause }) => cause === 'exit');
    for (let tries = 0; tries < 60 && (await exits()).length < 3; tries++) await cluster.clock.advance(1000);
    await cluster.ask('UpdateService', { service: 'web', taskDefinition: 'web:1' });
    await ends('SUCCESSFUL', 10 * minute);
    const before = await failures();
    const starts = before.failures.filter(({ cause }) => cause === 'start');
    expect(starts.length).toBeGreaterThanOrEqual(3);
    for (const { containers } of starts)
      expect(containers[0]!.reason).toBe('CannotStartContainerError: exec: no such file');
    expect((await exits()).length).toBeGreaterThanOrEqual(3);
    for (const { containers } of await exits())
      expect(containers[0]).toMatchObject({ name: 'app', exitCode: 1, lastLogLines: log.slice(10) });
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    expect(await failures()).toEqual(before);
  });
});
