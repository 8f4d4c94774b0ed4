// What is told of an instance's health and of its agent's version, from the agent's own words.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  UpdateContainerAgentCommand,
  type AgentUpdateStatus,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { telemetryHello } from '../../src/acs/hello.ts';
import { encodeFrame } from '../../src/agent-protocol/codec.ts';
import { settle } from '../../src/lib/virtual-clock.ts';
import { containerInstances } from '../../src/store/tables/container-instances.ts';
import { aScope } from '../builders/a-scope.ts';
import { connectionPair } from '../builders/connection-pair.ts';
import { arnPrefix, EcsRig } from './ecs-rig.ts';

let rig: EcsRig;
let arn: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  arn = await rig.instance();
});

const health = async () => {
  const command = new DescribeContainerInstancesCommand({
    containerInstances: [arn],
    include: ['CONTAINER_INSTANCE_HEALTH'],
  });
  return (await rig.ecs.send(command)).containerInstances![0]!.healthStatus;
};

describe('DescribeContainerInstances', () => {
  describe('CONTAINER_INSTANCE_HEALTH', () => {
    const report = async (...statuses: object[]): Promise<void> => {
      const [ours, theirs] = connectionPair();
      const query = new URLSearchParams({ containerInstance: arn, cluster: 'default' });
      rig.controlPlane.link.acceptTelemetry(ours, telemetryHello(query), aScope);
      theirs.send(encodeFrame('PublishInstanceStatusRequest', { statuses }));
      await settle();
    };

    test('before a word from the agent there is no data', async () => {
      expect(await health()).toEqual({ overallStatus: 'INSUFFICIENT_DATA', details: [] });
    });

    test('shows what the agent said last, and the worst of it as the whole', async () => {
      const runtime = {
        type: 'ContainerRuntime',
        lastUpdated: 1_700_000_000.5,
        lastStatusChange: 1_600_000_000,
      };
      await report({ ...runtime, status: 'OK' });
      expect(await health()).toEqual({
        overallStatus: 'OK',
        details: [
          {
            type: 'CONTAINER_RUNTIME',
            status: 'OK',
            lastUpdated: new Date(1_700_000_000_500),
            lastStatusChange: new Date(1_600_000_000_000),
          },
        ],
      });
      await report({ ...runtime, status: 'OK' }, { type: 'Daemon', status: 'IMPAIRED', statusReason: 'why' });
      expect(await health()).toMatchObject({
        overallStatus: 'IMPAIRED',
        details: [{ status: 'OK' }, { type: 'DAEMON', status: 'IMPAIRED', statusReason: 'why' }],
      });
    });

    test('of a deregistered instance there is no data any more', async () => {
      await report({ type: 'ContainerRuntime', status: 'OK' });
      await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: arn }));
      expect(await health()).toEqual({ overallStatus: 'INSUFFICIENT_DATA', details: [] });
    });
  });
});

describe('UpdateContainerAgent', () => {
  const update = (containerInstance = arn, cluster = 'default') =>
    rig.ecs.send(new UpdateContainerAgentCommand({ containerInstance, cluster }));
  const withVersion = (agentVersion: string) =>
    rig.ecs.send(
      new RegisterContainerInstanceCommand({ containerInstanceArn: arn, versionInfo: { agentVersion } }),
    );
  const withStatus = (agentUpdateStatus: AgentUpdateStatus): void =>
    rig.controlPlane.store.update((tx) => {
      const table = tx.table(containerInstances);
      table.put({ ...table.get(arn)!, agentUpdateStatus });
    });

  test('there is never a newer agent to hand out', async () => {
    await withVersion('1.99.0');
    await expect(update()).rejects.toMatchObject({
      name: 'NoUpdateAvailableException',
      message: 'There is no update available for your container agent.',
    });
  });

  test('an agent that does not tell its version could not be updated at all', async () => {
    await expect(update()).rejects.toMatchObject({ name: 'MissingVersionException' });
  });

  test.each<[AgentUpdateStatus, string]>([
    ['PENDING', 'UpdateInProgressException'],
    ['STAGING', 'UpdateInProgressException'],
    ['STAGED', 'UpdateInProgressException'],
    ['UPDATING', 'UpdateInProgressException'],
    ['UPDATED', 'NoUpdateAvailableException'],
    ['FAILED', 'NoUpdateAvailableException'],
  ])('while the latest update is %s the answer is %s', async (status, name) => {
    await withVersion('1.99.0');
    withStatus(status);
    await expect(update()).rejects.toMatchObject({ name });
    const command = new DescribeContainerInstancesCommand({ containerInstances: [arn] });
    const { containerInstances: shown } = await rig.ecs.send(command);
    expect(shown![0]!.agentUpdateStatus).toBe(status);
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
});
