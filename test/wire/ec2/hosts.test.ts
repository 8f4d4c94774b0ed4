import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DescribeContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
beforeEach(async () => {
  rig = await Ec2Rig.open();
});

describe('hosts', () => {
  const host = async () => {
    await rig.ecsRig.ecs.send(new CreateClusterCommand({}));
    const arn = await rig.ecsRig.instance({ zone: 'us-east-1b' });
    rig.ecsRig.connect(arn, { name: 'host-1', address: '192.0.2.7' });
    const { containerInstances } = await rig.ecsRig.ecs.send(
      new DescribeContainerInstancesCommand({ containerInstances: [arn] }),
    );
    return { arn, id: containerInstances![0]!.ec2InstanceId! };
  };

  describe('DescribeInstances', () => {
    it('tells of container instances, by the ids that ECS tells', async () => {
      const { id } = await host();
      const { Reservations } = await rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      expect(Reservations).toMatchObject([
        {
          OwnerId: '000000000000',
          Instances: [
            {
              InstanceId: id,
              State: { Code: 16, Name: 'running' },
              Placement: { AvailabilityZone: 'us-east-1b' },
              PrivateDnsName: 'host-1',
              PrivateIpAddress: '192.0.2.7',
              Architecture: 'x86_64',
            },
          ],
        },
      ]);
      const found = async (Name: string, value: string) =>
        (await rig.ec2.send(new DescribeInstancesCommand({ Filters: [{ Name, Values: [value] }] })))
          .Reservations!;
      expect(await found('instance-state-name', 'running')).toHaveLength(1);
      expect(await found('availability-zone', 'us-east-1a')).toEqual([]);
      await expect(
        rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id], MaxResults: 5 })),
      ).rejects.toMatchObject(error('InvalidParameterCombination'));
      await expect(
        rig.ec2.send(new DescribeInstancesCommand({ InstanceIds: [unknownId('i')] })),
      ).rejects.toMatchObject(
        error('InvalidInstanceID.NotFound', "The instance ID 'i-0123456789abcdef0' does not exist"),
      );
    });
  });

  describe('DescribeInstanceStatus', () => {
    it('tells what agents say of their hosts', async () => {
      const { arn, id } = await host();
      const status = async () =>
        (await rig.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }))).InstanceStatuses!;
      expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'insufficient-data' } }]);
      await rig.ecsRig.reportInstanceStatus(arn, 'OK');
      expect(await status()).toMatchObject([
        {
          InstanceId: id,
          InstanceState: { Name: 'running' },
          InstanceStatus: { Status: 'ok' },
          SystemStatus: { Status: 'ok' },
        },
      ]);
      await rig.ecsRig.reportInstanceStatus(arn, 'IMPAIRED');
      expect(await status()).toMatchObject([{ InstanceStatus: { Status: 'impaired' } }]);
      await expect(
        rig.ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [unknownId('i'), unknownId('mi')] })),
      ).rejects.toMatchObject(error('InvalidInstanceID.NotFound'));
    });
  });

  describe('DescribeInstanceAttribute', () => {
    it('tells attributes that hosts have', async () => {
      const { id } = await host();
      const told = (Attribute: string, InstanceId = id) =>
        rig.ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: Attribute as never }));
      expect(await told('disableApiTermination')).toMatchObject({ DisableApiTermination: { Value: false } });
      expect(await told('instanceType')).toMatchObject({ InstanceId: id });
      await expect(told('kernel')).rejects.toMatchObject(error('UnsupportedOperation'));
      await expect(told('userData', unknownId('i'))).rejects.toMatchObject(
        error('InvalidInstanceID.NotFound'),
      );
    });
  });
});
