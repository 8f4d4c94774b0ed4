// A service's image is what its tag stood for when the deployment began, in order: replaced, deployed anew, rolled back.
import type { Task } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker, testImage } from './engine.ts';
import { sleeper } from './programs.ts';
import { publishImage, removeImages } from './publish-image.ts';
import { Rig, until } from './rig.ts';
import { WritableRegistry } from './writable-registry.ts';

describeWithDocker('the image of a service', (engine) => {
  let rig: Rig;
  let registry: WritableRegistry;
  let image: string;

  beforeAll(async () => {
    const env = { ECS_IMAGE_PULL_BEHAVIOR: 'default' };
    rig = await Rig.up(engine, { flags: ['--healthy-after', '1s'], env });
    registry = await WritableRegistry.open();
    image = `${registry.address}/${rig.name}:latest`;
  });
  afterAll(async () => {
    await rig.close();
    await registry[Symbol.asyncDispose]();
    await removeImages(rig.docker, image);
  });

  const cluster = () => rig.name;
  const running = async (service = 'web'): Promise<readonly Task[]> => {
    const { taskArns } = await rig.ecs.listTasks({ cluster: cluster(), serviceName: service });
    if (taskArns!.length === 0) return [];
    const { tasks } = await rig.ecs.describeTasks({ cluster: cluster(), tasks: taskArns! });
    return tasks!.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  };
  /** Which editions run, once the service's deployment is over and both of its tasks run. */
  const editions = async (): Promise<readonly string[]> => {
    const asked = { cluster: cluster(), services: ['web'] };
    const tasks = await until(async () => {
      const [{ services }, now] = await Promise.all([rig.ecs.describeServices(asked), running()]);
      const [only, second] = services![0]!.deployments!;
      if (second || only!.rolloutState !== 'COMPLETED' || now.length !== 2)
        throw new Error(`${now.length} tasks run: ${JSON.stringify(services)}`);
      return now;
    });
    const found = await Promise.all(tasks.map((task) => rig.exec(task, 'app', 'sh', '-c', 'echo $EDITION')));
    return found.map((edition) => edition.trim());
  };
  const digestOf = async (): Promise<string | undefined> => {
    const { services } = await rig.ecs.describeServices({ cluster: cluster(), services: ['web'] });
    const serviceRevisionArns = [services![0]!.currentServiceRevisions![0]!.arn!];
    const { serviceRevisions } = await rig.ecs.describeServiceRevisions({ serviceRevisionArns });
    return serviceRevisions![0]!.containerImages![0]!.imageDigest;
  };
  const replaceOne = async (service: string, count: number): Promise<Task> => {
    const before = await running(service);
    const [container] = await rig.containerIds(before[0]!.taskArn!);
    await rig.docker.getContainer(container!).kill();
    return until(async () => {
      const now = await running(service);
      const fresh = now.find(({ taskArn }) => before.every((task) => task.taskArn !== taskArn));
      if (fresh === undefined || now.length !== count) throw new Error(`${now.length} tasks run`);
      return fresh;
    });
  };

  it('is the first one that its tag stood for, also for a replacement after the tag has moved', async () => {
    await publishImage(rig.docker, image, 'v1');
    const taskDefinition = await rig.register('web', [{ name: 'app', image, command: sleeper() }]);
    await rig.ecs.createService({
      cluster: cluster(),
      serviceName: 'web',
      taskDefinition,
      desiredCount: 2,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    expect(await editions()).toEqual(['v1', 'v1']);
    const digest = await digestOf();
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    await publishImage(rig.docker, image, 'v2');
    const replacement = await replaceOne('web', 2);
    expect(replacement.containers![0]).toMatchObject({ image, imageDigest: digest });
    expect((await rig.inspect(replacement, 'app')).Config.Image).toBe(
      `${image.replace(/:latest$/, '')}@${digest}`,
    );
    expect(await editions()).toEqual(['v1', 'v1']);
  });

  it('is the old one again after the circuit breaker went back, though every task was replaced', async () => {
    const missing = image.replace(/latest$/, 'missing');
    const taskDefinition = await rig.register('bad', [{ name: 'app', image: missing, command: sleeper() }]);
    await rig.ecs.updateService({
      cluster: cluster(),
      service: 'web',
      taskDefinition,
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: {
        minimumHealthyPercent: 0,
        maximumPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    });
    await until(async () => {
      const { serviceDeployments } = await rig.ecs.listServiceDeployments({
        cluster: cluster(),
        service: 'web',
      });
      expect(serviceDeployments![0]!.status).toBe('ROLLBACK_SUCCESSFUL');
    });
    expect(await editions()).toEqual(['v1', 'v1']);
  });

  it('is what the tag stands for now once a deployment is forced', async () => {
    const before = await digestOf();
    await rig.ecs.updateService({ cluster: cluster(), service: 'web', forceNewDeployment: true });
    expect(await editions()).toEqual(['v2', 'v2']);
    expect(await digestOf()).not.toBe(before);
  });

  it('keeps its tag where it was built on the engine and no registry knows it', async () => {
    const taskDefinition = await rig.register('local', [
      { name: 'app', image: testImage, command: sleeper() },
    ]);
    await rig.ecs.createService({
      cluster: cluster(),
      serviceName: 'local',
      taskDefinition,
      desiredCount: 1,
    });
    await until(async () => expect(await running('local')).toHaveLength(1));
    const replacement = await replaceOne('local', 1);
    expect(replacement.containers![0]!.imageDigest).toBeUndefined();
    expect((await rig.inspect(replacement, 'app')).Config.Image).toBe(testImage);
  });
});
