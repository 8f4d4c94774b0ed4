// Blue/green on a real engine through the AWS CLI: both fleets run while a hook pauses it, the control plane dies there, and
// the containers of the fleet that serves are never touched. Then canary, with a hook that is called over HTTP.
import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWithAwsCli } from './aws-cli.ts';
import { freePort } from './free-port.ts';
import type { LongshoreProcess } from './longshore-process.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';
import { runningContainers, seenDuring, type RunningContainer } from './running-containers.ts';
import { ServiceCalls } from './service-calls.ts';

vi.setConfig({ testTimeout: 120_000 });

const pause = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] };
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks: [pause] };
const idsOf = (containers: readonly RunningContainer[], revision: number): readonly string[] =>
  containers.filter((each) => each.revision === revision).map(({ id }) => id);

describeWithAwsCli('a service that deploys stage by stage', (engine) => {
  let rig: Rig;
  let server: LongshoreProcess;
  let calls: ServiceCalls;
  let hooks: Server;
  let flags: readonly string[];
  const called: { lifecycleStage: string }[] = [];

  beforeAll(async () => {
    hooks = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        called.push(JSON.parse(body) as { lifecycleStage: string });
        response.end('{"hookStatus":"SUCCEEDED"}');
      });
    }).listen(0, '127.0.0.1');
    await once(hooks, 'listening');
    flags = ['--healthy-after', '1s', '--hook-targets', hookUrl()];
    rig = new Rig(engine, await freePort());
    server = await rig.server({ flags });
    calls = new ServiceCalls(rig);
    await calls.ecs('create-cluster', '--cluster-name', rig.name);
    await rig.agent();
    await calls.register('web', { command: sleeper() });
    await calls.create(
      'web',
      2,
      '--deployment-configuration',
      JSON.stringify({ ...blueGreen, lifecycleHooks: [] }),
    );
    await calls.completed('web');
  });
  afterAll(async () => {
    hooks.close();
    await rig.close();
  });

  const hookUrl = (): string => `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`;
  const running = () => runningContainers(rig, 'web');
  const configure = (configuration: object) =>
    calls.update('web', '--deployment-configuration', JSON.stringify(configuration));
  /** Through the SDK, for it is looked at again and again: the CLI takes the better part of a second each time. */
  const current = async (): Promise<ServiceDeployment> => {
    const { services } = await rig.ecs.describeServices({ cluster: rig.name, services: ['web'] });
    const serviceDeploymentArns = [services![0]!.currentServiceDeployment!];
    const { serviceDeployments } = await rig.ecs.describeServiceDeployments({ serviceDeploymentArns });
    return serviceDeployments![0]!;
  };
  /** The deployment, once it waits for somebody to say how it goes on. */
  const paused = (): Promise<ServiceDeployment> =>
    until(async () => {
      const deployment = await current();
      const hook = deployment.lifecycleHookDetails?.at(-1);
      expect(hook).toMatchObject({ status: 'AWAITING_ACTION' });
      return deployment;
    });
  const proceed = (deployment: ServiceDeployment, action: string) =>
    calls.ecs(
      ...['continue-service-deployment', '--service-deployment-arn', deployment.serviceDeploymentArn!],
      ...['--hook-id', deployment.lifecycleHookDetails!.at(-1)!.hookId!, '--action', action],
    );

  it('has both fleets while a hook pauses it, and its control plane may die there', async () => {
    const blue = idsOf(await running(), 1);
    await configure(blueGreen);
    await calls.register('web', { command: sleeper() });
    await calls.rollOut('web');
    const waiting = await paused();
    expect(waiting).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_SCALE_UP',
      targetServiceRevision: { runningTaskCount: 2, requestedProductionTrafficWeight: 0 },
    });
    const both = await running();
    expect([idsOf(both, 1), idsOf(both, 2).length]).toEqual([blue, 2]);
    await server.end('SIGKILL');
    server = await rig.server({ flags });
    const again = await paused();
    expect(again.lifecycleHookDetails).toEqual(waiting.lifecycleHookDetails);
    expect(await running()).toEqual(both);
    const seen = await seenDuring(running, async () => {
      await proceed(again, 'CONTINUE');
      await calls.completed('web');
      await calls.wait('services-stable', 'web');
    });
    for (const now of seen) expect(idsOf(now, 2)).toEqual(idsOf(both, 2));
    await until(async () => expect(idsOf(await running(), 1)).toEqual([]));
    expect(await current()).toMatchObject({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' });
  });

  it('goes back from the hook to the very containers that served all the while', async () => {
    const blue = await running();
    await calls.register('web', { command: sleeper() });
    await calls.rollOut('web');
    const seen = await seenDuring(running, async () => {
      await proceed(await paused(), 'ROLLBACK');
      await calls.completed('web');
    });
    for (const now of seen) expect(now).toEqual(expect.arrayContaining([...blue]));
    await until(async () => expect(await running()).toEqual(blue));
    expect(await current()).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    expect((await calls.describe('web')).taskDefinition).toMatch(/:2$/);
  });

  it('calls a hook at each step of a canary', async () => {
    const lifecycleStages = ['PRE_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'];
    await configure({
      strategy: 'CANARY',
      bakeTimeInMinutes: 0,
      canaryConfiguration: { canaryPercent: 25, canaryBakeTimeInMinutes: 0 },
      lifecycleHooks: [{ hookTargetArn: hookUrl(), lifecycleStages }],
    });
    await calls.rollOut('web');
    await calls.update('web', '--force-new-deployment');
    await until(async () => expect(await current()).toMatchObject({ status: 'SUCCESSFUL' }));
    const stages = called.map(({ lifecycleStage }) => lifecycleStage);
    expect(stages.slice(-3)).toEqual([
      'PRE_SCALE_UP',
      'PRODUCTION_TRAFFIC_SHIFT',
      'PRODUCTION_TRAFFIC_SHIFT',
    ]);
    await calls.wait('services-stable', 'web');
  });
});
