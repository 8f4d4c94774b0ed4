// Where RunTask and StartTask put tasks, by constraints and strategies, and what they say of those they cannot put anywhere.
import {
  CreateClusterCommand,
  PutAttributesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  UpdateContainerInstancesStateCommand,
  type PlacementConstraint,
  type PlacementStrategy,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  await define('web', {});
});

/** Registers a definition of one container that needs 100 CPU units and 100 MiB, and ports by protocol. */
async function define(
  family: string,
  { tcp, udp, placementConstraints }: { tcp?: number; udp?: number; placementConstraints?: string[] },
): Promise<void> {
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: [
        {
          name: 'app',
          image: 'busybox',
          cpu: 100,
          memory: 100,
          portMappings: [
            ...(tcp === undefined ? [] : [{ containerPort: tcp, hostPort: tcp }]),
            ...(udp === undefined ? [] : [{ containerPort: udp, hostPort: udp, protocol: 'udp' as const }]),
          ],
        },
      ],
      placementConstraints: placementConstraints?.map((expression) => ({ type: 'memberOf', expression })),
    }),
  );
}

const run = async (input: Partial<RunTaskCommandInput> = {}) => {
  const { tasks = [], failures = [] } = await rig.ecs.send(
    new RunTaskCommand({ taskDefinition: 'web', ...input }),
  );
  return { on: tasks.map((task) => task.containerInstanceArn!), failures };
};

/** An instance in a zone of its own choosing. */
async function inZone(zone: string, options: { cpu?: number; memory?: number } = {}): Promise<string> {
  const instance = await rig.instance(options);
  await rig.ecs.send(
    new PutAttributesCommand({ attributes: [{ name: 'zone', value: zone, targetId: instance }] }),
  );
  return instance;
}

const memberOf = (expression: string): PlacementConstraint => ({ type: 'memberOf', expression });
const binpack: PlacementStrategy = { type: 'binpack', field: 'MEMORY' };

