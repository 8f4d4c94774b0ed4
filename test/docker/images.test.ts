// When the registry is asked for an image, and which image a container then has, by the agent's pull behaviour.
import type { Task } from '@aws-sdk/client-ecs';
import type Dockerode from 'dockerode';
import { describe, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { sleeper } from './programs.ts';
import { publishImage, removeImages } from './publish-image.ts';
import { Rig, until } from './rig.ts';
import { WritableRegistry } from './writable-registry.ts';

/** A rig whose agent pulls as told, and a registry with an image of its own. */
class Pulls implements AsyncDisposable {
  readonly rig: Rig;
  readonly registry: WritableRegistry;
  readonly image: string;
  #definition: string | undefined;

  private constructor(rig: Rig, registry: WritableRegistry) {
    this.rig = rig;
    this.registry = registry;
    this.image = `${registry.address}/${rig.name}:latest`;
  }

  static async open(engine: { host: string; docker: Dockerode }, behavior: string): Promise<Pulls> {
    const rig = await Rig.up(engine, { env: { ECS_IMAGE_PULL_BEHAVIOR: behavior } });
    return new Pulls(rig, await WritableRegistry.open());
  }

  /** Pushes an edition of the image; the engine keeps no copy unless told so. */
  async publish(edition: string, keep: 'copy' | 'no copy' = 'no copy'): Promise<void> {
    await publishImage(this.rig.docker, this.image, edition, keep);
    this.registry.asked();
  }

  /** Runs a task of the image to RUNNING, and answers which edition it was and what its container says of it. */
  async run(): Promise<{ edition: string; task: Task; reason: string | undefined; asked: boolean }> {
    const task = await this.rig.untilRunning(await this.rig.run(await this.definition()));
    const edition = (await this.rig.exec(task, 'app', 'sh', '-c', 'echo $EDITION')).trim();
    return { edition, task, reason: task.containers![0]!.reason, asked: this.registry.asked() > 0 };
  }

  async definition(): Promise<string> {
    this.#definition ??= await this.rig.register('app', [
      { name: 'app', image: this.image, command: sleeper() },
    ]);
    return this.#definition;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig.close();
    await this.registry[Symbol.asyncDispose]();
    await removeImages(this.rig.docker, this.image);
  }
}

describeWithDocker('an image', (engine) => {
  describe.concurrent('beside others', () => {
    it('is pulled again by default, and its copy used when that fails', { timeout: 120_000 }, async () => {
      await using pulls = await Pulls.open(engine, 'default');
      await pulls.publish('first');
      const first = await pulls.run();
      expect(first).toMatchObject({ edition: 'first', asked: true, reason: undefined });
      expect(first.task.containers![0]!.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(first.task.pullStartedAt!.getTime()).toBeLessThanOrEqual(first.task.pullStoppedAt!.getTime());

      await pulls.publish('second');
      const second = await pulls.run();
      expect(second).toMatchObject({ edition: 'second', asked: true, reason: undefined });
      expect(second.task.containers![0]!.imageDigest).not.toBe(first.task.containers![0]!.imageDigest);

      pulls.registry.clear();
      const cached = await pulls.run();
      expect(cached).toMatchObject({ edition: 'second', asked: true });
      expect(cached.reason).toMatch(/^CannotPullContainerError: .*manifest unknown/);
      await pulls.rig.ecs.stopTask({ cluster: pulls.rig.name, task: cached.task.taskArn });
      const stopped = await pulls.rig.untilStopped(cached.task.taskArn!);
      expect(stopped.containers![0]!.reason).toBe(cached.reason);
    });

    it('is never taken from the cache with always', { timeout: 120_000 }, async () => {
      await using pulls = await Pulls.open(engine, 'always');
      await pulls.publish('first', 'copy');
      expect(await pulls.run()).toMatchObject({ edition: 'first', asked: true });
      pulls.registry.clear();
      const task = await pulls.rig.untilStopped(await pulls.rig.run(await pulls.definition()));
      expect(task.stopCode).toBe('TaskFailedToStart');
      expect(task.containers![0]!.reason).toMatch(/^CannotPullContainerError: .*manifest unknown/);
    });

    it('is pulled one time with once', { timeout: 120_000 }, async () => {
      await using pulls = await Pulls.open(engine, 'once');
      await pulls.publish('first');
      expect(await pulls.run()).toMatchObject({ edition: 'first', asked: true });
      await pulls.publish('second');
      expect(await pulls.run()).toMatchObject({ edition: 'first', asked: false });
    });

    it.each([
      ['with prefer-cached', 'prefer-cached'],
      ['where `up` is told nothing', ''],
    ])('is pulled only where there is no copy %s', { timeout: 120_000 }, async (_what, behavior) => {
      await using pulls = await Pulls.open(engine, behavior);
      await pulls.publish('first', 'copy');
      const first = await pulls.run();
      expect(first).toMatchObject({ edition: 'first', asked: false, reason: undefined });
      await pulls.rig.ecs.stopTask({ cluster: pulls.rig.name, task: first.task.taskArn });
      await pulls.rig.untilStopped(first.task.taskArn!);
      const [container] = await pulls.rig.containerIds(first.task.taskArn!);
      await pulls.rig.docker.getContainer(container!).remove();
      await pulls.rig.docker.getImage(pulls.image).remove({ force: true });
      expect(await pulls.run()).toMatchObject({ edition: 'first', asked: true });
    });

    it('that the registry does not have fails the task with its words', { timeout: 120_000 }, async () => {
      await using pulls = await Pulls.open(engine, 'default');
      const task = await pulls.rig.untilStopped(await pulls.rig.run(await pulls.definition()));
      expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' });
      expect(task.containers![0]!.reason).toMatch(/^CannotPullContainerError: .*manifest unknown/);
      expect(await until(() => pulls.rig.containerIds(task.taskArn!))).toEqual([]);
    });
  });
});
