import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateContainerInstancesStateCommand,
  type Resource,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

const show = async (...containerInstances: string[]) =>
  (await rig.ecs.send(new DescribeContainerInstancesCommand({ containerInstances }))).containerInstances!;
const runOne = async (): Promise<string> => {
  const portMappings = [{ containerPort: 80, hostPort: 8080 }];
  const containerDefinitions = [{ name: 'c', image: 'i', memory: 64, cpu: 100, portMappings }];
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'f', containerDefinitions }));
  return (await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'f' }))).tasks![0]!.taskArn!;
};
const missing = `${arnPrefix}:container-instance/default/${'0'.repeat(32)}`;

describe('RegisterContainerInstance', () => {
  test('gives an ARN and shows what is registered and what is left', async () => {
    const arn = await rig.instance();
    expect(arn).toMatch(/^arn:aws:ecs:us-east-1:000000000000:container-instance\/default\/[0-9a-f]{32}$/);
    await runOne();
    const [instance] = await show(arn);
    expect(instance).toMatchObject({
      status: 'ACTIVE',
      agentConnected: true,
      runningTasksCount: 0,
      pendingTasksCount: 1,
      registeredAt: new Date(rig.clock.now()),
      attributes: [{ name: 'ecs.availability-zone', value: 'us-east-1a' }],
      attachments: [],
    });
    const value = (resources: Resource[] | undefined, name: string) => {
      const found = resources!.find((resource) => resource.name === name)!;
      return found.type === 'INTEGER' ? found.integerValue : found.stringSetValue;
    };
    const reserved = ['22', '2375', '2376', '51678', '51679'];
    expect(
      ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP'].map((name) => value(instance!.registeredResources, name)),
    ).toEqual([2048, 4096, reserved, []]);
    expect(
      ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP'].map((name) => value(instance!.remainingResources, name)),
    ).toEqual([1948, 4032, [...reserved, '8080'], []]);
  });

  test('knows an instance again by its ARN, keeps its custom attributes and takes new resources', async () => {
    const arn = await rig.instance({ attributes: ['stack', 'ecs.capability.full-sync'] });
    const { containerInstance } = await rig.ecs.send(
      new RegisterContainerInstanceCommand({
        containerInstanceArn: arn,
        totalResources: [{ name: 'MEMORY', type: 'INTEGER', integerValue: 100 }],
        attributes: [{ name: 'ecs.capability.other' }],
      }),
    );
    expect(containerInstance?.containerInstanceArn).toBe(arn);
    expect(containerInstance?.attributes?.map(({ name }) => name)).toEqual([
      'stack',
      'ecs.capability.other',
      'ecs.availability-zone',
    ]);
    expect(containerInstance?.registeredResources).toContainEqual(
      expect.objectContaining({ name: 'MEMORY', integerValue: 100 }),
    );
    const { containerInstanceArns } = await rig.ecs.send(new ListContainerInstancesCommand({}));
    expect(containerInstanceArns).toEqual([arn]);
  });

  test('refuses an unknown cluster in the words that the agent waits for', async () => {
    await expect(rig.instance({ cluster: 'nope' })).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
  });

  test('refuses an ARN it does not know or that is INACTIVE, and another instance type', async () => {
    const again = (input: object) => rig.ecs.send(new RegisterContainerInstanceCommand(input));
    await expect(again({ containerInstanceArn: missing })).rejects.toMatchObject({ name: 'ClientException' });
    const arn = await rig.instance();
    const attributes = [{ name: 'ecs.instance-type', value: 't3.micro' }];
    await expect(again({ containerInstanceArn: arn, attributes })).rejects.toMatchObject({
      message: 'Container instance type changes are not supported.',
    });
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: arn }));
    await expect(again({ containerInstanceArn: arn })).rejects.toMatchObject({ name: 'ClientException' });
  });

  test('refuses resources that are none', async () => {
    const totalResources = [{ name: 'PORTS', type: 'STRINGSET', stringSetValue: ['ssh'] }];
    await expect(
      rig.ecs.send(new RegisterContainerInstanceCommand({ totalResources })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('DescribeContainerInstances', () => {
  test('takes ids and ARNs and lists what is not there as MISSING', async () => {
    const arn = await rig.instance();
    const answer = await rig.ecs.send(
      new DescribeContainerInstancesCommand({ containerInstances: [arn.split('/')[2]!, '0'.repeat(32)] }),
    );
    expect(answer.containerInstances?.map((one) => one.containerInstanceArn)).toEqual([arn]);
    expect(answer.failures).toEqual([{ arn: missing, reason: 'MISSING' }]);
  });

  test('shows an instance once, however often and in whatever form it is named', async () => {
    const arn = await rig.instance();
    expect((await show(arn, arn.split('/')[2]!, arn)).map((one) => one.containerInstanceArn)).toEqual([arn]);
  });

  test('shows tags only when asked', async () => {
    const tags = [{ key: 'k', value: 'v' }];
    const { containerInstance } = await rig.ecs.send(new RegisterContainerInstanceCommand({ tags }));
    const containerInstances = [containerInstance!.containerInstanceArn!];
    const shown = async (include: 'TAGS'[]) => {
      const command = new DescribeContainerInstancesCommand({ containerInstances, include });
      return (await rig.ecs.send(command)).containerInstances![0]!;
    };
    expect((await shown(['TAGS'])).tags).toEqual(tags);
    expect((await shown([])).tags).toEqual([]);
    expect(await shown([])).not.toHaveProperty('healthStatus');
  });

  test('takes a hundred, and no more', async () => {
    const ids = Array.from({ length: 101 }, (_, at) => String(at).padStart(32, '0'));
    const containerInstances = ids.slice(1);
    const answer = await rig.ecs.send(new DescribeContainerInstancesCommand({ containerInstances }));
    expect(answer.failures).toHaveLength(100);
    await expect(show(...ids)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'instanceIds can have at most 100 items.',
    });
  });

  test('refuses an empty list, an id of another length, an unknown cluster and something to include', async () => {
    await expect(show()).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Container Instances cannot be empty.',
    });
    const containerInstances = ['0'.repeat(32)];
    for (const [input, name] of [
      [{ cluster: 'nope' }, 'ClusterNotFoundException'],
      [{ include: ['NOTHING' as 'TAGS'] }, 'InvalidParameterException'],
    ] satisfies [object, string][]) {
      await expect(
        rig.ecs.send(new DescribeContainerInstancesCommand({ containerInstances, ...input })),
      ).rejects.toMatchObject({ name });
    }
    await expect(show('abc')).rejects.toMatchObject({
      message: 'containerInstanceId length should be one of [32,36]',
    });
  });
});

describe('UpdateContainerInstancesState', () => {
  const update = (status: string, ...containerInstances: string[]) =>
    rig.ecs.send(
      new UpdateContainerInstancesStateCommand({ status: status as 'ACTIVE', containerInstances }),
    );

  test('drains and undrains; a DRAINING instance is given no tasks', async () => {
    const arn = await rig.instance();
    expect((await update('DRAINING', arn)).containerInstances?.[0]?.status).toBe('DRAINING');
    await expect(runOne()).rejects.toMatchObject({
      message: 'No Container Instances were found in your cluster.',
    });
    const listed = await rig.ecs.send(new ListContainerInstancesCommand({ status: 'DRAINING' }));
    expect(listed.containerInstanceArns).toEqual([arn]);
    await update('ACTIVE', arn);
    expect(await runOne()).toContain(':task/default/');
  });

  test('answers for each instance alone: changed, MISSING, INACTIVE', async () => {
    const [arn, gone] = [await rig.instance(), await rig.instance()];
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: gone }));
    const answer = await update('DRAINING', gone, arn, arn, '0'.repeat(32));
    expect(answer.containerInstances?.map((one) => [one.containerInstanceArn, one.status])).toEqual([
      [arn, 'DRAINING'],
    ]);
    expect(new Set(answer.failures)).toEqual(
      new Set([
        { arn: missing, reason: 'MISSING' },
        { arn: gone, reason: 'INACTIVE' },
      ]),
    );
  });

  test('what is so already is no change', async () => {
    const arn = await rig.instance();
    const [{ version }] = (await show(arn)) as [{ version: number }];
    await update('ACTIVE', arn);
    expect((await show(arn))[0]?.version).toBe(version);
    await update('DRAINING', arn);
    expect((await show(arn))[0]?.version).toBe(version + 1);
  });

  test('takes ten instances, and no more, and no fewer than one', async () => {
    const ids = Array.from({ length: 11 }, (_, at) => String(at).padStart(32, '0'));
    expect((await update('ACTIVE', ...ids.slice(1))).failures).toHaveLength(10);
    await expect(update('ACTIVE', ...ids)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'instanceIds can have at most 10 items.',
    });
    await expect(update('ACTIVE')).rejects.toMatchObject({ name: 'ClientException' });
  });

  test('refuses an unknown cluster and a status that is none', async () => {
    const input = { status: 'ACTIVE' as const, containerInstances: ['0'.repeat(32)] };
    await expect(
      rig.ecs.send(new UpdateContainerInstancesStateCommand({ ...input, cluster: 'nope' })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(update('GONE', '0'.repeat(32))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('lists the unknown as MISSING and refuses other states', async () => {
    expect((await update('ACTIVE', '0'.repeat(32))).failures).toEqual([{ arn: missing, reason: 'MISSING' }]);
    await expect(update('DEREGISTERING', '0'.repeat(32))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Container instance status should be one of [ACTIVE, DRAINING]',
    });
  });
});

describe('DeregisterContainerInstance', () => {
  const deregister = (containerInstance: string, force?: boolean) =>
    rig.ecs.send(
      new DeregisterContainerInstanceCommand({
        containerInstance,
        ...(force === undefined ? {} : { force }),
      }),
    );

  test('is refused while a task runs; with force the task is written off', async () => {
    const arn = await rig.instance();
    const task = await runOne();
    await expect(deregister(arn)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
    });
    expect((await deregister(arn, true)).containerInstance).toMatchObject({
      status: 'INACTIVE',
      runningTasksCount: 0,
      pendingTasksCount: 0,
    });
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }));
    expect(tasks?.[0]).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'Container instance deregistration forced by user',
    });
    expect((await rig.ecs.send(new ListContainerInstancesCommand({}))).containerInstanceArns).toEqual([]);
  });

  test('of an instance that is deregistered already changes nothing', async () => {
    // The connection of an agent would end meanwhile.
    const arn = await rig.instance({ connected: false });
    const first = (await deregister(arn)).containerInstance;
    await rig.clock.advance(1000);
    expect((await deregister(arn.split('/')[2]!)).containerInstance).toEqual(first);
  });

  test('is allowed once the last task has stopped, and of a DRAINING instance', async () => {
    const arn = await rig.instance();
    const task = await runOne();
    await rig.ecs.send(
      new UpdateContainerInstancesStateCommand({ containerInstances: [arn], status: 'DRAINING' }),
    );
    await expect(deregister(arn, false)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await rig.report(task, 'STOPPED');
    expect((await deregister(arn)).containerInstance?.status).toBe('INACTIVE');
  });

  test('leaves the instance describable for an hour, then it is MISSING', async () => {
    const arn = await rig.instance();
    await deregister(arn);
    await rig.clock.advance(3_600_000 - 60_000);
    expect((await show(arn))[0]?.status).toBe('INACTIVE');
    await rig.clock.advance(3 * 60_000);
    expect(await show(arn)).toEqual([]);
  });

  test('refuses what is not there', async () => {
    await expect(deregister(missing)).rejects.toMatchObject({
      name: 'ClientException',
      message: 'The referenced container instance was not found.',
    });
    await expect(deregister('abc')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const command = new DeregisterContainerInstanceCommand({ containerInstance: missing, cluster: 'nope' });
    await expect(rig.ecs.send(command)).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
