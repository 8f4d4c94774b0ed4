// ListContainerInstances with a cluster query, with states, and page by page.
import {
  CreateClusterCommand,
  DeregisterContainerInstanceCommand,
  ListContainerInstancesCommand,
  PutAttributesCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  StartTaskCommand,
  UpdateContainerInstancesStateCommand,
  type ListContainerInstancesCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { account, EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

const list = (input: ListContainerInstancesCommandInput = {}) =>
  rig.ecs.send(new ListContainerInstancesCommand(input));
const found = async (filter: string, status?: 'ACTIVE' | 'DRAINING') =>
  new Set((await list({ filter, ...(status && { status }) })).containerInstanceArns);
const drain = (...containerInstances: string[]) =>
  rig.ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances, status: 'DRAINING' }));
const instances = async (count: number): Promise<string[]> => {
  const arns: string[] = [];
  while (arns.length < count) arns.push(await rig.instance());
  return arns.toSorted();
};

describe('ListContainerInstances', () => {
  test('lists all but INACTIVE, or those of one state', async () => {
    const [a, b, c] = (await instances(3)) as [string, string, string];
    await drain(b);
    await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance: c }));
    const listed = async (status?: 'ACTIVE' | 'DRAINING' | 'REGISTERING') =>
      (await list({ ...(status && { status }) })).containerInstanceArns;
    expect(await listed()).toEqual([a, b]);
    expect(await listed('ACTIVE')).toEqual([a]);
    expect(await listed('DRAINING')).toEqual([b]);
    expect(await listed('REGISTERING')).toEqual([]);
    await expect(list({ status: 'INACTIVE' as 'ACTIVE' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('answers a query of anything that the instance is', async () => {
    const identity = { accountId: account, region: 'us-east-1', instanceId: 'i-1', instanceType: 'g2.x' };
    const register = async (input: object) => {
      const { containerInstance } = await rig.ecs.send(new RegisterContainerInstanceCommand(input));
      return containerInstance!.containerInstanceArn!;
    };
    const a = await register({
      instanceIdentityDocument: JSON.stringify(identity),
      versionInfo: { agentVersion: '1.14.5' },
    });
    const from = new Date(rig.clock.now() + 1000).toISOString();
    await rig.clock.advance(2000);
    const b = await register({ versionInfo: { agentVersion: '1.9.0' } });
    rig.connect(b);
    await rig.ecs.send(
      new PutAttributesCommand({ attributes: [{ name: 'stack', value: 'blue', targetId: b }] }),
    );
    for (const [query, expected] of [
      ['attribute:ecs.instance-type =~ g2.*', [a]],
      ['attribute:stack == blue', [b]],
      ['attribute:stack !exists', [a]],
      ['attribute:ecs.availability-zone in [us-east-1a, us-east-1b]', [a, b]],
      ['agentConnected == true', [b]],
      ['agentVersion > 1.10', [a]],
      ["ec2InstanceId in ['i-1']", [a]],
      [`registeredAt >= ${from}`, [b]],
      ['runningTasksCount == 0', [a, b]],
      ['task:group == family:web', []],
      ['not (agentConnected == true) or attribute:stack == blue', [a, b]],
    ] as const) {
      expect([query, await found(query)]).toEqual([query, new Set(expected)]);
    }
  });

  test('asks for the groups and the number of tasks that are there now', async () => {
    const [a, b] = (await instances(2)) as [string, string];
    const containerDefinitions = [{ name: 'c', image: 'i', memory: 64 }];
    await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
    const { tasks } = await rig.ecs.send(
      new StartTaskCommand({ taskDefinition: 'web', containerInstances: [a] }),
    );
    const task = tasks![0]!.taskArn!;
    expect(await found('task:group == family:web')).toEqual(new Set([a]));
    expect(await found('not(task:group == family:web)')).toEqual(new Set([b]));
    expect(await found('runningTasksCount > 0')).toEqual(new Set());
    await rig.report(task, 'RUNNING');
    expect(await found('runningTasksCount > 0')).toEqual(new Set([a]));
    await rig.report(task, 'STOPPED');
    expect(await found('task:group == family:web')).toEqual(new Set());
    expect(await found('runningTasksCount > 0')).toEqual(new Set());
  });

  test('query and state hold together, on every page', async () => {
    const all = await instances(12);
    const marked = all.filter((_, at) => at % 3 !== 0);
    const draining = all.slice(0, 8);
    for (const targetId of marked) {
      await rig.ecs.send(new PutAttributesCommand({ attributes: [{ name: 'marked', targetId }] }));
    }
    await drain(...draining);
    const wanted = marked.filter((arn) => draining.includes(arn));
    const filter = 'attribute:marked exists';
    for (const maxResults of [1, 2, 5, 6, 100]) {
      const paged: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await list({ filter, status: 'DRAINING', maxResults, nextToken });
        expect(page.containerInstanceArns!.length).toBeLessThanOrEqual(maxResults);
        paged.push(...page.containerInstanceArns!);
        nextToken = page.nextToken;
      } while (nextToken);
      expect(paged).toEqual(wanted);
    }
  });

  test.each([
    ['stack == x', 'at position 1: '],
    ['attribute:stack ==', 'at position 19: '],
    ['attribute:stack =~ "("', 'is not a regular expression'],
    ['registeredAt > soon', 'is not a date'],
    ['task:group > 3', "cannot be asked with '>'"],
    [`attribute:a == ${'x'.repeat(1986)}`, 'at most 2000 characters'],
  ])('the query %s is refused with the place of what is wrong', async (filter, message) => {
    await expect(list({ filter })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('a query of 2,000 characters is answered', async () => {
    expect(await found(`attribute:a == ${'x'.repeat(1985)}`)).toEqual(new Set());
  });

  test('refuses pages out of range, a token of another query and an unknown cluster', async () => {
    await instances(2);
    for (const maxResults of [0, 101]) {
      await expect(list({ maxResults })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    const { nextToken } = await list({ maxResults: 1 });
    await expect(list({ nextToken, filter: 'agentConnected == true' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Invalid token'),
    });
    await expect(list({ cluster: 'nope' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
