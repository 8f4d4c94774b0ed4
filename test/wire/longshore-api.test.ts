// Longshore's own API beside ECS: plans, and access keys.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ListClustersCommand,
  ListTasksCommand,
  PutAttributesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type {
  CreateAccessKeyOutput,
  DescribeInstanceHostsInput,
  DescribeInstanceHostsOutput,
  DescribeTaskEndsInput,
  DescribeTaskEndsOutput,
  ExplainPlacementOutput,
  ListAccessKeysOutput,
  PlanPlacementInput,
  PlanPlacementOutput,
} from '../../src/longshore/contract.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';
import { longshoreCall } from './longshore-call.ts';
import { sdkClient } from '../../test-support/sdk-client.ts';

/** Of the rig's instances, which have no identity document. */
const ec2InstanceId = expect.stringMatching(/^mi-[0-9a-f]{17}$/) as string;

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

async function inZone(zone: string, memory: number): Promise<string> {
  const targetId = await rig.instance({ memory });
  await rig.ecs.send(new PutAttributesCommand({ attributes: [{ name: 'zone', value: zone, targetId }] }));
  return targetId;
}

describe('PlanPlacement', () => {
  let a: string;
  let b: string;
  beforeEach(async () => {
    a = await inZone('a', 500);
    b = await inZone('b', 300);
    for (const [family, memory] of [
      ['web', 100],
      ['big', 250],
    ] as const) {
      await rig.ecs.send(
        new RegisterTaskDefinitionCommand({
          family,
          containerDefinitions: [{ name: 'app', image: 'busybox', memory }],
        }),
      );
    }
  });
  const plan = (input: PlanPlacementInput) => longshoreCall<PlanPlacementOutput>(rig, 'PlanPlacement', input);
  const where = ({ runs }: PlanPlacementOutput) =>
    runs.map(({ placements }) =>
      Object.fromEntries(placements.map((one) => [one.containerInstanceArn === a ? 'a' : 'b', one.count])),
    );

  test('says where runs would go, one after the other, and changes nothing', async () => {
    const input: PlanPlacementInput = {
      runs: [
        { taskDefinition: 'big', count: 2, placementConstraints: [{ type: 'distinctInstance' }] },
        { taskDefinition: 'web', count: 4, placementStrategy: [{ type: 'binpack', field: 'memory' }] },
      ],
    };
    const planned = await plan(input);
    expect(planned.instances).toBe(2);
    expect(where(planned)).toEqual([{ a: 1, b: 1 }, { a: 2 }]);
    expect(planned.runs[1]).toMatchObject({
      cause: 'run',
      taskDefinition: 'web:1',
      group: 'family:web',
      wanted: 4,
      placed: 2,
      verdicts: [{ reason: 'RESOURCE:MEMORY', count: 2, instances: { length: 2 } }],
    });
    expect(await plan(input)).toEqual(planned);
    expect((await rig.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([]);
  });

  test('does as RunTask does then', async () => {
    const runs = [
      {
        taskDefinition: 'web',
        count: 4,
        placementStrategy: [{ type: 'spread' as const, field: 'attribute:zone' }],
      },
    ];
    expect(where(await plan({ runs }))).toEqual([{ a: 2, b: 2 }]);
    const { tasks: created } = await rig.ecs.send(new RunTaskCommand({ ...runs[0], taskDefinition: 'web' }));
    expect(created!.filter((task) => task.containerInstanceArn === a)).toHaveLength(2);
  });

  test.each<[string, () => string]>([
    ['a cluster query', () => 'attribute:zone == a'],
    ['an ARN', () => a],
    ['an id', () => a.split('/').at(-1)!],
  ])('does without instances named by %s', async (_name, without) => {
    const planned = await plan({ runs: [{ taskDefinition: 'big', count: 2 }], without: [without()] });
    expect(planned).toMatchObject({
      instances: 1,
      lost: {
        instances: [{ containerInstanceArn: a, ec2InstanceId }],
        standaloneTasks: [],
        standaloneTaskCount: 0,
      },
    });
    expect(where(planned)).toEqual([{ b: 1 }]);
  });

  describe('of services', () => {
    /** Service `shop` with a task on each of the instances; answers their ARNs. */
    const runShop = async (instances: readonly string[]): Promise<string[]> => {
      await rig.ecs.send(
        new CreateServiceCommand({ serviceName: 'shop', taskDefinition: 'web', desiredCount: 0 }),
      );
      return rig.growService(
        'shop',
        instances.map((instance) => [instance]),
      );
    };

    test('replaces their tasks of lost instances, and names those that nobody replaces', async () => {
      await runShop([a, a, b]);
      const { tasks: alone } = await rig.ecs.send(
        new RunTaskCommand({
          taskDefinition: 'web',
          placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }],
        }),
      );
      const planned = await plan({ without: ['attribute:zone == a'] });
      expect(planned.lost).toEqual({
        instances: [{ containerInstanceArn: a, ec2InstanceId }],
        standaloneTasks: [alone![0]!.taskArn],
        standaloneTaskCount: 1,
      });
      expect(planned.runs).toMatchObject([
        { cause: 'lost', group: 'service:shop', wanted: 2, placed: 2, placements: [{ count: 2 }] },
      ]);
    });

    test('starts what more is wanted', async () => {
      await runShop([a]);
      const planned = await plan({ services: [{ service: 'shop', desiredCount: 9 }] });
      expect(planned.runs).toMatchObject([{ cause: 'service', wanted: 8, placed: 7 }]);
    });

    test('stops what is too many, from where there is most, and uses the room', async () => {
      const shop = await runShop([a, a, a, b]);
      const planned = await plan({
        services: [{ service: 'shop', desiredCount: 2 }],
        runs: [{ taskDefinition: 'big', count: 1 }],
      });
      // Of equals the first in the order of their ARNs.
      const onA = shop.slice(0, 3).toSorted();
      expect(planned.stopped).toEqual([
        { serviceArn: expect.stringMatching(/shop$/), count: 2, taskArns: onA.slice(0, 2) },
      ]);
      expect(where(planned)).toEqual([{ a: 1 }]);
      expect((await plan({ runs: [{ taskDefinition: 'big', count: 1 }] })).runs[0]!.placed).toBe(0);
    });

    test('stops what its scheduler would: what only starts, and nothing that is protected', async () => {
      const shop = await runShop([a, a, a]);
      const [kept, ...others] = shop.toSorted() as [string, ...string[]];
      await rig.ecs.send(
        new UpdateTaskProtectionCommand({ cluster: 'default', tasks: [kept], protectionEnabled: true }),
      );
      await rig.withOnly([b], async () => {
        await rig.ecs.send(new UpdateServiceCommand({ service: 'shop', desiredCount: 4 }));
        await rig.clock.advance(1000);
      });
      const { taskArns } = await rig.ecs.send(new ListTasksCommand({ serviceName: 'shop' }));
      const starts = taskArns!.filter((arn) => !shop.includes(arn));
      expect(starts).toHaveLength(1);
      const stops = async (desiredCount: number) => {
        const { stopped } = await plan({ services: [{ service: 'shop', desiredCount }] });
        return stopped.flatMap(({ taskArns: arns }) => arns);
      };
      expect(await stops(3)).toEqual(starts);
      expect(await stops(0)).toEqual([...starts, ...others]);
    });

    test('a count that the plan gives covers what is lost', async () => {
      await runShop([a, b]);
      const planned = await plan({ without: [a], services: [{ service: 'shop', desiredCount: 2 }] });
      expect(planned.runs).toMatchObject([{ cause: 'service', wanted: 1, placed: 1 }]);
    });
  });

  test.each<[PlanPlacementInput, string, string]>([
    [{ runs: [{ taskDefinition: 'nope' }] }, 'ResourceNotFoundException', 'nope'],
    [{ runs: [{ taskDefinition: 'web', count: 0 }] }, 'InvalidParameterException', 'between 1 and 1000'],
    [{ runs: [{ taskDefinition: 'web', count: 1001 }] }, 'InvalidParameterException', 'between 1 and 1000'],
    [
      { runs: [{ taskDefinition: 'web', placementStrategy: [{ type: 'spread' }] }] },
      'InvalidParameterException',
      'needs a field',
    ],
    [
      { runs: Array.from({ length: 6 }, () => ({ taskDefinition: 'web', count: 1000 })) },
      'InvalidParameterException',
      'maximum of 5000 tasks',
    ],
    [{ without: Array.from({ length: 51 }, () => 'x') }, 'InvalidParameterException', 'maximum of 50'],
    [{ without: ['attribute:zone ='] }, 'InvalidParameterException', 'position'],
    [{ without: ['f'.repeat(32)] }, 'ResourceNotFoundException', 'container instance'],
    [{ services: [{ service: 'nope', desiredCount: 1 }] }, 'ServiceNotFoundException', ''],
    [{ cluster: 'nope' }, 'ClusterNotFoundException', ''],
  ])('refuses %j', async (input, code, text) => {
    await expect(plan(input)).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });
});

