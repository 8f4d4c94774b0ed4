// Every operation that answers by pages: the sizes it takes, and the tokens it refuses.
import { describe, expect, test } from 'vitest';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall, type RawReply } from './raw-call.ts';

interface PagedOperation {
  /** The list in the answer. */
  readonly list: string;
  readonly max: number;
  /** Entries on a page without maxResults. */
  readonly default: number;
  /** What an input needs besides; every seeded cluster has more than one entry for it. */
  readonly input: object;
  /** The same list, filtered otherwise. */
  readonly otherFilter?: object;
  /** Makes one more entry. */
  readonly seed?: (rig: EcsRig, at: number) => Promise<unknown>;
}

const operations: Readonly<Record<string, PagedOperation>> = {
  ListClusters: {
    list: 'clusterArns',
    max: 100,
    default: 100,
    input: {},
    seed: (rig, at) => rawCall(rig, 'CreateCluster', { clusterName: `c${at}` }),
  },
  ListTaskDefinitions: {
    list: 'taskDefinitionArns',
    max: 100,
    default: 100,
    input: {},
    otherFilter: { sort: 'DESC' },
    seed: (rig, at) => rawCall(rig, 'RegisterTaskDefinition', definition(`f${at}`)),
  },
  ListTaskDefinitionFamilies: {
    list: 'families',
    max: 100,
    default: 100,
    input: {},
    otherFilter: { familyPrefix: 'f' },
    seed: (rig, at) => rawCall(rig, 'RegisterTaskDefinition', definition(`f${at}`)),
  },
  ListContainerInstances: {
    list: 'containerInstanceArns',
    max: 100,
    default: 100,
    input: {},
    otherFilter: { status: 'ACTIVE' },
    seed: (rig) => rig.instance(),
  },
  ListTasks: {
    list: 'taskArns',
    max: 100,
    default: 100,
    input: {},
    otherFilter: { launchType: 'EC2' },
    seed: (rig) => rawCall(rig, 'RunTask', { taskDefinition: 'one', count: 1 }),
  },
  ListServices: {
    list: 'serviceArns',
    max: 100,
    default: 10,
    input: {},
    otherFilter: { launchType: 'EC2' },
    seed: (rig, at) => rawCall(rig, 'CreateService', service(`s${at}`)),
  },
  ListServiceDeployments: {
    list: 'serviceDeployments',
    max: 100,
    default: 20,
    input: { service: 'web' },
    otherFilter: { service: 'web', status: ['PENDING'] },
    seed: (rig, at) =>
      at === 0
        ? rawCall(rig, 'CreateService', service('web'))
        : rawCall(rig, 'UpdateService', { service: 'web', forceNewDeployment: true }),
  },
  ListAttributes: {
    list: 'attributes',
    max: 100,
    default: 100,
    input: { targetType: 'container-instance', attributeName: 'ecs.availability-zone' },
    otherFilter: { targetType: 'container-instance' },
    seed: (rig) => rig.instance(),
  },
  DescribeCapacityProviders: {
    list: 'capacityProviders',
    max: 10,
    default: 10,
    input: {},
    seed: (rig, at) =>
      rawCall(rig, 'CreateCapacityProvider', {
        name: `p${at}`,
        autoScalingGroupProvider: { autoScalingGroupArn: `group-${at}` },
      }),
  },
  ListAccountSettings: {
    list: 'settings',
    max: 10,
    default: 10,
    input: { effectiveSettings: true },
    otherFilter: { effectiveSettings: true, name: 'containerInsights' },
  },
};

const service = (serviceName: string) => ({ serviceName, taskDefinition: 'one', desiredCount: 0 });
const definition = (family: string) => ({
  family,
  containerDefinitions: [{ name: 'a', image: 'i', memory: 6 }],
});

