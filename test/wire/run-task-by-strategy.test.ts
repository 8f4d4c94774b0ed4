// RunTask by capacity providers: which instances are whose, how tasks are divided, and what waits for capacity.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  PutAttributesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  SubmitTaskStateChangeCommand,
  type CapacityProviderStrategyItem,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'busybox', memory: 1024 }],
    }),
  );
});

const provider = (name: string, scaled = false) =>
  rig.ecs.send(
    new CreateCapacityProviderCommand({
      name,
      autoScalingGroupProvider: {
        autoScalingGroupArn: `group-of-${name}`,
        managedScaling: { status: scaled ? 'ENABLED' : 'DISABLED' },
      },
    }),
  );

const associate = (names: string[], defaults: CapacityProviderStrategyItem[] = []) =>
  rig.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: names,
      defaultCapacityProviderStrategy: defaults,
    }),
  );

/** Each with room for four tasks. */
const instanceOf = async (name: string): Promise<string> => {
  const targetId = await rig.instance();
  const attribute = { name: 'longshore.auto-scaling-group', value: `group-of-${name}`, targetId };
  await rig.ecs.send(new PutAttributesCommand({ attributes: [attribute] }));
  return targetId;
};

const item = (capacityProvider: string, weight = 1, base = 0): CapacityProviderStrategyItem => ({
  capacityProvider,
  weight,
  base,
});
const run = (strategy: CapacityProviderStrategyItem[], more: Partial<RunTaskCommandInput> = {}) =>
  rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', capacityProviderStrategy: strategy, ...more }));
const show = async (task: string) =>
  (await rig.ecs.send(new DescribeTasksCommand({ tasks: [task] }))).tasks![0]!;
const providerOf = async (instance: string) => {
  const command = new DescribeContainerInstancesCommand({ containerInstances: [instance] });
  return (await rig.ecs.send(command)).containerInstances![0]!.capacityProviderName;
};

describe('DescribeContainerInstances', () => {
  test('names the provider of the instance’s group once the cluster is associated with it', async () => {
    await provider('p');
    const instance = await instanceOf('p');
    const other = await rig.instance();
    expect(await providerOf(instance)).toBeUndefined();
    await associate(['p']);
    expect(await providerOf(instance)).toBe('p');
    expect(await providerOf(other)).toBeUndefined();
  });
});

