// PlanPlacement in clusters with capacity providers: what RunTask and services would do there, and what a lost zone costs.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterContainerInstanceCommand,
  PutAttributesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type CapacityProviderStrategyItem,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PlannedRun, PlanPlacementInput, PlanPlacementOutput } from '../../src/longshore/contract.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: EcsRig;
/** Instance ARNs by the names that tests give them, e.g. `p-a`: of the provider p, in zone a. */
let named: Map<string, string>;
const item = (capacityProvider: string, weight = 1, base = 0) => ({
  capacityProvider,
  weight,
  base,
});
const associate = (defaults: CapacityProviderStrategyItem[] = []) =>
  rig.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: ['p', 'q', 'bare', 'scaled', 'FARGATE'],
      defaultCapacityProviderStrategy: defaults,
    }),
  );

beforeEach(async () => {
  rig = await EcsRig.open();
  named = new Map();
  await rig.ecs.send(new CreateClusterCommand({}));
  for (const name of ['p', 'q', 'bare', 'scaled']) {
    await rig.ecs.send(
      new CreateCapacityProviderCommand({
        name,
        autoScalingGroupProvider: {
          autoScalingGroupArn: name,
          managedScaling: { status: name === 'scaled' ? 'ENABLED' : 'DISABLED' },
        },
      }),
    );
  }
  await associate();
  for (const name of ['p-a', 'p-b', 'q-a', 'q-b', 'none-a', 'scaled-a']) await instance(name);
  await rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 100 }],
    }),
  );
});

/** With room for four tasks. */
async function instance(name: string, more: { zone?: string } = {}): Promise<void> {
  const [group, zone] = name.split('-');
  const targetId = await rig.instance({ memory: 400, ...more });
  named.set(targetId, name);
  const attributes = [
    { name: 'zone', value: zone!, targetId },
    ...(group === 'none' ? [] : [{ name: 'longshore.auto-scaling-group', value: group!, targetId }]),
  ];
  await rig.ecs.send(new PutAttributesCommand({ attributes }));
}

const plan = (input: PlanPlacementInput) => longshoreCall<PlanPlacementOutput>(rig, 'PlanPlacement', input);
const planRun = async (more: Partial<NonNullable<PlanPlacementInput['runs']>[number]>) =>
  (await plan({ runs: [{ taskDefinition: 'web', ...more }] })).runs[0]!;
const where = ({ placements }: PlannedRun) =>
  Object.fromEntries(placements.map((one) => [named.get(one.containerInstanceArn), one.count]));
/** Tasks by provider. */
const shares = ({ placements }: PlannedRun) =>
  Object.fromEntries(
    [...Map.groupBy(placements, (one) => one.capacityProviderName)].map(([name, of]) => [
      name,
      of.reduce((total, { count }) => total + count, 0),
    ]),
  );

describe('runs', () => {
  test('are divided by base and weight among the providers, on their instances alone', async () => {
    const found = await planRun({ count: 8, capacityProviderStrategy: [item('p', 1, 2), item('q', 2)] });
    expect(shares(found)).toEqual({ p: 4, q: 4 });
    expect(Object.keys(where(found)).every((name) => /^[pq]-/.test(name))).toBe(true);
    expect(found).toMatchObject({ wanted: 8, placed: 8, waiting: [], verdicts: [] });
  });

  test('go where RunTask would put them then', async () => {
    const input = {
      taskDefinition: 'web',
      count: 7,
      capacityProviderStrategy: [item('p', 3), item('q', 1)],
    };
    const planned = shares((await plan({ runs: [input] })).runs[0]!);
    const { tasks: created } = await rig.ecs.send(new RunTaskCommand(input));
    const counts = Map.groupBy(created!, ({ capacityProviderName }) => capacityProviderName);
    expect(Object.fromEntries([...counts].map(([name, of]) => [name, of.length]))).toEqual(planned);
  });

  test('take the default strategy of the cluster, unless they name a launch type', async () => {
    await associate([item('q')]);
    expect(shares(await planRun({ count: 4 }))).toEqual({ q: 4 });
    const byType = await planRun({ count: 24, launchType: 'EC2' });
    expect(byType.placed).toBe(24);
    expect(byType.placements[0]).not.toHaveProperty('capacityProviderName');
  });

  test('see what the ones before them took of a provider', async () => {
    const run = { taskDefinition: 'web', count: 5, capacityProviderStrategy: [item('p')] };
    const { runs } = await plan({ runs: [run, run] });
    expect(runs.map(({ placed }) => placed)).toEqual([5, 3]);
    expect(runs[1]!.verdicts).toMatchObject([{ reason: 'RESOURCE:MEMORY', count: 2 }]);
  });

  test('wait for a provider that grows, and find nothing at one that does not', async () => {
    const strategy = [item('scaled'), item('bare')];
    expect(await planRun({ count: 12, capacityProviderStrategy: strategy })).toMatchObject({
      placed: 4,
      waiting: [{ capacityProviderName: 'scaled', count: 2 }],
      emptyCapacityProviders: ['bare'],
      verdicts: [],
    });
  });

  test.each<[object, string, string]>([
    [
      { capacityProviderStrategy: [item('p')], launchType: 'EC2' },
      'InvalidParameterException',
      'Specify either Launch Type or Capacity Provider Strategy, but not both.',
    ],
    [{ capacityProviderStrategy: [item('p', 0)] }, 'InvalidParameterException', 'greater than zero'],
    [{ capacityProviderStrategy: [item('never')] }, 'InvalidParameterException', 'not associated'],
    [
      { capacityProviderStrategy: [item('arn:aws:ecs:eu-west-1:000000000000:capacity-provider/p')] },
      'InvalidParameterException',
      'not a capacity provider of this account and region',
    ],
    [{ capacityProviderStrategy: [item('FARGATE')] }, 'UnsupportedFeatureException', 'FARGATE'],
    [{ launchType: 'FARGATE' }, 'InvalidParameterException', 'launchType'],
    [{ launchType: 'EXTERNAL', capacityProviderStrategy: [] }, '', ''],
  ])('refuse what RunTask refuses: %j', async (more, code, text) => {
    const answer = planRun(more);
    if (code === '') expect(await answer).toMatchObject({ placed: 0, verdicts: [{ reason: 'ATTRIBUTE' }] });
    else await expect(answer).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
  });
});