describe('RunTask', () => {
  describe('placementConstraints', () => {
    test('distinctInstance places one task of the group an instance, and says so of the rest', async () => {
      const instances = [await rig.instance(), await rig.instance()];
      const placementConstraints: PlacementConstraint[] = [{ type: 'distinctInstance' }];
      const { on, failures } = await run({ count: 3, placementConstraints });
      expect(on.toSorted()).toEqual(instances.toSorted());
      expect(failures).toHaveLength(2);
      expect(failures[0]).toMatchObject({
        reason: 'DistinctInstance placement constraint unsatisfied.',
        detail: 'the instance already has 1 task of the group family:web',
      });
      expect((await run({ placementConstraints, group: 'other' })).on).toHaveLength(1);
    });

    test('memberOf chooses by cluster query, and names the query that no instance matched', async () => {
      const [, b] = [await inZone('a'), await inZone('b')];
      expect((await run({ count: 3, placementConstraints: [memberOf('attribute:zone == b')] })).on).toEqual([
        b,
        b,
        b,
      ]);
      const { on, failures } = await run({ placementConstraints: [memberOf('attribute:zone == c')] });
      expect(on).toEqual([]);
      expect(failures.map(({ reason, detail }) => [reason, detail])).toEqual([
        ['MemberOf placement constraint unsatisfied.', 'the instance does not match attribute:zone == c'],
        ['MemberOf placement constraint unsatisfied.', 'the instance does not match attribute:zone == c'],
      ]);
    });

    test('those of the definition hold too, for RunTask and StartTask', async () => {
      const [a, b] = [await inZone('a'), await inZone('b')];
      await define('pinned', { placementConstraints: ['attribute:zone in [a, b]', 'attribute:zone != b'] });
      const taskDefinition = 'pinned';
      expect((await run({ taskDefinition, count: 2 })).on).toEqual([a, a]);
      expect(
        (await run({ taskDefinition, placementConstraints: [memberOf('attribute:zone == b')] })).on,
      ).toEqual([]);
      const started = await rig.ecs.send(
        new StartTaskCommand({ taskDefinition, containerInstances: [a, b] }),
      );
      expect(started.tasks?.map((task) => task.containerInstanceArn)).toEqual([a]);
      expect(started.failures).toMatchObject([
        { arn: b, reason: 'MemberOf placement constraint unsatisfied.' },
      ]);
    });

    test('task:group of its own group never lets the first task in; the negation keeps tasks apart', async () => {
      await rig.instance();
      await rig.instance();
      const affinity = [memberOf('task:group == family:web')];
      expect((await run({ placementConstraints: affinity })).on).toEqual([]);
      const apart = [memberOf('not(task:group == family:web)')];
      expect(new Set((await run({ count: 2, placementConstraints: apart })).on).size).toBe(2);
      expect((await run({ placementConstraints: apart })).on).toEqual([]);
      expect((await run({ placementConstraints: affinity })).on).toHaveLength(1);
    });

    test('are at most ten, those of the definition included', async () => {
      await inZone('a');
      await define('pinned', { placementConstraints: ['attribute:zone == a', 'attribute:zone != b'] });
      const eight = Array.from({ length: 8 }, () => memberOf('attribute:zone == a'));
      const taskDefinition = 'pinned';
      expect((await run({ taskDefinition, placementConstraints: eight })).on).toHaveLength(1);
      await expect(
        run({ taskDefinition, placementConstraints: [...eight, { type: 'distinctInstance' }] }),
      ).rejects.toMatchObject({ message: 'Placement constraints can have a maximum of 10 entries.' });
    });

    test.each<[PlacementConstraint, string]>([
      [{}, 'placementConstraints.type cannot be null or empty.'],
      [{ type: 'memberOf' }, 'needs an expression'],
      [{ type: 'distinctInstance', expression: 'attribute:a exists' }, 'does not take an expression'],
      [memberOf('attribute:a == b and'), 'Invalid expression at position 21: expected a subject'],
      [memberOf('x'.repeat(2001)), 'maximum of 2000 characters'],
      [memberOf('registeredAt > yesterday'), "'yesterday' is not a date"],
    ])('refuses %j', async (constraint, text) => {
      await rig.instance();
      await expect(run({ placementConstraints: [constraint] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(text),
      });
    });
  });

  describe('placementStrategy', () => {
    test('binpack fills the fullest instance that still fits, whatever the case of its field', async () => {
      const large = await rig.instance({ memory: 1000 });
      const small = await rig.instance({ memory: 250 });
      expect((await run({ count: 3, placementStrategy: [binpack] })).on).toEqual([small, small, large]);
    });

    test('spread evens out over zones, then over instances', async () => {
      const a = [await inZone('a'), await inZone('a')];
      const b = await inZone('b');
      const placementStrategy: PlacementStrategy[] = [
        { type: 'spread', field: 'attribute:zone' },
        { type: 'spread', field: 'instanceId' },
      ];
      const { on } = await run({ count: 4, placementStrategy });
      expect(on.filter((instance) => instance === b)).toHaveLength(2);
      expect(on.filter((instance) => instance !== b).toSorted()).toEqual(a.toSorted());
    });

    test('spread counts the tasks of the group that run already', async () => {
      const [a, b] = [await inZone('a'), await inZone('b')];
      await run({ count: 2, placementConstraints: [memberOf('attribute:zone == a')] });
      const placementStrategy: PlacementStrategy[] = [{ type: 'spread', field: 'attribute:zone' }, binpack];
      expect((await run({ count: 2, placementStrategy })).on).toEqual([b, b]);
      expect(new Set((await run({ count: 2, placementStrategy })).on)).toEqual(new Set([a, b]));
    });

    test('random takes any instance that fits', async () => {
      await rig.instance({ memory: 10 });
      const fits = await rig.instance();
      expect((await run({ count: 2, placementStrategy: [{ type: 'random' }] })).on).toEqual([fits, fits]);
    });

    test.each<[PlacementStrategy, string]>([
      [{}, 'placementStrategy.type cannot be null or empty.'],
      [{ type: 'random', field: 'cpu' }, 'does not take a field'],
      [{ type: 'binpack' }, 'needs a field'],
      [{ type: 'binpack', field: 'instanceId' }, 'use cpu or memory'],
      [{ type: 'spread', field: 'memory' }, 'use instanceId or attribute:<name>'],
    ])('refuses %j', async (strategy, text) => {
      await rig.instance();
      await expect(run({ placementStrategy: [strategy] })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(text),
      });
    });

    test('has at most five entries', async () => {
      await rig.instance();
      const random = Array.from({ length: 6 }, (): PlacementStrategy => ({ type: 'random' }));
      expect((await run({ placementStrategy: random.slice(1) })).on).toHaveLength(1);
      await expect(run({ placementStrategy: random })).rejects.toMatchObject({
        message: 'Placement strategies can have a maximum of 5 entries.',
      });
    });
  });

  describe('without room', () => {
    test('ten tasks where four fit: four run, and each instance says what the fifth lacks', async () => {
      const instance = await rig.instance({ cpu: 450 });
      const { on, failures } = await run({ count: 10 });
      expect(on).toHaveLength(4);
      expect(failures).toEqual([
        { arn: instance, reason: 'RESOURCE:CPU', detail: 'needs 100 CPU units, 50 of 450 are free' },
      ]);
    });

    test('a host port is taken once for each protocol', async () => {
      const instance = await rig.instance();
      await define('tcp', { tcp: 5353 });
      await define('udp', { udp: 5353 });
      expect((await run({ taskDefinition: 'tcp' })).on).toHaveLength(1);
      expect((await run({ taskDefinition: 'udp' })).on).toHaveLength(1);
      for (const protocol of ['tcp', 'udp']) {
        expect((await run({ taskDefinition: protocol })).failures).toEqual([
          {
            arn: instance,
            reason: 'RESOURCE:PORTS',
            detail: `${protocol} host port 5353 is taken by another task`,
          },
        ]);
      }
    });

    test('an instance without its agent is passed over, and named AGENT when nothing else is left', async () => {
      const gone = await rig.instance({ connected: false });
      const there = await rig.instance();
      expect((await run()).on).toEqual([there]);
      await rig.disconnect(there);
      const { failures } = await run();
      expect(new Set(failures.map(({ arn }) => arn))).toEqual(new Set([gone, there]));
      expect(failures.map(({ reason }) => reason)).toEqual(['AGENT', 'AGENT']);
    });

    test('a DRAINING instance takes nothing until it is ACTIVE again', async () => {
      const [draining, there] = [await rig.instance(), await rig.instance()];
      const set = (status: 'ACTIVE' | 'DRAINING') =>
        rig.ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [draining], status }));
      await set('DRAINING');
      expect((await run({ count: 3 })).on).toEqual([there, there, there]);
      await set('ACTIVE');
      expect((await run()).on).toEqual([draining]);
    });
  });
});
