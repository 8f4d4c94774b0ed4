// What ExplainPlacement tells of tasks that found no place, and of those that would find none now.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  PutAttributesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  UpdateContainerInstancesStateCommand,
  type CapacityProviderStrategyItem,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ExplainPlacementInput, ExplainPlacementOutput } from '../../src/longshore/contract.ts';
import { tasks as tasksTable } from '../../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
});

const define = (
  family: string,
  container: Partial<ContainerDefinition>,
  fields: Partial<RegisterTaskDefinitionCommandInput> = {},
) =>
  rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 100, ...container }],
      ...fields,
    }),
  );
const run = async (taskDefinition: string, count = 1) =>
  (await rig.ecs.send(new RunTaskCommand({ taskDefinition, count }))).tasks!;
const explain = (input: ExplainPlacementInput) =>
  longshoreCall<ExplainPlacementOutput>(rig, 'ExplainPlacement', { ...input });
const texts = ({ suggestions }: ExplainPlacementOutput) => suggestions.map(({ text }) => text);

describe('ExplainPlacement', () => {
  test('names all that no instance can run, and suggests no further instance for it', async () => {
    await rig.instance();
    const secrets = [{ name: 'A', valueFrom: 'p' }];
    await define('web', { secrets }, { networkMode: 'awsvpc', executionRoleArn: 'arn:aws:iam::1:role/r' });
    const told = await explain({ taskDefinition: 'web' });
    expect(told.unsupported.map(({ feature }) => feature)).toEqual(["networkMode 'awsvpc'", 'secrets']);
    expect(texts(told)).toEqual([expect.stringMatching(/^Register web again without networkMode 'awsvpc'/)]);
    const refusal = {
      name: 'UnsupportedFeatureException',
      message: "Longshore does not support networkMode 'awsvpc' and secrets yet.",
    };
    const network = { awsvpcConfiguration: { subnets: ['s'] } };
    const call = new RunTaskCommand({ taskDefinition: 'web', networkConfiguration: network });
    await expect(rig.ecs.send(call)).rejects.toMatchObject(refusal);
    const runs = [{ taskDefinition: 'web' }];
    await expect(longshoreCall(rig, 'PlanPlacement', { runs })).rejects.toMatchObject({
      code: refusal.name,
      message: refusal.message,
    });
  });

  const splunk = { logDriver: 'splunk', options: { 'splunk-url': 'u', 'splunk-token': 't' } } as const;
  const offering = 'whose agent offers the log driver splunk (ECS_AVAILABLE_LOGGING_DRIVERS).';

  test('names the setting that offers a log driver, with and without an instance', async () => {
    await define('web', { logConfiguration: splunk });
    expect(texts(await explain({ taskDefinition: 'web' }))).toEqual([
      `Add an instance with 100 MiB free, ${offering}`,
    ]);
    await rig.instance({ attributes: ['com.amazonaws.ecs.capability.docker-remote-api.1.18'] });
    expect(texts(await explain({ taskDefinition: 'web' }))).toEqual([
      expect.stringMatching(
        /^Use a log driver other than splunk, or let the agent offer it \(ECS_AVAILABLE_/,
      ),
      `Add an instance with 100 MiB free, ${offering}`,
    ]);
  });

  test('asks for the official agent where only that one offers what is missing', async () => {
    await rig.instance();
    await define('web', { restartPolicy: { enabled: true } });
    expect(texts(await explain({ taskDefinition: 'web' }))).toEqual([
      expect.stringMatching(
        /^Add an instance with the official agent, which restartPolicy needs, or register web without; nothing else/,
      ),
      'Add an instance with 100 MiB free, with the official agent (for restartPolicy).',
    ]);
  });

  test('says where a task would fit, with what is free there', async () => {
    const instance = await rig.instance({ cpu: 1000, memory: 1000 });
    await define('web', { cpu: 100 });
    await run('web');
    expect(await explain({ taskDefinition: 'web' })).toMatchObject({
      taskDefinition: 'web:1',
      group: 'family:web',
      asks: { cpu: 100, memory: 100, ports: [], constraints: [] },
      now: {
        instances: 1,
        fitCount: 1,
        fits: [{ containerInstanceArn: instance, freeCpu: 900, freeMemory: 900 }],
        verdicts: [],
      },
      suggestions: [],
      attempts: [],
    });
  });

  test('names for each instance what is missing, the nearest first, and who holds it', async () => {
    const small = await rig.instance({ memory: 300 });
    await define('filler', { memory: 250 });
    const [filler] = await run('filler');
    const large = await rig.instance({ memory: 350 });
    await define('web', { memory: 400 });
    const { now } = await explain({ taskDefinition: 'web' });
    expect(now).toMatchObject({
      instances: 2,
      fitCount: 0,
      verdicts: [
        {
          filter: 'memory',
          reason: 'RESOURCE:MEMORY',
          count: 2,
          instances: [
            { containerInstanceArn: large, asked: 400, available: 350, of: 350, missing: 50, holders: [] },
            {
              containerInstanceArn: small,
              available: 50,
              missing: 350,
              detail: 'needs 400 MiB, 50 MiB of 300 MiB are free',
              holders: [{ taskArn: filler!.taskArn, taskDefinition: 'filler:1', memory: 250 }],
            },
          ],
        },
      ],
    });
  });

  test('what it suggests is enough: to lower to what is free', async () => {
    await rig.instance({ memory: 350 });
    await define('web', { memory: 400 });
    const before = await explain({ taskDefinition: 'web' });
    expect(texts(before)).toContainEqual(
      expect.stringContaining('Lower memory of the container app of web:1 from 400 to 350 MiB or less'),
    );
    await define('web', { memory: 350 });
    expect(await explain({ taskDefinition: 'web' })).toMatchObject({ now: { fitCount: 1 }, suggestions: [] });
    expect((await explain({ taskDefinition: 'web:1' })).now.fitCount).toBe(0);
  });

  test('what it suggests is enough: to stop the one task that holds the port', async () => {
    const instance = await rig.instance();
    await define('web', { portMappings: [{ containerPort: 80, hostPort: 8080 }] });
    const [first] = await run('web');
    const id = first!.taskArn!.split('/').at(-1)!;
    const told = await explain({ taskDefinition: 'web' });
    expect(told.now.verdicts).toMatchObject([
      {
        reason: 'RESOURCE:PORTS',
        instances: [
          {
            containerInstanceArn: instance,
            port: 8080,
            protocol: 'tcp',
            reserved: false,
            holders: [{ taskArn: first!.taskArn }],
          },
        ],
      },
    ]);
    expect(texts(told)).toContainEqual(expect.stringContaining(`Stop or move the task ${id} (web:1`));
    await rig.report(first!.taskArn!, 'STOPPED');
    expect((await explain({ taskDefinition: 'web' })).now.fitCount).toBe(1);
  });

  test('gives every reason of an instance, and says when no single change is enough', async () => {
    const instance = await rig.instance({ cpu: 10, memory: 10, connected: false });
    await define(
      'web',
      { cpu: 100 },
      {
        placementConstraints: [
          { type: 'memberOf', expression: 'attribute:zone == a' },
          { type: 'memberOf', expression: 'attribute:disk exists' },
        ],
      },
    );
    const told = await explain({ taskDefinition: 'web' });
    const [verdict] = told.now.verdicts[0]!.instances;
    expect(verdict).toMatchObject({ containerInstanceArn: instance, reason: 'AGENT' });
    expect(verdict!.further.map(({ detail }) => detail)).toEqual([
      'the instance does not match attribute:zone == a',
      'the instance does not match attribute:disk exists',
      'needs 100 CPU units, 10 of 10 are free',
      'needs 100 MiB, 10 MiB of 10 MiB are free',
    ]);
    expect(told.suggestions.map(({ kind }) => kind)).toEqual(['several', 'add']);
    expect(texts(told).at(-1)).toBe(
      'Add an instance with 100 CPU units and 100 MiB free, that matches attribute:zone == a, that matches attribute:disk exists.',
    );
  });

  test('names what is DRAINING, disconnected, unlabelled, each with its own way out', async () => {
    const [draining, gone, plain] = [
      await rig.instance(),
      await rig.instance({ connected: false }),
      await rig.instance(),
    ];
    const label = (targetId: string) =>
      rig.ecs.send(new PutAttributesCommand({ attributes: [{ name: 'disk', value: 'ssd', targetId }] }));
    await label(draining);
    await label(gone);
    await rig.ecs.send(
      new UpdateContainerInstancesStateCommand({ containerInstances: [draining], status: 'DRAINING' }),
    );
    await define(
      'web',
      {},
      { placementConstraints: [{ type: 'memberOf', expression: 'attribute:disk == ssd' }] },
    );
    const told = await explain({ taskDefinition: 'web' });
    expect(told.now.verdicts.map(({ reason, count }) => [reason, count])).toEqual(
      expect.arrayContaining([
        ['DRAINING', 1],
        ['AGENT', 1],
        ['MemberOf placement constraint unsatisfied.', 1],
      ]),
    );
    expect(told.suggestions.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['activate', 'connect', 'change', 'add']),
    );
    await label(plain);
    expect((await explain({ taskDefinition: 'web' })).now.fitCount).toBe(1);
  });

  test('keeps what RunTask and StartTask were told, to be asked for by definition, task or attempt', async () => {
    const instance = await rig.instance({ memory: 250 });
    await define('web', {});
    const [task] = await run('web', 3);
    await rig.disconnect(instance);
    await rig.ecs.send(new StartTaskCommand({ taskDefinition: 'web', containerInstances: [instance] }));
    const { attempts } = await explain({ taskDefinition: 'web' });
    expect(attempts).toMatchObject([
      { by: 'StartTask', wanted: 1, placed: 0, verdicts: [{ reason: 'AGENT', count: 1 }] },
      {
        by: 'RunTask',
        wanted: 3,
        placed: 2,
        times: 1,
        at: rig.clock.now() / 1000,
        verdicts: [
          {
            reason: 'RESOURCE:MEMORY',
            instances: [{ available: 50, missing: 50, holders: [{ memory: 100 }, { memory: 100 }] }],
          },
        ],
      },
    ]);
    const { attemptId } = attempts[1]!;
    expect((await explain({ attemptId })).attempts).toEqual([attempts[1]]);
    expect(await explain({ task: task!.taskArn! })).toMatchObject({
      task: { taskArn: task!.taskArn, lastStatus: 'PENDING', containerInstanceArn: instance },
      attempts,
    });
  });

  test('a service is asked for with its own constraints', async () => {
    await rig.instance();
    await define('web', {});
    await rig.ecs.send(
      new CreateServiceCommand({
        serviceName: 'shop',
        taskDefinition: 'web',
        desiredCount: 0,
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }],
      }),
    );
    const told = await explain({ service: 'shop' });
    expect(told).toMatchObject({
      group: 'service:shop',
      serviceArn: expect.stringMatching(/service\/default\/shop$/),
      asks: { constraints: ['attribute:zone == a'] },
      now: { fitCount: 0 },
    });
    expect((await explain({ taskDefinition: 'web' })).now.fitCount).toBe(1);
  });

  describe('of tasks that only their call bound', () => {
    const bound = {
      taskDefinition: 'web',
      count: 2,
      placementConstraints: [{ type: 'memberOf' as const, expression: 'attribute:zone == a' }],
    };
    beforeEach(async () => {
      const instance = await rig.instance({ memory: 150 });
      await rig.instance();
      await rig.ecs.send(
        new PutAttributesCommand({ attributes: [{ name: 'zone', value: 'a', targetId: instance }] }),
      );
      await define('web', {});
    });

    test('asks for another task with the constraints of the call', async () => {
      const { tasks } = await rig.ecs.send(new RunTaskCommand(bound));
      const [task] = tasks!;
      const told = await explain({ task: task!.taskArn! });
      expect(told).toMatchObject({
        asks: { constraints: ['attribute:zone == a'] },
        now: { fitCount: 0 },
      });
      // Each is of one instance, so that chance has a say in which comes first.
      const verdicts = told.now.verdicts.map(({ filter, count }) => `${count} ${filter}`);
      expect(verdicts.toSorted()).toEqual(['1 memberOf', '1 memory']);
      const { attemptId } = told.attempts[0]!;
      expect((await explain({ attemptId })).asks.constraints).toEqual(['attribute:zone == a']);
      expect((await explain({ taskDefinition: 'web' })).now.fitCount).toBe(1);
    });

    test('keeps nothing more of tasks whose call gave no constraints', async () => {
      await rig.ecs.send(new RunTaskCommand({ ...bound, count: 1 }));
      await run('web');
      const rows = rig.controlPlane.store.view((tx) => [...tx.table(tasksTable).all()]);
      expect(rows.filter(({ scheduling = {} }) => 'placementConstraints' in scheduling)).toHaveLength(1);
    });
  });

  describe('with capacity providers', () => {
    let instance: string;
    beforeEach(async () => {
      for (const name of ['p', 'q']) {
        await rig.ecs.send(
          new CreateCapacityProviderCommand({
            name,
            autoScalingGroupProvider: { autoScalingGroupArn: `group-of-${name}` },
          }),
        );
      }
      await associate([]);
      instance = await rig.instance({ memory: 150 });
      await rig.ecs.send(
        new PutAttributesCommand({
          attributes: [{ name: 'longshore.auto-scaling-group', value: 'group-of-p', targetId: instance }],
        }),
      );
      for (const memory of [200, 50]) await rig.instance({ memory });
      await define('web', {});
    });
    const associate = (defaults: CapacityProviderStrategyItem[]) =>
      rig.ecs.send(
        new PutClusterCapacityProvidersCommand({
          cluster: 'default',
          capacityProviders: ['p', 'q'],
          defaultCapacityProviderStrategy: defaults,
        }),
      );

    test('looks at the instances of the cluster’s default strategy alone', async () => {
      await associate([{ capacityProvider: 'p', weight: 1 }]);
      const before = await explain({ taskDefinition: 'web' });
      expect(before).toMatchObject({
        asks: { capacityProviders: ['p'] },
        now: {
          instances: 3,
          fits: [{ containerInstanceArn: instance }],
          verdicts: [
            {
              filter: 'capacityProvider',
              count: 2,
              instances: [
                { detail: 'the instance is not of the capacity provider p', providers: ['p'], further: [] },
                { further: [{ filter: 'memory' }] },
              ],
            },
          ],
        },
      });
      const [task] = await run('web');
      for (const subject of [{ taskDefinition: 'web' }, { task: task!.taskArn! }]) {
        const told = await explain(subject);
        expect(told.now.fitCount).toBe(0);
        expect(texts(told)).toEqual(
          expect.arrayContaining([
            expect.stringContaining('Lower memory of the container app of web:1 from 100 to 50 MiB'),
            expect.stringContaining('Run it with another capacity provider strategy, or without one'),
            'Add an instance with 100 MiB free, with the attribute longshore.auto-scaling-group=group-of-p.',
          ]),
        );
      }
    });

    test('knows of a call’s strategy what it left over', async () => {
      const capacityProviderStrategy = [
        { capacityProvider: 'p', weight: 1 },
        { capacityProvider: 'q', weight: 1 },
      ];
      const input = { taskDefinition: 'web', count: 4, capacityProviderStrategy };
      expect((await rig.ecs.send(new RunTaskCommand(input))).tasks).toHaveLength(1);
      const { attempts } = await explain({ taskDefinition: 'web' });
      const told = await explain({ attemptId: attempts[0]!.attemptId });
      expect(told.asks.capacityProviders).toEqual(['p', 'q']);
      expect(told.now.fitCount).toBe(0);
      expect((await explain({ taskDefinition: 'web' })).now.fitCount).toBe(1);
    });

    test('looks at the instances of a service’s strategy alone', async () => {
      const capacityProviderStrategy = [{ capacityProvider: 'q', weight: 1 }];
      const input = { serviceName: 'shop', taskDefinition: 'web', desiredCount: 0 };
      await rig.ecs.send(new CreateServiceCommand({ ...input, capacityProviderStrategy }));
      expect(await explain({ service: 'shop' })).toMatchObject({
        asks: { capacityProviders: ['q'] },
        now: { fitCount: 0, verdicts: [{ filter: 'capacityProvider', count: 3 }] },
      });
    });
  });

  test('of many instances it names fifty, and counts all', async () => {
    for (let at = 0; at < 60; at++) await rig.instance({ memory: 10 + at });
    await define('web', {});
    await run('web');
    const told = await explain({ taskDefinition: 'web' });
    for (const [group] of [told.now.verdicts, told.attempts[0]!.verdicts]) {
      expect(group).toMatchObject({ count: 60, instances: { length: 50 } });
      expect(group!.instances[0]).toMatchObject({ available: 69 });
    }
  });

  test.each<[ExplainPlacementInput, string]>([
    [{}, 'InvalidParameterException'],
    [{ taskDefinition: 'web', service: 'web' }, 'InvalidParameterException'],
    [{ taskDefinition: 'a b' }, 'InvalidParameterException'],
    [{ taskDefinition: 'nope' }, 'ResourceNotFoundException'],
    [{ taskDefinition: 'web:2' }, 'ResourceNotFoundException'],
    [
      { taskDefinition: 'arn:aws:ecs:eu-west-1:000000000000:task-definition/web:1' },
      'ResourceNotFoundException',
    ],
    [{ service: 'nope' }, 'ServiceNotFoundException'],
    [{ task: 'f'.repeat(32) }, 'ResourceNotFoundException'],
    [{ attemptId: 'nope' }, 'ResourceNotFoundException'],
    [{ cluster: 'nope', taskDefinition: 'web' }, 'ClusterNotFoundException'],
  ])('refuses %j', async (input, code) => {
    await define('web', {});
    await expect(explain(input)).rejects.toMatchObject({ code });
  });
});