describe('DescribeInstanceHosts', () => {
  const hosts = async (input: DescribeInstanceHostsInput) =>
    (await longshoreCall<DescribeInstanceHostsOutput>(rig, 'DescribeInstanceHosts', input)).hosts;

  test('tells on which machines instances are, all or those that are named', async () => {
    const [a, b] = [await rig.instance(), await rig.instance()];
    rig.connect(a, { name: 'box-1', address: '10.0.0.5' });
    const onA = { containerInstanceArn: a, ec2InstanceId, hostName: 'box-1', address: '10.0.0.5' };
    expect(await hosts({})).toEqual(
      expect.arrayContaining([onA, { containerInstanceArn: b, ec2InstanceId }]),
    );
    expect(await hosts({ containerInstances: [a.split('/').at(-1)!, 'nope'] })).toEqual([onA]);
    expect(await hosts({ containerInstances: [] })).toEqual([]);
  });

  test('tells which of them cannot be heard of: no agent is connected, or its engine does not answer', async () => {
    const [heard, away, engineless] = [
      await rig.instance(),
      await rig.instance({ connected: false }),
      await rig.instance(),
    ];
    await rig.reportInstanceStatus(engineless, 'IMPAIRED');
    const unreachable = (await hosts({})).filter((one) => one.isUnreachable);
    expect(unreachable.map((one) => one.containerInstanceArn).toSorted()).toEqual(
      [away, engineless].toSorted(),
    );
    expect(unreachable).not.toContain(heard);
  });

  test('refuses an unknown cluster', async () => {
    await expect(hosts({ cluster: 'nope' })).rejects.toMatchObject({ code: 'ClusterNotFoundException' });
  });
});

