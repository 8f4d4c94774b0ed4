import {
  CreateClusterCommand,
  CreateServiceCommand,
  GetTaskProtectionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  await rig.instance({ cpu: 100_000, memory: 100_000 });
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i', memory: 6 }],
    }),
  );
});

/** Tasks that service `web` has started. */
async function run(count: number): Promise<string[]> {
  const more = { taskDefinition: 'web', desiredCount: count };
  await rig.ecs.send(new CreateServiceCommand({ serviceName: 'web', ...more }));
  await rig.clock.advance(1000);
  const { taskArns } = await rig.ecs.send(new ListTasksCommand({ serviceName: 'web' }));
  expect(taskArns).toHaveLength(count);
  return taskArns!;
}

/** Tasks that no service has started. */
async function runAlone(count: number): Promise<string[]> {
  const started: string[] = [];
  while (started.length < count) {
    const answer = await rig.ecs.send(
      new RunTaskCommand({ taskDefinition: 'web', count: Math.min(10, count - started.length) }),
    );
    started.push(...answer.tasks!.map((task) => task.taskArn!));
  }
  return started;
}

const update = (arns: string[], protectionEnabled: boolean, expiresInMinutes?: number) =>
  rig.ecs.send(
    new UpdateTaskProtectionCommand({ cluster: 'default', tasks: arns, protectionEnabled, expiresInMinutes }),
  );
const get = (arns: string[]) =>
  rig.ecs.send(new GetTaskProtectionCommand({ cluster: 'default', tasks: arns }));
const inMinutes = (minutes: number) => new Date(rig.clock.now() + minutes * 60_000);
const missing = `${arnPrefix}:task/default/${'0'.repeat(32)}`;
const invalid = { name: 'InvalidParameterException' };

describe('UpdateTaskProtection', () => {
  test.each([
    [undefined, 120],
    [1, 1],
    [2880, 2880],
  ])('with expiresInMinutes %s protects for %i minutes and no longer', async (expiresInMinutes, minutes) => {
    const [taskArn] = (await run(1)) as [string];
    const expirationDate = inMinutes(minutes);
    const on = { taskArn, protectionEnabled: true, expirationDate };
    expect(await update([taskArn], true, expiresInMinutes)).toMatchObject({
      protectedTasks: [on],
      failures: [],
    });
    await rig.clock.advance(minutes * 60_000 - 1);
    expect((await get([taskArn])).protectedTasks).toEqual([on]);
    await rig.clock.advance(1);
    expect((await get([taskArn])).protectedTasks).toEqual([{ taskArn, protectionEnabled: false }]);
  });

  test('asked again begins anew, and off is off at once', async () => {
    const [taskArn] = (await run(1)) as [string];
    await update([taskArn], true, 10);
    await rig.clock.advance(9 * 60_000);
    const { protectedTasks } = await update([taskArn], true, 10);
    expect(protectedTasks).toEqual([{ taskArn, protectionEnabled: true, expirationDate: inMinutes(10) }]);
    const off = [{ taskArn, protectionEnabled: false }];
    expect((await update([taskArn], false)).protectedTasks).toEqual(off);
    expect((await get([taskArn])).protectedTasks).toEqual(off);
    const { revision } = rig.controlPlane.store;
    await update([taskArn], false);
    expect(rig.controlPlane.store.revision).toBe(revision);
  });

  test('fails for standalone and stopped tasks and those that are not there, and does the others', async () => {
    const [standalone] = (await runAlone(1)) as [string];
    const [stopped, protectedTask] = (await run(2)) as [string, string];
    await rig.report(stopped, 'STOPPED');
    const { protectedTasks, failures } = await update([missing, standalone, stopped, protectedTask], true);
    expect(protectedTasks).toMatchObject([{ taskArn: protectedTask, protectionEnabled: true }]);
    expect(failures).toEqual([
      { arn: missing, reason: 'MISSING' },
      { arn: standalone, reason: 'TASK_NOT_VALID' },
      { arn: stopped, reason: 'TASK_NOT_VALID' },
    ]);
  });

  test('takes ten tasks, by id or ARN', async () => {
    const arns = await run(11);
    await expect(update(arns, true)).rejects.toMatchObject(invalid);
    const ids = arns.map((arn) => arn.slice(-32));
    expect((await update(ids.slice(0, 10), true)).protectedTasks).toHaveLength(10);
  });

  test.each([0, -1, 2881])('refuses expiresInMinutes %i', async (minutes) => {
    await expect(update([missing], true, minutes)).rejects.toMatchObject(invalid);
  });

  test('refuses no tasks, an unknown cluster, and what can be no task', async () => {
    await expect(update([], true)).rejects.toMatchObject({ ...invalid, message: 'Tasks cannot be empty.' });
    await expect(update(['x'], true)).rejects.toMatchObject(invalid);
    await expect(
      rig.ecs.send(
        new UpdateTaskProtectionCommand({ cluster: 'nope', tasks: [missing], protectionEnabled: true }),
      ),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('GetTaskProtection', () => {
  test('answers for up to a hundred tasks, standalone ones too', async () => {
    const arns = await runAlone(100);
    expect((await get(arns)).protectedTasks).toEqual(
      arns.map((taskArn) => ({ taskArn, protectionEnabled: false })),
    );
    await expect(get([...arns, missing])).rejects.toMatchObject(invalid);
  });

  test('fails for tasks that are not there', async () => {
    expect((await get([missing])).failures).toEqual([{ arn: missing, reason: 'MISSING' }]);
  });

  test('has no protection of a task that stopped', async () => {
    const [taskArn] = (await run(1)) as [string];
    await update([taskArn], true);
    await rig.report(taskArn, 'STOPPED');
    expect((await get([taskArn])).protectedTasks).toEqual([{ taskArn, protectionEnabled: false }]);
  });

  test('refuses no tasks and an unknown cluster', async () => {
    await expect(get([])).rejects.toMatchObject({ ...invalid, message: 'Tasks cannot be empty.' });
    await expect(
      rig.ecs.send(new GetTaskProtectionCommand({ cluster: 'nope', tasks: [missing] })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
