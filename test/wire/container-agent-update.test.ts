// UpdateContainerAgent: refused where nothing newer is offered, else seen through with an agent that does as it is told.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  UpdateContainerAgentCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { connectAgent, type RecordingAgent } from '../../test-support/recording-agent.ts';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

const release = { version: '1.99.0', location: 'http://files/agent.tar', signature: 'ab'.repeat(32) };

let rig: EcsRig;
let arn: string;
const open = async (agentRelease?: typeof release): Promise<void> => {
  rig = await EcsRig.open({ agentRelease });
  await rig.ecs.send(new CreateClusterCommand({}));
  arn = await rig.instance({ connected: false });
};
beforeEach(() => open());

describe('UpdateContainerAgent', () => {
  const update = (containerInstance = arn, cluster = 'default') =>
    rig.ecs.send(new UpdateContainerAgentCommand({ containerInstance, cluster }));
  const withVersion = (agentVersion: string) =>
    rig.ecs.send(
      new RegisterContainerInstanceCommand({ containerInstanceArn: arn, versionInfo: { agentVersion } }),
    );
  test('without a newer version on offer there is none', async () => {
    await withVersion('1.99.0');
    await expect(update()).rejects.toMatchObject({
      name: 'NoUpdateAvailableException',
      message: 'There is no update available for your container agent.',
    });
  });

  test('an agent that does not tell its version could not be updated at all', async () => {
    await expect(update()).rejects.toMatchObject({ name: 'MissingVersionException' });
  });

  test('refuses an instance that is unknown or INACTIVE, and an unknown cluster', async () => {
    await expect(update(`${arnPrefix}:container-instance/default/${'0'.repeat(32)}`)).rejects.toMatchObject({
      name: 'ClientException',
      message: 'The referenced container instance was not found.',
    });
    await expect(update('abc')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(update(arn, 'nope')).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: arn }));
    await expect(update()).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringMatching(/^Container instance [0-9a-f]{32} is inactive\.$/),
    });
  });

  describe('with a newer version on offer', () => {
    const shown = async () => {
      const command = new DescribeContainerInstancesCommand({ containerInstances: [arn] });
      return (await rig.ecs.send(command)).containerInstances![0]!;
    };
    const connect = async (): Promise<RecordingAgent> => {
      const { agentVersion = '' } = (await shown()).versionInfo!;
      const agent = connectAgent(rig.controlPlane.link, aScope, { containerInstanceArn: arn, agentVersion });
      await flushPromises();
      return agent;
    };
    beforeEach(async () => {
      await open(release);
      await withVersion('1.98.3');
    });

    test('an agent that stages, performs and comes back with it is UPDATED', async () => {
      const agent = await connect();
      const { containerInstance } = await update();
      expect(containerInstance).toMatchObject({ containerInstanceArn: arn, agentUpdateStatus: 'PENDING' });
      await flushPromises();
      expect((await shown()).agentUpdateStatus).toBe('STAGING');
      await expect(update()).rejects.toMatchObject({ name: 'UpdateInProgressException' });
      agent.acknowledge(agent.all('StageUpdateMessage')[0]!);
      await flushPromises();
      expect((await shown()).agentUpdateStatus).toBe('UPDATING');
      await expect(update()).rejects.toMatchObject({ name: 'UpdateInProgressException' });
      agent.acknowledge(agent.all('PerformUpdateMessage')[0]!);
      agent.close();
      await withVersion('1.99.0');
      expect(await shown()).toMatchObject({
        agentUpdateStatus: 'UPDATED',
        versionInfo: { agentVersion: '1.99.0' },
      });
      await expect(update()).rejects.toMatchObject({ name: 'NoUpdateAvailableException' });
    });

    test('an agent that comes back with its old version has failed, and may be updated again', async () => {
      const agent = await connect();
      await update();
      await flushPromises();
      agent.acknowledge(agent.all('StageUpdateMessage')[0]!);
      await flushPromises();
      await withVersion('1.98.3');
      expect((await shown()).agentUpdateStatus).toBe('FAILED');
      expect((await update()).containerInstance!.agentUpdateStatus).toBe('PENDING');
    });

    test('an agent that refuses to update itself has failed', async () => {
      const agent = await connect();
      await update();
      await flushPromises();
      agent.refuse(agent.all('StageUpdateMessage')[0]!, 'Updates are disabled');
      await flushPromises();
      expect(await shown()).toMatchObject({
        agentUpdateStatus: 'FAILED',
        versionInfo: { agentVersion: '1.98.3' },
      });
    });

    test('the update of an agent that stays away fails after an hour', async () => {
      await update();
      await rig.clock.advance(3_599_000);
      expect((await shown()).agentUpdateStatus).toBe('PENDING');
      await expect(update()).rejects.toMatchObject({ name: 'UpdateInProgressException' });
      await rig.clock.advance(1000);
      expect((await shown()).agentUpdateStatus).toBe('FAILED');
    });

    test.each(['1.99.0', '1.100.0'])('there is none for an agent of version %s', async (version) => {
      await withVersion(version);
      await expect(update()).rejects.toMatchObject({ name: 'NoUpdateAvailableException' });
      expect((await shown()).agentUpdateStatus).toBeUndefined();
    });
  });
});
