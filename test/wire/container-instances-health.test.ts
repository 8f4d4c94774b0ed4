// What is told of an instance's health, from the agent's own words.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { telemetryConnectParams } from '../../src/acs/connect-params.ts';
import { encodeFrame } from '../../src/agent-protocol/codec.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { connectionPair } from '../../test-support/connection-pair.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

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
      rig.controlPlane.link.acceptTelemetry(ours, telemetryConnectParams(query), aScope);
      theirs.send(encodeFrame('PublishInstanceStatusRequest', { statuses }));
      await flushPromises();
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
