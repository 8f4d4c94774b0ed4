import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCapacityProvider } from '../../../../../test-support/builders/a-capacity-provider.ts';
import { aCluster } from '../../../../../test-support/builders/a-cluster.ts';
import { aScope } from '../../../../../test-support/builders/a-scope.ts';
import { silentLog } from '../../../../lib/log.ts';
import { capacityProviderArn, clusterArn } from '../../state/arn.ts';
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { ReadTransaction, Store } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { checkedDefaultStrategy, checkedStrategy, strategyToUse } from './strategy.ts';

const withProviders = (fields: Partial<Cluster> = {}): Cluster =>
  aCluster({ capacityProviders: ['FARGATE', 'FARGATE_SPOT', 'p', 'q', 'gone', 'never'], ...fields });
const item = (capacityProvider: string, weight = 0, base = 0): CapacityProviderStrategyItem => ({
  capacityProvider,
  weight,
  base,
});

let store: Store;
beforeAll(async () => {
  const journal = new MemoryJournal({ durability: 'immediate' });
  store = await openStore({ tables: [capacityProviders], journal, log: silentLog });
  store.update((tx) => {
    const table = tx.table(capacityProviders);
    for (const name of ['p', 'q', 'r']) table.put(aCapacityProvider({ name }));
    table.put(aCapacityProvider({ name: 'gone', status: 'INACTIVE' }));
    table.put(aCapacityProvider({ name: 'scoped', clusterArn: clusterArn(aScope, 'default') }));
  });
});
const read = <T extends object | undefined>(run: (tx: ReadTransaction) => T): T => {
  let result: T | undefined;
  store.view((tx) => {
    result = run(tx);
  });
  return result as T;
};
const check = (strategy: Parameters<typeof checkedStrategy>[2], cluster = withProviders()) =>
  read((tx) => checkedStrategy(tx, cluster, strategy));

describe('checkedStrategy', () => {
  test.each([
    ['completes items', [{ capacityProvider: 'p', weight: 2 }], [item('p', 2)]],
    ['keeps names of ARNs', [item(capacityProviderArn(aScope, 'p'), 1)], [item('p', 1)]],
    ['takes a weight of 0 beside another', [item('p', 0, 5), item('q', 1)], [item('p', 0, 5), item('q', 1)]],
    [
      'takes both kinds of Fargate',
      [item('FARGATE', 1), item('FARGATE_SPOT', 1)],
      [item('FARGATE', 1), item('FARGATE_SPOT', 1)],
    ],
    ["takes the cluster's own provider", [item('scoped', 1)], [item('scoped', 1)]],
  ])('%s', (_what, input, stored) => {
    expect(check(input)).toEqual(stored);
  });

  test.each([
    ['none', [], 'no capacity providers in the capacity provider strategy with a weight'],
    ['no weight, whatever the base', [item('p', 0, 5)], 'with a weight value greater than zero'],
    ['two bases', [item('p', 1, 1), item('q', 1, 1)], 'multiple capacity providers'],
    ['a provider of another cluster', [item('r', 1)], 'not associated with the cluster'],
    ['a provider that never was', [item('never', 1)], 'not associated with the cluster'],
    ['a provider that is gone', [item('gone', 1)], "'gone' is not in an ACTIVE state"],
    ['a mix', [item('p', 1), item('FARGATE', 1)], 'cannot contain a mix'],
    ['a provider twice', [item('p', 1), item(capacityProviderArn(aScope, 'p'), 1)], "'p' is more than once"],
    ['an ARN of elsewhere', [item('arn:aws:ecs:x:0:capacity-provider/p', 1)], 'Invalid identifier'],
    ['21 items', Array.from({ length: 21 }, () => item('p', 1)), 'maximum number'],
  ])('refuses %s', (_what, input, message) => {
    expect(() => check(input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
    expect(() => check(input)).toThrow(message);
  });

  const anyItem = fc.record({
    capacityProvider: fc.constantFrom('p', 'q', 'r', 'gone', 'FARGATE', 'FARGATE_SPOT'),
    weight: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom(-1, 1000, 1001)),
    base: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 7, 100_000, 100_001)),
  });

  test('accepts exactly what breaks no rule, and takes what it stored once more', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 4 }), (input) => {
        const named = input.map(({ capacityProvider }) => capacityProvider);
        const onFargate = named.filter((name) => name.startsWith('FARGATE')).length;
        const isSound =
          input.every(({ weight, base }) => weight >= 0 && weight <= 1000 && base >= 0 && base <= 100_000) &&
          new Set(named).size === named.length &&
          !named.includes('r') &&
          !named.includes('gone') &&
          (onFargate === 0 || onFargate === named.length) &&
          input.filter(({ base }) => base > 0).length <= 1 &&
          input.some(({ weight }) => weight > 0);
        if (!isSound) {
          expect(() => check(input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
          return;
        }
        expect(check(input)).toEqual(input);
        expect(check(check(input))).toEqual(input);
      }),
    );
  });
});

describe('checkedDefaultStrategy', () => {
  test('may be empty, and may have no weight', () => {
    for (const strategy of [[], [item('p')]])
      expect(read((tx) => checkedDefaultStrategy(tx, withProviders(), strategy))).toEqual(strategy);
  });
});

describe('strategyToUse', () => {
  const use = (cluster: Cluster, input?: CapacityProviderStrategyItem[]) =>
    read((tx) => strategyToUse(tx, cluster, input));
  const withDefault = withProviders({ defaultCapacityProviderStrategy: [item('q', 1)] });

  test("is the request's, else the cluster's, else none", () => {
    expect(use(withDefault, [item('p', 1)])).toEqual([item('p', 1)]);
    expect(use(withDefault)).toEqual([item('q', 1)]);
    expect(use(withDefault, [])).toEqual([item('q', 1)]);
    expect(use(withProviders())).toBeUndefined();
    expect(use(withProviders({ defaultCapacityProviderStrategy: [] }))).toBeUndefined();
  });

  test('asks a default for a weight now', () => {
    const weightless = withProviders({ defaultCapacityProviderStrategy: [item('q')] });
    expect(() => use(weightless)).toThrow(
      'There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy.',
    );
    expect(use(weightless, [item('p', 1)])).toEqual([item('p', 1)]);
  });
});