describe('DescribeTaskEnds', () => {
  const ends = async (input: DescribeTaskEndsInput) =>
    (await longshoreCall<DescribeTaskEndsOutput>(rig, 'DescribeTaskEnds', input)).ends;

  test('tells which tasks their hosts ended, as explaining one does', async () => {
    await rig.instance();
    const app = { name: 'app', image: 'busybox', memory: 20 };
    await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'ends', containerDefinitions: [app] }));
    const { tasks: [own, hosts] = [] } = await rig.ecs.send(
      new RunTaskCommand({ taskDefinition: 'ends', count: 2 }),
    );
    const stop = (task: string, fields: object) =>
      rawCall(rig, 'SubmitTaskStateChange', {
        task,
        status: 'STOPPED',
        containers: [{ containerName: 'app', status: 'STOPPED', exitCode: 143 }],
        ...fields,
      });
    await stop(own!.taskArn!, {});
    await stop(hosts!.taskArn!, { longshoreEndedByHost: true });
    const tasks = [own!.taskArn!, hosts!.taskArn!.split('/').at(-1)!, 'nope'];
    expect(await ends({ tasks })).toEqual([{ taskArn: hosts!.taskArn!, isEndedByHost: true }]);
    expect(await ends({})).toEqual([]);
    const explained = async (task: string) =>
      (await longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', { task })).task;
    expect(await explained(hosts!.taskArn!)).toMatchObject({ isEndedByHost: true });
    expect(await explained(own!.taskArn!)).not.toHaveProperty('isEndedByHost');
  });

  test('refuses an unknown cluster and more than 100 tasks', async () => {
    await expect(ends({ cluster: 'nope' })).rejects.toMatchObject({ code: 'ClusterNotFoundException' });
    await expect(ends({ tasks: Array<string>(101).fill('x') })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  });
});

