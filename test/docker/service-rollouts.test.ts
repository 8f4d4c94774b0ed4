// Rollouts that cannot succeed, through the AWS CLI: what runs goes on, why is readable, and the next rollout finds its way out.
import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithAwsCli } from './aws-cli.ts';
import { freePort } from './free-port.ts';
import { sleeper, webServer } from './programs.ts';
import { Rig, until } from './rig.ts';
import { runningContainers, seenDuring } from './running-containers.ts';
import { messagesOf, ServiceCalls } from './service-calls.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Nothing answers there. */
const noImage = 'localhost:1/nowhere:latest';

describeWithAwsCli('one instance', (engine) => {
  let rig: Rig;
  let calls: ServiceCalls;

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--healthy-after', '1s'] });
    calls = new ServiceCalls(rig);
  });
  afterAll(() => rig.close());

  const page = async (port: number): Promise<string> =>
    (await (await fetch(`http://127.0.0.1:${port}/`)).text()).trim();

  it('has no second place for a fixed host port, says so, and has one for a port that it may choose', async () => {
    const hostPort = await freePort();
    const app = (text: string, port: number) => ({
      command: webServer(80, text),
      portMappings: [{ containerPort: 80, hostPort: port }],
    });
    await calls.register('fixed', app('one', hostPort));
    await calls.create('fixed', 1);
    await calls.completed('fixed');
    const [first] = await runningContainers(rig, 'fixed');

    await calls.register('fixed', app('two', hostPort));
    await calls.rollOut('fixed');
    const stuck = await calls.until('fixed', (now) => messagesOf(now).at(-1)!.includes('unable to place'));
    const arns = await rig.ecs.listContainerInstances({ cluster: rig.name });
    const instance = arns.containerInstanceArns![0]!.split('/').at(-1);
    expect(messagesOf(stuck).at(-1)).toBe(
      `(service fixed) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${instance}) is already using a port required by your task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide. Of 1 instances: 1 RESOURCE:PORTS (tcp host port ${hostPort}).`,
    );
    expect(stuck).toMatchObject({ runningCount: 1, pendingCount: 0 });
    expect(stuck.deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', runningCount: 0, pendingCount: 0 },
      { status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 1 },
    ]);
    expect(await page(hostPort)).toBe('one');

    await calls.register('fixed', app('three', 0));
    const seen = await seenDuring(
      () => runningContainers(rig, 'fixed'),
      async () => {
        await calls.rollOut('fixed');
        await calls.completed('fixed');
      },
    );
    expect(seen[0]).toEqual([first]);
    expect(Math.min(...seen.map((now) => now.length))).toBe(1);
    expect(seen.flat().map(({ revision }) => revision)).not.toContain(2);
    expect(seen.at(-1)).toMatchObject([{ revision: 3 }]);
    const { NetworkSettings } = await rig.docker.getContainer(seen.at(-1)![0]!.id).inspect();
    expect(await page(Number(NetworkSettings.Ports['80/tcp']![0]!.HostPort))).toBe('three');
  });

  it('goes back from an image that cannot be had, and says why; what runs goes on all the while', async () => {
    await calls.register('guarded', { command: sleeper() });
    const breaker = 'deploymentCircuitBreaker={enable=true,rollback=true}';
    const created = await calls.create('guarded', 3, '--deployment-configuration', breaker);
    await calls.completed('guarded');
    const before = await runningContainers(rig, 'guarded');
    const good = created.taskDefinition;

    await calls.register('guarded', { command: sleeper(), image: noImage });
    const guarded = { cluster: rig.name, service: 'guarded' };
    const seen = await seenDuring(
      () => runningContainers(rig, 'guarded'),
      async () => {
        await calls.rollOut('guarded');
        await until(async () => {
          const { serviceDeployments } = await rig.ecs.listServiceDeployments(guarded);
          expect(serviceDeployments![0]!.status).toBe('ROLLBACK_SUCCESSFUL');
        });
      },
    );
    expect(Math.min(...seen.map((now) => now.length))).toBe(3);
    expect(seen.flat().map(({ revision }) => revision)).not.toContain(2);
    const runs = (id: string, now: (typeof seen)[number]): boolean => now.some((each) => each.id === id);
    const failing = seen.filter((now) => before.every(({ id }) => runs(id, now)));
    expect(failing.length).toBeGreaterThan(3);

    const reason = 'ECS deployment circuit breaker: tasks failed to start.';
    const { serviceDeployments } = await rig.ecs.listServiceDeployments(guarded);
    const arns = serviceDeployments!.slice(0, 1).map(({ serviceDeploymentArn }) => serviceDeploymentArn!);
    const described = await calls.ecs<{ serviceDeployments: ServiceDeployment[] }>(
      'describe-service-deployments',
      ...['--service-deployment-arns', ...arns],
    );
    expect(described.serviceDeployments[0]).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: reason,
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
      rollback: { reason },
    });
    const service = await calls.describe('guarded');
    expect(service).toMatchObject({ taskDefinition: good, runningCount: 3, pendingCount: 0 });
    const told = messagesOf(service).join('\n');
    expect(told).toMatch(/\(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\./);
    const [primary] = service.deployments!;
    expect(told).toContain(`(service guarded) rolling back to deployment ${primary!.id}.`);
    expect(told).toContain(`(deployment ${primary!.id}) deployment completed.`);
  });
});