describe('RunTask', () => {
  test('places a strategy’s tasks on its provider’s instances alone, and says so in place of a launch type', async () => {
    await provider('p');
    await associate(['p']);
    await rig.instance();
    const instance = await instanceOf('p');
    const { tasks, failures } = await run([item('p')], { count: 2 });
    expect(failures).toEqual([]);
    expect(tasks).toMatchObject(
      Array(2).fill({ containerInstanceArn: instance, capacityProviderName: 'p', lastStatus: 'PENDING' }),
    );
    expect(tasks![0]!.launchType).toBe('EC2');
    expect(await show(tasks![0]!.taskArn!)).toMatchObject({ capacityProviderName: 'p' });
  });

  test('gives the base first and divides the rest by weight', async () => {
    await provider('p');
    await provider('q');
    await associate(['p', 'q']);
    for (const name of ['p', 'p', 'q', 'q']) await instanceOf(name);
    const { tasks } = await run([item('p', 1, 2), item('q', 3)], { count: 6 });
    const names = tasks!.map(({ capacityProviderName }) => capacityProviderName);
    expect(names.filter((name) => name === 'p')).toHaveLength(3);
    expect(names.filter((name) => name === 'q')).toHaveLength(3);
  });

  test('takes the cluster’s default strategy when neither strategy nor launch type is given', async () => {
    await provider('p');
    await associate(['p'], [item('p')]);
    await instanceOf('p');
    const byDefault = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
    expect(byDefault.tasks).toMatchObject([{ capacityProviderName: 'p' }]);
    const byType = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', launchType: 'EC2' }));
    expect(byType.tasks).toMatchObject([{ launchType: 'EC2' }]);
    expect(byType.tasks![0]!.capacityProviderName).toBeUndefined();
  });

  test('explains what an unscaled provider has no room for', async () => {
    await provider('p');
    await provider('q');
    await associate(['p', 'q']);
    const instance = await instanceOf('p');
    const { tasks, failures } = await run([item('p')], { count: 6 });
    expect(tasks).toHaveLength(4);
    expect(failures).toMatchObject([{ arn: instance, reason: 'RESOURCE:MEMORY' }]);
    expect((await run([item('p'), item('q')], { count: 2 })).failures).toMatchObject([
      { arn: instance, reason: 'RESOURCE:MEMORY' },
      { arn: `${arnPrefix}:capacity-provider/q`, reason: 'EMPTY CAPACITY PROVIDER' },
    ]);
  });

  test('is refused where unscaled providers have no instances at all', async () => {
    await provider('p');
    await associate(['p']);
    await rig.instance();
    await expect(run([item('p')])).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'No Container Instances were found in your capacity provider.',
    });
  });

  test.each(['FARGATE', 'FARGATE_SPOT'])('says that %s is not built', async (name) => {
    await associate([name], [item(name)]);
    const refusal = {
      name: 'UnsupportedFeatureException',
      message: `Longshore does not support the ${name} capacity provider yet.`,
    };
    await expect(run([item(name)])).rejects.toMatchObject(refusal);
    await expect(rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).rejects.toMatchObject(refusal);
  });

  describe('with a provider that is scaled', () => {
    beforeEach(async () => {
      await provider('p', true);
      await associate(['p']);
    });

    test('answers PROVISIONING tasks for what there is no room for', async () => {
      await instanceOf('p');
      const { tasks, failures } = await run([item('p')], { count: 5, clientToken: 'once' });
      expect(failures).toEqual([]);
      expect(tasks!.map(({ lastStatus }) => lastStatus)).toEqual([
        ...Array<string>(4).fill('PENDING'),
        'PROVISIONING',
      ]);
      const { taskArn, ...waiting } = tasks![4]!;
      expect(waiting).toMatchObject({ desiredStatus: 'RUNNING', capacityProviderName: 'p', version: 1 });
      expect(waiting.containerInstanceArn).toBeUndefined();
      expect(waiting.connectivity).toBeUndefined();
      const listed = await rig.ecs.send(new ListTasksCommand({}));
      expect(listed.taskArns).toContain(taskArn);
      const again = await run([item('p')], { count: 5, clientToken: 'once' });
      expect(new Set(again.tasks!.map((task) => task.taskArn))).toEqual(
        new Set(tasks!.map((task) => task.taskArn)),
      );
    });

    test('waits where the provider has no instances, whatever else the cluster has', async () => {
      await rig.instance();
      expect((await run([item('p')])).tasks).toMatchObject([{ lastStatus: 'PROVISIONING' }]);
    });

    test('has at most 500 tasks of a cluster wait', async () => {
      for (let at = 0; at < 49; at++) await run([item('p')], { count: 10 });
      const before = rig.controlPlane.store.revision;
      await run([item('p')], { count: 9 });
      await expect(run([item('p')], { count: 2 })).rejects.toMatchObject({
        name: 'ClientException',
        message: 'Tasks provisioning capacity limit exceeded.',
      });
      expect(rig.controlPlane.store.revision).toBe(before + 1);
      expect((await run([item('p')])).tasks).toHaveLength(1);
    });
  });
});

describe('a task that waits for capacity', () => {
  let waiting: string;
  beforeEach(async () => {
    await provider('p', true);
    await associate(['p']);
    waiting = (await run([item('p')])).tasks![0]!.taskArn!;
  });

  test('is STOPPED at once by StopTask', async () => {
    const { task } = await rig.ecs.send(new StopTaskCommand({ task: waiting, reason: 'enough' }));
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      stoppedAt: new Date(rig.clock.now()),
      containers: [{ lastStatus: 'STOPPED' }],
    });
    expect((await rig.ecs.send(new StopTaskCommand({ task: waiting }))).task!.stoppedReason).toBe('enough');
  });

  test('keeps its provider and its cluster', async () => {
    await expect(associate([])).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(rig.ecs.send(new DeleteClusterCommand({ cluster: 'default' }))).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
    });
  });

  test('cannot be reported by SubmitTaskStateChange: no agent has it', async () => {
    const command = new SubmitTaskStateChangeCommand({
      cluster: 'default',
      task: waiting,
      status: 'RUNNING',
    });
    await expect(rig.ecs.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect((await show(waiting)).lastStatus).toBe('PROVISIONING');
  });
});
