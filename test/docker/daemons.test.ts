// Daemons and task sets on a real engine with two container instances: one daemon on each, and a move from blue to green.
import type { Service, TaskSet } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDocker } from './engine.ts';
import { sleeper } from './programs.ts';
import { Rig, until } from './rig.ts';

const containers = [{ name: 'app', command: sleeper() }];

describeWithDocker('two instances on one engine', (engine) => {
  let rig: Rig;
  let instances: readonly string[];

  beforeAll(async () => {
    rig = await Rig.up(engine, { flags: ['--instances', '2', '--healthy-after', '1s'] });
    const { containerInstanceArns } = await rig.ecs.listContainerInstances({ cluster: rig.name });
    instances = containerInstanceArns!.toSorted();
  });
  afterAll(() => rig.close());

  const service = async (name: string): Promise<Service> =>
    (await rig.ecs.describeServices({ cluster: rig.name, services: [name] })).services![0]!;
  /** Ids of the containers that run of a task definition. */
  const running = async (taskDefinition: string): Promise<readonly string[]> => {
    const [family, version] = taskDefinition.split('/').at(-1)!.split(':');
    const label = [
      rig.clusterLabel,
      `com.amazonaws.ecs.task-definition-family=${family}`,
      `com.amazonaws.ecs.task-definition-version=${version}`,
    ];
    return (await rig.docker.listContainers({ filters: { label } })).map(({ Id }) => Id);
  };

  it('each have one daemon, through a rollout, a drain and its end', async () => {
    const first = await rig.register('log', containers);
    await rig.ecs.createService({
      cluster: rig.name,
      serviceName: 'log',
      taskDefinition: first,
      schedulingStrategy: 'DAEMON',
    });
    const on = async (): Promise<readonly string[]> => {
      const { taskArns } = await rig.ecs.listTasks({ cluster: rig.name, serviceName: 'log' });
      if (taskArns!.length === 0) return [];
      const { tasks } = await rig.ecs.describeTasks({ cluster: rig.name, tasks: taskArns });
      return tasks!.map((task) => task.containerInstanceArn!).toSorted();
    };
    const completed = (count: number) =>
      until(async () => {
        const now = await service('log');
        expect(now).toMatchObject({ desiredCount: count, runningCount: count, pendingCount: 0 });
        expect(now.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
      });
    await completed(2);
    expect(await on()).toEqual(instances);
    expect(await running(first)).toHaveLength(2);

    const second = await rig.register('log', containers);
    await rig.ecs.updateService({ cluster: rig.name, service: 'log', taskDefinition: second });
    await completed(2);
    expect(await on()).toEqual(instances);
    expect([(await running(first)).length, (await running(second)).length]).toEqual([0, 2]);

    const drain = (status: 'ACTIVE' | 'DRAINING') =>
      rig.ecs.updateContainerInstancesState({
        cluster: rig.name,
        containerInstances: [instances[0]!],
        status,
      });
    await drain('DRAINING');
    await completed(1);
    expect(await on()).toEqual([instances[1]]);
    await until(async () => expect(await running(second)).toHaveLength(1));
    await drain('ACTIVE');
    await completed(2);

    await rig.ecs.deleteService({ cluster: rig.name, service: 'log' });
    await until(async () => expect(await service('log')).toMatchObject({ status: 'INACTIVE' }));
    expect(await running(second)).toEqual([]);
  });

  it('go from a blue task set to a green one as their own scheduler says', async () => {
    const web = { cluster: rig.name, service: 'web' };
    await rig.ecs.createService({
      cluster: rig.name,
      serviceName: 'web',
      deploymentController: { type: 'EXTERNAL' },
      desiredCount: 2,
    });
    const full = { unit: 'PERCENT', value: 100 } as const;
    const create = async (taskDefinition: string): Promise<string> =>
      (await rig.ecs.createTaskSet({ ...web, taskDefinition, scale: full })).taskSet!.id!;
    const steady = (id: string): Promise<TaskSet> =>
      until(async () => {
        const { taskSets } = await rig.ecs.describeTaskSets({ ...web, taskSets: [id] });
        expect(taskSets).toMatchObject([{ stabilityStatus: 'STEADY_STATE' }]);
        return taskSets![0]!;
      });
    const old = await rig.register('web', containers);
    const blue = await create(old);
    expect(await steady(blue)).toMatchObject({ computedDesiredCount: 2, runningCount: 2 });
    await rig.ecs.updateServicePrimaryTaskSet({ ...web, primaryTaskSet: blue });

    const renewed = await rig.register('web', containers);
    const green = await create(renewed);
    expect(await steady(green)).toMatchObject({ runningCount: 2 });
    expect([(await running(old)).length, (await running(renewed)).length]).toEqual([2, 2]);
    await rig.ecs.updateServicePrimaryTaskSet({ ...web, primaryTaskSet: green });
    await rig.ecs.updateTaskSet({ ...web, taskSet: blue, scale: { unit: 'PERCENT', value: 0 } });
    expect(await steady(blue)).toMatchObject({ runningCount: 0 });
    await rig.ecs.deleteTaskSet({ ...web, taskSet: blue });
    await until(async () => {
      const now = await service('web');
      expect(now.taskSets).toMatchObject([{ id: green, status: 'PRIMARY', runningCount: 2 }]);
      expect(now.taskDefinition).toBe(renewed);
    });
    expect([(await running(old)).length, (await running(renewed)).length]).toEqual([0, 2]);

    await rig.ecs.deleteService({ ...web, force: true });
    await until(async () => expect(await service('web')).toMatchObject({ status: 'INACTIVE' }));
    expect(await running(renewed)).toEqual([]);
  });
});
