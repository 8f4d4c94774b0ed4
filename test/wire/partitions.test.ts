// ARNs in regions outside of the partition `aws`: those that are made, and those that callers name things by.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListAccountSettingsCommand,
  ListTagsForResourceCommand,
  PutAccountSettingDefaultCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { account, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

async function furnish(ecs: ECSClient): Promise<void> {
  await ecs.send(new CreateClusterCommand({ clusterName: 'c' }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
    }),
  );
}

const regions = [
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-west-1', 'aws'],
] as const;

describe.each(regions)('in %s', (region, partition) => {
  const prefix = `arn:${partition}:ecs:${region}:${account}`;
  const administrator = `arn:${partition}:iam::${account}:user/administrator`;
  let ecs: ECSClient;
  beforeEach(async () => {
    ecs = rig.client(region);
    await furnish(ecs);
  });

  describe('RegisterTaskDefinition', () => {
    test('names the revision and who registered it by ARNs of the partition', async () => {
      const { taskDefinition } = await ecs.send(
        new DescribeTaskDefinitionCommand({ taskDefinition: `${prefix}:task-definition/web:1` }),
      );
      expect(taskDefinition).toMatchObject({
        taskDefinitionArn: `${prefix}:task-definition/web:1`,
        registeredBy: administrator,
      });
    });
  });

  describe('RunTask', () => {
    test('starts a task whose ARNs are of the partition, and StopTask takes them', async () => {
      const { containerInstance } = await ecs.send(
        new RegisterContainerInstanceCommand({
          cluster: 'c',
          totalResources: [
            { name: 'CPU', type: 'INTEGER', integerValue: 1024 },
            { name: 'MEMORY', type: 'INTEGER', integerValue: 1024 },
          ],
        }),
      );
      rig.connect(containerInstance!.containerInstanceArn!);
      const cluster = `${prefix}:cluster/c`;
      const { tasks: [task] = [] } = await ecs.send(
        new RunTaskCommand({ cluster, taskDefinition: `${prefix}:task-definition/web` }),
      );
      const id = expect.stringMatching(`^${prefix}:(task|container|container-instance)/c/`) as unknown;
      expect(task).toMatchObject({ taskArn: id, containerInstanceArn: id, clusterArn: cluster });
      expect(task?.containers).toMatchObject([{ containerArn: id }]);
      const stopped = await ecs.send(new StopTaskCommand({ cluster, task: task!.taskArn! }));
      expect(stopped.task?.taskArn).toBe(task?.taskArn);
    });
  });

  describe('CreateService', () => {
    test('names service, role and creator by ARNs of the partition', async () => {
      const { service } = await ecs.send(
        new CreateServiceCommand({ cluster: 'c', serviceName: 's', taskDefinition: 'web', desiredCount: 0 }),
      );
      expect(service).toMatchObject({
        serviceArn: `${prefix}:service/c/s`,
        roleArn: `arn:${partition}:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
        createdBy: administrator,
      });
      const { services } = await ecs.send(
        new DescribeServicesCommand({ cluster: 'c', services: [service!.serviceArn!] }),
      );
      expect(services).toHaveLength(1);
    });
  });

  describe('CreateCapacityProvider', () => {
    test('names the provider by an ARN of the partition, which finds it again', async () => {
      await ecs.send(
        new CreateCapacityProviderCommand({
          name: 'p',
          autoScalingGroupProvider: { autoScalingGroupArn: 'g' },
        }),
      );
      const capacityProviderArn = `${prefix}:capacity-provider/p`;
      const found = await ecs.send(
        new DescribeCapacityProvidersCommand({ capacityProviders: [capacityProviderArn] }),
      );
      expect(found.capacityProviders).toMatchObject([{ name: 'p', capacityProviderArn }]);
    });
  });

  describe('ListTagsForResource', () => {
    test('takes an ARN of the partition', async () => {
      const listed = await ecs.send(new ListTagsForResourceCommand({ resourceArn: `${prefix}:cluster/c` }));
      expect(listed.tags).toEqual([]);
    });
  });

  describe('PutAccountSettingDefault', () => {
    test("is the root's of the partition", async () => {
      const principalArn = `arn:${partition}:iam::${account}:root`;
      const value = { name: 'containerInsights', value: 'enabled' } as const;
      const { setting } = await ecs.send(new PutAccountSettingDefaultCommand(value));
      expect(setting).toMatchObject({ ...value, principalArn });
      const listed = await ecs.send(new ListAccountSettingsCommand({ principalArn }));
      expect(listed.settings).toMatchObject([{ ...value, principalArn }]);
    });
  });
});

describe('DescribeClusters', () => {
  test.each([
    ['cn-north-1', 'aws'],
    ['cn-north-1', 'aws-us-gov'],
    ['us-east-1', 'aws-cn'],
  ])('in %s refuses an ARN of the partition %s', async (region, partition) => {
    const ecs = rig.client(region);
    await furnish(ecs);
    const clusters = [`arn:${partition}:ecs:${region}:${account}:cluster/c`];
    await expect(ecs.send(new DescribeClustersCommand({ clusters }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