test('a plan and an explanation name the machines, and a plan can lose one by its name', async () => {
  const [a, b] = [await rig.instance({ memory: 100 }), await rig.instance({ memory: 100 })];
  rig.connect(a, { name: 'box-1', address: '10.0.0.5' });
  rig.connect(b, { address: '10.0.0.6' });
  const app = { name: 'app', image: 'busybox', memory: 200 };
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'big', containerDefinitions: [app] }));
  const told = await longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', {
    taskDefinition: 'big',
  });
  expect(told.now.verdicts[0]!.instances).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ containerInstanceArn: a, hostName: 'box-1', address: '10.0.0.5' }),
      expect.objectContaining({ containerInstanceArn: b, address: '10.0.0.6' }),
    ]),
  );
  const named = `that much is free on (box-1|10\\.0\\.0\\.6) \\(mi-[0-9a-f]{17}\\)\\.$`;
  expect(told.suggestions[0]!.text).toMatch(new RegExp(named));
  const planned = await longshoreCall<PlanPlacementOutput>(rig, 'PlanPlacement', { without: ['box-1'] });
  expect(planned.lost.instances).toEqual([
    { containerInstanceArn: a, ec2InstanceId, hostName: 'box-1', address: '10.0.0.5' },
  ]);
});

describe('short ids', () => {
  beforeEach(async () => {
    await rig.instance({ memory: 20_000 });
    const app = { name: 'app', image: 'busybox', memory: 6 };
    await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [app] }));
  });
  const run = async (count: number): Promise<string[]> =>
    (await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web', count }))).tasks!.map(
      ({ taskArn }) => taskArn!,
    );
  const idOf = (arn: string): string => arn.split('/').at(-1)!;
  const explained = async (task: string) =>
    (await longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', { task })).task!.taskArn;
  const refused = async (task: string, code: string, message: string): Promise<void> => {
    const told = { code, message: expect.stringContaining(message) };
    await expect(explained(task)).rejects.toMatchObject(told);
    await expect(longshoreCall(rig, 'ReplaceTask', { task })).rejects.toMatchObject(told);
  };

  test('stand for the one task that begins so', async () => {
    const [one, other] = await run(2);
    expect(await explained(idOf(one!).slice(0, 4))).toBe(one);
    expect(await explained(idOf(other!).slice(0, 12))).toBe(other);
    expect(await explained(idOf(one!))).toBe(one);
  });

  test('are refused where no task begins so, or with fewer than four digits', async () => {
    const id = idOf((await run(1))[0]!);
    const short = id.slice(0, 3);
    await refused(short, 'ResourceNotFoundException', `The task ${short} was not found.`);
    const unknown = id.startsWith('3333') ? '4444' : '3333';
    await refused(unknown, 'ResourceNotFoundException', `The task ${unknown} was not found.`);
  });

  test('are refused where several tasks begin so', async () => {
    const seen = new Set<string>();
    let shared: string | undefined;
    // As with birthdays: some 300 tasks.
    while (shared === undefined)
      for (const id of (await run(10)).map((arn) => idOf(arn).slice(0, 4))) {
        if (seen.has(id)) shared = id;
        seen.add(id);
      }
    const message = `Several tasks have ids that begin with ${shared}`;
    await refused(shared, 'InvalidParameterException', message);
  });

  test('stand for a container instance too', async () => {
    const instance = await rig.instance();
    const short = instance.split('/').at(-1)!.slice(0, 8);
    const planned = await longshoreCall<PlanPlacementOutput>(rig, 'PlanPlacement', { without: [short] });
    expect(planned.lost.instances).toEqual([{ containerInstanceArn: instance, ec2InstanceId }]);
  });
});

