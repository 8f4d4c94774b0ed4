// Image digests in a whole cluster: what the first task of a deployment found is what all later ones run.
import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { image } from './behaviours.ts';
import { ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';

const digest = (of: number): string => `sha256:${String(of).repeat(64)}`;

interface Revision {
  readonly containerImages: readonly { containerName: string; image: string; imageDigest?: string }[];
}
describe('the images of a service', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;

  afterEach(() => {
    expect(cluster.invariants.violations).toEqual([]);
  });

  const open = async (more: object = {}): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 3, hosts: 2 });
    web = new ServiceClient(cluster);
    tag(1);
    await web.register('server', more);
    await web.create(2);
    await web.stable();
  };
  /** The registry's tag now stands for the image with this digest. */
  const tag = (of: number): void => {
    for (const { engine } of cluster.hosts) engine.fake.image(image, { digest: digest(of) });
  };
  const revision = async (): Promise<Revision> => {
    const { currentServiceRevisions } = await web.describe();
    const answer = await cluster.ask<{ serviceRevisions: Revision[] }>('DescribeServiceRevisions', {
      serviceRevisionArns: [currentServiceRevisions[0]!.arn],
    });
    return answer.serviceRevisions[0]!;
  };
  const running = (): readonly Task[] =>
    cluster.tasks.filter((task) => task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING');
  /** What the engines were told to run, of the tasks that run. */
  const references = (): readonly string[] =>
    running()
      .map((task) => cluster.hostOf(task).engine.fake.find('app', task.arn)!.spec.image)
      .sort();
  const replaceOne = async (): Promise<Task> => {
    const before = running();
    cluster.hostOf(before[0]!).engine.fake.find('app', before[0]!.arn)!.exit(1);
    const isNew = ({ arn }: Task): boolean => before.every((task) => task.arn !== arn);
    await cluster.until('it is replaced', () => running().some(isNew) && running().length === 2);
    return running().find(isNew)!;
  };

  it('are resolved by the first task, shown in the revision, and kept by what is started later', async () => {
    await open();
    expect(await revision()).toMatchObject({
      containerImages: [{ containerName: 'app', image, imageDigest: digest(1) }],
    });
    expect(references()).toEqual([image, image]);
    tag(2);
    const replacement = await replaceOne();
    const { tasks } = await cluster.ask<{ tasks: object[] }>('DescribeTasks', { tasks: [replacement.arn] });
    expect(tasks).toMatchObject([{ containers: [{ image, imageDigest: digest(1) }] }]);
    await web.update({ desiredCount: 4 });
    await web.stable();
    expect(references()).toEqual([image, ...Array.from({ length: 3 }, () => `${image}@${digest(1)}`)]);
    expect((await revision()).containerImages[0]!.imageDigest).toBe(digest(1));
  });

  it('are resolved anew by a forced deployment, and kept over a crash of the control plane', async () => {
    await open();
    tag(2);
    await web.update({ forceNewDeployment: true });
    await web.stable();
    expect(references()).toEqual([image, image]);
    expect((await revision()).containerImages[0]!.imageDigest).toBe(digest(2));
    cluster.controlPlane.crash();
    await cluster.startControlPlane();
    tag(3);
    await cluster.until('agents are back', () => cluster.connected === 2);
    expect((await replaceOne()).containers[0]).toMatchObject({ imageDigest: digest(2) });
  });

  it('are the old ones again after a rollback', async () => {
    await open();
    tag(2);
    await web.register();
    await web.update({ taskDefinition: 'web' });
    await cluster.clock.advance(10_000);
    const { currentServiceDeployment } = await web.describe();
    await cluster.ask('StopServiceDeployment', { serviceDeploymentArn: currentServiceDeployment });
    await web.stable();
    expect((await web.describe()).deployments[0]!.taskDefinition).toMatch(/web:1$/);
    expect((await revision()).containerImages[0]!.imageDigest).toBe(digest(1));
    expect((await replaceOne()).containers[0]).toMatchObject({ image, imageDigest: digest(1) });
  });

  it('follow their tag where version consistency is disabled', async () => {
    await open({ versionConsistency: 'disabled' });
    expect(await revision()).toMatchObject({ containerImages: [{ image }] });
    expect((await revision()).containerImages[0]!.imageDigest).toBeUndefined();
    tag(2);
    expect((await replaceOne()).containers[0]).toMatchObject({ image, imageDigest: digest(2) });
    expect(references()).toEqual([image, image]);
  });

  it('keep their tag where no registry knows them', async () => {
    cluster = await SimulatedCluster.open({ seed: 4, hosts: 2 });
    web = new ServiceClient(cluster);
    for (const { engine } of cluster.hosts) engine.fake.image('built-here', { cached: true });
    await web.register('server', { image: 'built-here' });
    await web.create(2);
    await web.stable();
    await replaceOne();
    expect(references()).toEqual(['built-here', 'built-here']);
    expect((await revision()).containerImages[0]!.imageDigest).toBeUndefined();
  });

  it('stay as they were named with a digest', async () => {
    await open({ image: `busybox:1@${digest(5)}` });
    await replaceOne();
    expect(references()).toEqual([`busybox:1@${digest(5)}`, `busybox:1@${digest(5)}`]);
  });
});