async function aHarness(
  paged: PagedOperation,
  entries: number,
  journal = new MemoryJournal({ durability: 'immediate' }),
): Promise<EcsRig> {
  const rig = await EcsRig.open({ journal });
  await rawCall(rig, 'CreateCluster', {});
  if (/^(task|service)/.test(paged.list) && paged.list !== 'taskDefinitionArns') {
    await rig.instance({ cpu: 1_000_000, memory: 1_000_000 });
    await rawCall(rig, 'RegisterTaskDefinition', definition('one'));
  }
  for (let at = 0; at < entries; at++) await paged.seed?.(rig, at);
  return rig;
}

const refused = { status: 400, code: 'InvalidParameterException' };
const invalidToken = { ...refused, message: expect.stringMatching(/^Invalid token/) };
const tokenOf = (reply: RawReply): string => reply.body['nextToken'] as string;

test('every paged operation that is built is in this table or another', () => {
  const paged = builtOperations.filter((operation) => {
    const shape = ecsModel.shapes[ecsModel.operations[operation]!.input];
    return typeof shape === 'object' && shape.kind === 'structure' && 'nextToken' in shape.members;
  });
  expect(paged.filter((operation) => !(operation in operations) && !elsewhere.has(operation))).toEqual([]);
});

/** Paged operations whose nouns have a page test of their own. */
const elsewhere = new Set(['ListServicesByNamespace']);

describe.each(Object.entries(operations))('%s', (operation, paged) => {
  test('takes page sizes within its bounds', async () => {
    const rig = await aHarness(paged, 2);
    const call = (maxResults: number) => rawCall(rig, operation, { ...paged.input, maxResults });
    for (const size of [1, paged.max]) expect(await call(size)).toMatchObject({ status: 200 });
    for (const size of [-1, 0, paged.max + 1]) {
      expect(await call(size)).toMatchObject({
        ...refused,
        message: `maxResults should be between 1 and ${paged.max}.`,
      });
    }
    expect((await call(1)).body[paged.list]).toHaveLength(1);
  });

  test('answers its page when nobody says how big', async () => {
    const rig = await aHarness(paged, paged.default + 1);
    const first = await rawCall(rig, operation, paged.input);
    expect(first.body[paged.list]).toHaveLength(paged.default);
    const nextToken = tokenOf(first);
    const { body } = await rawCall(rig, operation, { ...paged.input, nextToken });
    expect((body[paged.list] as unknown[]).length).toBeGreaterThan(0);
    expect(body).not.toHaveProperty('nextToken');
  });

  test('takes its own token after a restart, and no other ever', async () => {
    const journal = new MemoryJournal({ durability: 'immediate' });
    const before = await aHarness(paged, 3, journal);
    const all = (await rawCall(before, operation, paged.input)).body[paged.list] as unknown[];
    const nextToken = tokenOf(await rawCall(before, operation, { ...paged.input, maxResults: 1 }));
    await before.controlPlane.stop();
    const rig = await EcsRig.open({ journal });
    const second = await rawCall(rig, operation, { ...paged.input, nextToken });
    expect((second.body[paged.list] as unknown[]).slice(0, all.length - 1)).toEqual(all.slice(1));

    const flipped = (nextToken.startsWith('A') ? 'B' : 'A') + nextToken.slice(1);
    for (const bad of [flipped, nextToken.slice(0, -2), `${nextToken}AA`, 'x', nextToken + nextToken])
      expect(await rawCall(rig, operation, { ...paged.input, nextToken: bad })).toMatchObject(invalidToken);
    if (paged.otherFilter)
      expect(await rawCall(rig, operation, { ...paged.otherFilter, nextToken })).toMatchObject(invalidToken);
    const [other] = Object.entries(operations).find(([name]) => name !== operation)!;
    expect(await rawCall(rig, other, { ...operations[other]!.input, nextToken })).toMatchObject(invalidToken);
    expect(await rawCall(rig, operation, { ...paged.input, nextToken }, 'eu-west-1')).toMatchObject({
      status: 400,
    });
  });
});