describe('access keys', () => {
  const create = async (userName?: string) =>
    (await longshoreCall<CreateAccessKeyOutput>(rig, 'CreateAccessKey', { userName })).accessKey;
  const list = async () => (await longshoreCall<ListAccessKeysOutput>(rig, 'ListAccessKeys', {})).accessKeys;
  const remove = (accessKeyId: string) => longshoreCall(rig, 'DeleteAccessKey', { accessKeyId });
  const clustersBy = (key: { accessKeyId: string; secretAccessKey: string }) =>
    sdkClient(rig.controlPlane.handle, key, { clock: rig.clock }).send(new ListClustersCommand({}));

  describe('CreateAccessKey', () => {
    test('makes a key that works at once, for whom it is named', async () => {
      const key = await create('build-7');
      expect(key).toMatchObject({ status: 'Active', userName: 'build-7', createdAt: rig.clock.now() / 1000 });
      expect((await clustersBy(key)).clusterArns).toHaveLength(1);
      expect((await create()).userName).toBe('agent');
    });

    test('makes the key of an agent, for any cluster or for one', async () => {
      const make = (input: object) =>
        longshoreCall<CreateAccessKeyOutput>(rig, 'CreateAccessKey', { kind: 'agent', ...input });
      expect((await make({})).accessKey).toMatchObject({ kind: 'agent', userName: 'agent' });
      const { accessKey } = await make({ cluster: 'default' });
      expect(accessKey.clusterArn).toMatch(/:cluster\/default$/);
      expect(await list()).toContainEqual(expect.objectContaining({ clusterArn: accessKey.clusterArn }));
      expect((await list()).map(({ kind }) => kind).sort()).toEqual(['agent', 'agent', 'root']);
    });

    test.each<[object, string]>([
      [{ kind: 'agent', cluster: 'nope' }, 'ClusterNotFoundException'],
      [{ cluster: 'default' }, 'InvalidParameterException'],
      [{ kind: 'root', cluster: 'default' }, 'InvalidParameterException'],
      [{ kind: 'user' }, 'InvalidParameterException'],
      [{ kind: 'agent', userName: 'administrator' }, 'InvalidParameterException'],
    ])('refuses %j', async (input, code) => {
      await expect(longshoreCall(rig, 'CreateAccessKey', input)).rejects.toMatchObject({ code });
    });

    test.each(['a b', 'a/b', 'x'.repeat(65)])('refuses the name %j', async (userName) => {
      await expect(create(userName)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    });
  });

  test('ListAccessKeys shows the keys of the account and no secret', async () => {
    const key = await create();
    const listed = await list();
    const { administrator } = rig.controlPlane;
    expect(new Set(listed.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set([administrator.accessKeyId, key.accessKeyId]),
    );
    expect(JSON.stringify(listed)).not.toContain(key.secretAccessKey);
    expect(listed.flatMap((one) => Object.keys(one))).not.toContain('secretAccessKey');
  });

  describe('DeleteAccessKey', () => {
    test('ends a key at once', async () => {
      const key = await create();
      await remove(key.accessKeyId);
      await expect(clustersBy(key)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      expect(await list()).toHaveLength(1);
    });

    test('refuses the last active key, and one that is not there', async () => {
      const { accessKeyId } = rig.controlPlane.administrator;
      await expect(remove(accessKeyId)).rejects.toMatchObject({ code: 'LastAccessKeyException' });
      await expect(remove('AKIANOPE')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
      // The key of an agent makes no other.
      await longshoreCall(rig, 'CreateAccessKey', { kind: 'agent' });
      await expect(remove(accessKeyId)).rejects.toMatchObject({ code: 'LastAccessKeyException' });
      await create();
      await remove(accessKeyId);
    });
  });
});