describe('services', () => {
  /** The service with a task on each of the instances; those of one text are started together. */
  async function shop(strategy: CapacityProviderStrategyItem[], on: readonly string[]): Promise<void> {
    const input = { serviceName: 'shop', taskDefinition: 'web', desiredCount: 0 };
    await rig.ecs.send(new CreateServiceCommand({ ...input, capacityProviderStrategy: strategy }));
    const arnOf = new Map([...named].map(([of, name]) => [name, of]));
    const rounds = on.map((names) => names.split(' ').map((name) => arnOf.get(name)!));
    await rig.growService('shop', rounds);
  }

  test('grow by what keeps their whole at base and weight', async () => {
    await shop([item('p', 1, 2), item('q', 1)], ['p-a', 'p-b']);
    const { runs } = await plan({ services: [{ service: 'shop', desiredCount: 6 }] });
    expect(runs).toMatchObject([{ cause: 'service', wanted: 4, placed: 4 }]);
    expect(shares(runs[0]!)).toEqual({ p: 2, q: 2 });
    expect(Object.keys(where(runs[0]!)).every((name) => /^[pq]-/.test(name))).toBe(true);
  });

  test('shrink, and leave the room to others', async () => {
    await shop([item('p')], Array(8).fill('p-a').fill('p-b', 4));
    const run = { taskDefinition: 'web', count: 3, capacityProviderStrategy: [item('p')] };
    const services = [{ service: 'shop', desiredCount: 6 }];
    const planned = await plan({ services, runs: [run] });
    expect(planned.stopped).toMatchObject([{ count: 2 }]);
    expect(planned.runs).toMatchObject([{ placed: 2 }]);
    expect(where(planned.runs[0]!)).toEqual({ 'p-a': 1, 'p-b': 1 });
  });

  test('replace what a lost zone took, on what is left of the same provider', async () => {
    await shop([item('p', 1), item('q', 1)], ['p-a q-a', 'p-a q-b', 'p-b q-b']);
    const { lost, runs } = await plan({ without: ['attribute:zone == a'] });
    expect(new Set(lost.instances.map((one) => named.get(one.containerInstanceArn)))).toEqual(
      new Set(['none-a', 'p-a', 'q-a', 'scaled-a']),
    );
    expect(runs).toMatchObject([{ cause: 'lost', group: 'service:shop', wanted: 3, placed: 3 }]);
    expect(where(runs[0]!)).toEqual({ 'p-b': 2, 'q-b': 1 });
  });

  test('would wait for a provider that grows', async () => {
    await shop([item('scaled')], ['scaled-a']);
    const { runs } = await plan({ services: [{ service: 'shop', desiredCount: 6 }] });
    expect(runs).toMatchObject([
      { wanted: 5, placed: 3, waiting: [{ capacityProviderName: 'scaled', count: 2 }], verdicts: [] },
    ]);
  });

  test('without a strategy are even over zones, then over instances', async () => {
    const names = [...named.values()];
    for (const containerInstance of named.keys())
      await rig.ecs.send(new DeregisterContainerInstanceCommand({ containerInstance }));
    named.clear();
    for (const name of names) await instance(name, { zone: name.endsWith('a') ? 'a' : 'b' });
    await shop([], []);
    const { runs } = await plan({ services: [{ service: 'shop', desiredCount: 8 }] });
    expect(where(runs[0]!)).toEqual({
      'none-a': 1,
      'p-a': 1,
      'p-b': 2,
      'q-a': 1,
      'q-b': 2,
      'scaled-a': 1,
    });
  });
});
