// ListTasks in every combination of its filters, page by page, against a look at every task.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { aContainerInstance } from '../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { clusterArn, containerInstanceArn } from '../../src/aws/ecs/state/arn.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { clusters } from '../../src/aws/ecs/state/cluster/clusters.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

const id = (at: number): string => String(at).padStart(32, '0');
const instances = [id(1), id(2)];
const families = ['api', 'web'];
const starters = [undefined, 'me', 'you'];
const launchTypes = ['EC2', 'EXTERNAL'] as const;

/** One task of every kind, twice. */
const world: Task[] = [];
for (const desiredStatus of ['RUNNING', 'STOPPED'] as const)
  for (const family of families)
    for (const startedBy of starters)
      for (const launchType of launchTypes)
        for (const instance of instances)
          for (const clusterName of ['default', 'default', 'other'])
            world.push(
              aTask({
                id: id(1000 + ((world.length * 7919) % 997)),
                arn: `${clusterArn(aScope, clusterName).replace(':cluster/', ':task/')}/${id(1000 + ((world.length * 7919) % 997))}`,
                clusterName,
                clusterArn: clusterArn(aScope, clusterName),
                containerInstanceArn: containerInstanceArn(aScope, clusterName, instance),
                desiredStatus,
                family,
                startedBy,
                launchType,
              }),
            );

let rig: EcsRig;
beforeAll(async () => {
  rig = await EcsRig.open();
  rig.controlPlane.store.update((tx) => {
    for (const name of ['default', 'other']) {
      const arn = clusterArn(aScope, name);
      tx.table(clusters).put({ ...aScope, arn, name, status: 'ACTIVE', settings: [], tags: [] });
      for (const instance of instances)
        tx.table(containerInstances).put(
          aContainerInstance({
            id: instance,
            arn: containerInstanceArn(aScope, name, instance),
            clusterArn: arn,
            clusterName: name,
          }),
        );
    }
    for (const task of world) tx.table(tasks).put(task);
  });
});

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const filters = fc.record(
  {
    cluster: maybe('default', 'other', clusterArn(aScope, 'other')),
    containerInstance: maybe(...instances),
    family: maybe(...families, 'nope'),
    startedBy: maybe('me', 'you', 'nobody'),
    desiredStatus: maybe('RUNNING', 'PENDING', 'STOPPED'),
    launchType: maybe('EC2', 'EXTERNAL', 'FARGATE'),
  },
  { requiredKeys: [] },
);
type Filters = typeof filters extends fc.Arbitrary<infer F> ? F : never;

/** What ECS's reference says of each filter, asked of one task. */
const isListed = (task: Task, asked: Filters): boolean =>
  task.clusterName === (asked.cluster?.split('/').at(-1) ?? 'default') &&
  task.desiredStatus === (asked.desiredStatus ?? 'RUNNING') &&
  task.containerInstanceArn!.endsWith(asked.containerInstance ?? '') &&
  (asked.family ?? task.family) === task.family &&
  (asked.startedBy ?? task.startedBy) === task.startedBy &&
  (asked.launchType ?? task.launchType) === task.launchType;

async function listed(asked: Filters, maxResults: number): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const { status, body } = await rawCall(rig, 'ListTasks', { ...asked, maxResults, nextToken });
    expect(status).toBe(200);
    const page = body['taskArns'] as string[];
    nextToken = body['nextToken'] as string | undefined;
    if (nextToken !== undefined) expect(page).toHaveLength(maxResults);
    arns.push(...page);
  } while (nextToken !== undefined);
  return arns;
}

describe('ListTasks', () => {
  test('the cluster has tasks of their own ARNs', () => {
    expect(new Set(world.map((task) => task.arn)).size).toBe(world.length);
  });

  test('lists what passes every filter, once each, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 100 }), async (asked, maxResults) => {
        const expected = world.filter((task) => isListed(task, asked)).map((task) => task.arn);
        expect(await listed(asked, maxResults)).toEqual(expected.toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
