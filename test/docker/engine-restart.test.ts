// A container engine that ends with all that it runs, and is started again, in the middle of a rollout: one of this test's own.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDocker } from '../../src/agent/engine/docker-host.ts';
import {
  deletePrivateEngine,
  hasDockerd,
  startPrivateEngine,
  stopPrivateEngine,
} from '../../src/cli/engine/private-engine.ts';
import { describeWithDocker, testImage } from './engine.ts';
import { freePort } from './free-port.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

const canStartEngines = hasDockerd() && process.getuid?.() === 0;
/** Starts and stops of engines, ms. */
const timeout = 240_000;

describeWithDocker('an engine that is restarted', (shared) => {
  const directory = mkdtempSync(join(tmpdir(), 'ls-engine-'));
  let rig: Rig;

  beforeAll(async () => {
    if (!canStartEngines) return;
    chmodSync(directory, 0o711);
    const { host } = await startPrivateEngine(directory);
    const docker = connectDocker(host);
    await docker.loadImage(await shared.docker.getImage(testImage).get());
    rig = new Rig({ host, docker }, await freePort());
    await rig.up();
  }, timeout);
  afterAll(async () => {
    if (canStartEngines) await rig.close();
    await deletePrivateEngine(directory);
  }, timeout);

  const service = async () =>
    (await rig.ecs.describeServices({ cluster: rig.name, services: ['web'] })).services![0]!;
  const impaired = async (): Promise<boolean> => {
    const { containerInstanceArns: containerInstances } = await rig.ecs.listContainerInstances({
      cluster: rig.name,
    });
    const described = await rig.ecs.describeContainerInstances({
      cluster: rig.name,
      containerInstances,
      include: ['CONTAINER_INSTANCE_HEALTH'],
    });
    return described.containerInstances![0]!.healthStatus?.overallStatus === 'IMPAIRED';
  };

  it.skipIf(!canStartEngines)(
    'fails neither the deployment nor the task that is run meanwhile',
    async () => {
      const definition = await rig.register('app', [{ name: 'app', command: sleeper() }]);
      await rig.ecs.createService({
        cluster: rig.name,
        serviceName: 'web',
        taskDefinition: definition,
        desiredCount: 2,
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      });
      await until(async () => expect((await service()).runningCount).toBe(2));
      const before = await rig.taskArns('RUNNING');

      await stopPrivateEngine(directory);
      const meanwhile = await rig.run(definition);
      await until(async () => expect(await impaired()).toBe(true));
      const { tasks, failures } = await rig.ecs.runTask({ cluster: rig.name, taskDefinition: definition });
      expect({ tasks, failures }).toMatchObject({ tasks: [], failures: [{ reason: 'AGENT' }] });
      expect((await rig.task(meanwhile)).lastStatus).toBe('PENDING');

      await startPrivateEngine(directory);
      await rig.untilRunning(meanwhile);
      await until(async () => expect(await impaired()).toBe(false));
      for (const arn of before) await rig.untilStopped(arn);
      await until(async () => {
        const { runningCount, deployments } = await service();
        expect([runningCount, deployments!.map(({ failedTasks }) => failedTasks)]).toEqual([2, [0]]);
      });
      const { serviceDeployments } = await rig.ecs.listServiceDeployments({
        cluster: rig.name,
        service: 'web',
      });
      expect(serviceDeployments!.map(({ status }) => status)).not.toContain('ROLLBACK_FAILED');
      expect(serviceDeployments).toHaveLength(1);
    },
    timeout,
  );
});
