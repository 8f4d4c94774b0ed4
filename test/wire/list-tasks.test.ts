// ListTasks in every combination of its filters, page by page, against a look at every task.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { clusterArn } from '../../src/aws/ecs/state/arn.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

/** The attribute of an instance by which its tasks find it. */
const slots = ['one', 'two'] as const;
const families = ['api', 'web'] as const;
const starters = [undefined, 'me', 'you'] as const;
const launchTypes = ['EC2', 'EXTERNAL'] as const;
const desiredStatuses = ['RUNNING', 'STOPPED'] as const;

interface Listed {
  readonly arn: string;
  readonly clusterName: string;
  readonly slot: string;
  readonly family: string;
  readonly startedBy: string | undefined;
  readonly launchType: string;
  readonly desiredStatus: string;
}

let rig: EcsRig;
/** Tasks of every kind, in one cluster two of each. */
const world: Listed[] = [];
/** By cluster and slot. */
const instances = new Map<string, string>();
beforeAll(async () => {
  rig = await EcsRig.open();
  for (const family of families)
    await call('RegisterTaskDefinition', {
      family,
      containerDefinitions: [{ name: 'app', image: 'i', memory: 6 }],
    });
  for (const cluster of ['default', 'other']) {
    await call('CreateCluster', { clusterName: cluster });
    for (const slot of slots)
      instances.set(
        `${cluster} ${slot}`,
        await rig.instance({ cluster, attributes: [slot, 'ecs.capability.external'] }),
      );
    for (const slot of slots)
      for (const family of families)
        for (const startedBy of starters)
          for (const launchType of launchTypes)
            for (const desiredStatus of desiredStatuses)
              await run({ clusterName: cluster, slot, family, startedBy, launchType, desiredStatus });
  }
});

async function call(operation: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await rawCall(rig, operation, input);
  expect(status).toBe(200);
  return body;
}

async function run(of: Omit<Listed, 'arn'>): Promise<void> {
  const { clusterName: cluster, slot, family, startedBy, launchType, desiredStatus } = of;
  const { tasks, failures } = await call('RunTask', {
    ...{ cluster, startedBy, launchType },
    taskDefinition: family,
    count: cluster === 'default' ? 2 : 1,
    placementConstraints: [{ type: 'memberOf', expression: `attribute:${slot} exists` }],
  });
  expect(failures).toEqual([]);
  for (const { taskArn } of tasks as { taskArn: string }[]) {
    if (desiredStatus === 'STOPPED') await call('StopTask', { cluster, task: taskArn });
    world.push({ ...of, arn: taskArn });
  }
}

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const filters = fc.record(
  {
    cluster: maybe('default', 'other', clusterArn(aScope, 'other')),
    containerInstance: maybe(...slots),
    family: maybe(...families, 'nope'),
    startedBy: maybe('me', 'you', 'nobody'),
    desiredStatus: maybe('RUNNING', 'PENDING', 'STOPPED'),
    launchType: maybe('EC2', 'EXTERNAL', 'FARGATE'),
  },
  { requiredKeys: [] },
);
type Filters = typeof filters extends fc.Arbitrary<infer F> ? F : never;

/** What ECS's reference says of each filter, asked of one task. */
const isListed = (task: Listed, asked: Filters): boolean =>
  task.clusterName === (asked.cluster?.split('/').at(-1) ?? 'default') &&
  task.desiredStatus === (asked.desiredStatus ?? 'RUNNING') &&
  (asked.containerInstance ?? task.slot) === task.slot &&
  (asked.family ?? task.family) === task.family &&
  (asked.startedBy ?? task.startedBy) === task.startedBy &&
  (asked.launchType ?? task.launchType) === task.launchType;

async function listed({ containerInstance: slot, ...asked }: Filters, maxResults: number): Promise<string[]> {
  const cluster = asked.cluster?.split('/').at(-1) ?? 'default';
  const containerInstance = slot && instances.get(`${cluster} ${slot}`);
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const body = await call('ListTasks', { ...asked, containerInstance, maxResults, nextToken });
    const page = body['taskArns'] as string[];
    nextToken = body['nextToken'] as string | undefined;
    if (nextToken !== undefined) expect(page).toHaveLength(maxResults);
    arns.push(...page);
  } while (nextToken !== undefined);
  return arns;
}

describe('ListTasks', () => {
  test('the cluster has tasks of their own ARNs', () => {
    expect(new Set(world.map((task) => task.arn)).size).toBe(144);
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
