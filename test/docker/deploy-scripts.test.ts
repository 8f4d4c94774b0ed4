// Deployments as shell scripts make them that know nothing but the AWS CLI: each way of waiting that they have, and what they see of failure.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployScript, describeWithAwsCli, has, type Finished } from './aws-cli.ts';
import { testImage } from './engine.ts';
import { sleeper } from './programs.ts';
import { Rig } from './rig.ts';
import { runningContainers } from './running-containers.ts';
import { messagesOf, ServiceCalls } from './service-calls.ts';

vi.setConfig({ testTimeout: 180_000 });

const [hasJq, hasPython] = [has('jq'), has('python3')];
/** Nothing answers there. */
const noImage = 'localhost:1/nowhere:latest';

describeWithAwsCli('a script', (engine) => {
  let rig: Rig;
  let calls: ServiceCalls;
  /** The test image by another name, such as a build would give it. */
  let image: string;

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--healthy-after', '1s'] });
    calls = new ServiceCalls(rig);
    image = `localhost/longshore/${rig.name}:build-2`;
    const [repo, tag] = image.split(':') as [string, string];
    await rig.docker.getImage(testImage).tag({ repo, tag });
  });
  afterAll(async () => {
    await rig.close();
    await rig.docker.getImage(image).remove();
  });

  const register = (service: string, more: { readonly image?: string } = {}): Promise<string> =>
    rig.register(service, [{ name: 'app', command: sleeper(), ...more }]);
  /** A service of two tasks that is there. */
  async function aService(name: string, breaker?: 'rollback' | 'no rollback'): Promise<void> {
    const enable = breaker !== undefined;
    const deploymentCircuitBreaker = { enable, rollback: breaker === 'rollback' };
    await rig.ecs.createService({
      cluster: rig.name,
      serviceName: name,
      taskDefinition: await register(name),
      desiredCount: 2,
      deploymentConfiguration: { deploymentCircuitBreaker },
    });
    await calls.completed(name);
  }
  const script = (name: string, service: string, variables = {}): Promise<Finished> =>
    deployScript(rig.access(), `${name}.sh`, {
      CLUSTER: rig.name,
      SERVICE: service,
      FAMILY: calls.family(service),
      IMAGE: image,
      ...variables,
    });
  const definition = (service: string, revision: number): string =>
    `arn:aws:ecs:us-east-1:000000000000:task-definition/${calls.family(service)}:${revision}`;
  /** Which revisions the containers of the service are of. */
  const revisions = async (service: string): Promise<readonly number[]> =>
    (await runningContainers(rig, service)).map(({ revision }) => revision);

  describe.concurrent('that rolls a service out', () => {
    it.skipIf(!hasJq)('edits the definition, and sees all tasks run the new image', async () => {
      await aService('counted');
      expect(await script('count-tasks', 'counted')).toEqual({
        code: 0,
        stdout: `2 tasks run ${definition('counted', 2)}\n`,
        stderr: '',
      });
      const containers = await runningContainers(rig, 'counted');
      const images = await Promise.all(containers.map(({ id }) => rig.docker.getContainer(id).inspect()));
      expect(images.map(({ Config }) => Config.Image)).toEqual([image, image]);
    });

    it('waits for the state of the rollout, and sees tasks fail and why', async () => {
      await aService('stated', 'no rollback');
      await register('stated');
      const good = await script('rollout-state', 'stated');
      expect(good).toMatchObject({ code: 0, stderr: '' });
      const [id] = good.stdout.split('\n');
      expect(good.stdout).toBe(`${id}\nstated: ECS deployment ${id} completed.\n`);
      expect(await revisions('stated')).toEqual([2, 2]);

      await register('stated', { image: noImage });
      const bad = await script('rollout-state', 'stated');
      expect(bad).toMatchObject({
        code: 1,
        stderr: 'stated: ECS deployment circuit breaker: tasks failed to start.\n',
      });
      expect(await revisions('stated')).toEqual([2, 2]);
      const why = await script('why-stopped', 'stated');
      expect(why.code).toBe(0);
      const failed = why.stdout.split('\n').filter((line) => line.startsWith(definition('stated', 3)));
      expect(failed.length).toBeGreaterThanOrEqual(3);
      const reason = /\tTaskFailedToStart\tTask failed to start\tCannotPullContainerError: .*localhost:1/;
      expect(failed.filter((line) => reason.test(line)).length).toBeGreaterThanOrEqual(3);
    });

    it.skipIf(!hasPython)(
      'runs a migration first, and leaves the service alone where that fails',
      async () => {
        await aService('migrated');
        const failed = await script('migrate-first', 'migrated', { MIGRATION: 'exit 3' });
        expect(failed).toEqual({
          code: 1,
          stdout: '',
          stderr: 'the migration has ended with 3: nothing is rolled out\n',
        });
        expect(await revisions('migrated')).toEqual([1, 1]);
        expect(messagesOf(await calls.describe('migrated')).at(-1)).toContain('has reached a steady state');
        const done = await script('migrate-first', 'migrated', { MIGRATION: 'true' });
        expect(done).toEqual({ code: 0, stdout: `migrated runs ${definition('migrated', 3)}\n`, stderr: '' });
        expect(await revisions('migrated')).toEqual([3, 3]);
      },
    );

    it('waits for the service deployment, and sees that it was rolled back and why', async () => {
      await aService('deployed', 'rollback');
      await register('deployed');
      const good = await script('service-deployment', 'deployed');
      expect(good).toEqual({
        code: 0,
        stdout: `${definition('deployed', 2)}\nSUCCESSFUL\tNone\n`,
        stderr: '',
      });
      await register('deployed', { image: noImage });
      expect(await script('service-deployment', 'deployed')).toEqual({
        code: 1,
        stdout: `${definition('deployed', 3)}\n`,
        stderr: 'ROLLBACK_SUCCESSFUL\tECS deployment circuit breaker: tasks failed to start.\n',
      });
      expect(await revisions('deployed')).toEqual([2, 2]);
    });
  });
});
