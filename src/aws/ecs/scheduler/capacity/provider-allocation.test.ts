import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CapacityProviderStrategyItem } from '../../state/capacity/capacity-provider.ts';
import { providerAllocation } from './provider-allocation.ts';

const item = (capacityProvider: string, weight: number, base = 0): CapacityProviderStrategyItem => ({
  capacityProvider,
  weight,
  base,
});

test.each<[string, number, CapacityProviderStrategyItem[], Record<string, number>, Record<string, number>]>([
  ['all to the only one', 3, [item('a', 1)], {}, { a: 3 }],
  ['by weight', 10, [item('a', 1), item('b', 4)], {}, { a: 2, b: 8 }],
  ['the base first', 2, [item('a', 0, 2), item('b', 1)], {}, { a: 2 }],
  ['the rest by weight', 7, [item('a', 1, 2), item('b', 4)], {}, { a: 3, b: 4 }],
  ['nothing beyond the base by weight 0', 5, [item('a', 0, 2)], {}, { a: 2 }],
  ['to the first of equals', 1, [item('b', 1), item('a', 1)], {}, { b: 1 }],
  ['only what the base still lacks', 3, [item('a', 0, 2), item('b', 1)], { a: 1 }, { a: 1, b: 2 }],
  ['to those that are behind', 3, [item('a', 1), item('b', 1)], { a: 3 }, { b: 3 }],
  ['nothing of nothing', 0, [item('a', 1, 5)], {}, {}],
])('%s', (_what, count, strategy, already, expected) => {
  const split = providerAllocation(count, strategy, new Map(Object.entries(already)));
  expect(Object.fromEntries(split)).toEqual(expected);
});

const strategies = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }), fc.nat(30), fc.nat(19))
  .map(([weights, base, at]) =>
    weights.map((weight, index) => item(`p${index}`, weight, index === at % weights.length ? base : 0)),
  );
const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, tasks) => sum + tasks, 0);

describe('any strategy', () => {
  it('gives the base first, then keeps every share within one task of its weight', () => {
    fc.assert(
      fc.property(strategies, fc.nat(200), (strategy, count) => {
        const split = providerAllocation(count, strategy);
        const weights = strategy.reduce((sum, { weight }) => sum + weight, 0);
        const base = Math.min(count, Math.max(...strategy.map((one) => one.base)));
        expect(total(split)).toBe(weights > 0 ? count : base);
        for (const { capacityProvider: name, weight, base: own } of strategy) {
          const beyond = (split.get(name) ?? 0) - (own > 0 ? base : 0);
          if (weight === 0) expect(beyond).toBe(0);
          else expect(Math.abs(beyond - ((count - base) * weight) / weights)).toBeLessThan(1);
        }
      }),
    );
  });

  it('comes to the same whether tasks come at once or one after the other', () => {
    fc.assert(
      fc.property(strategies, fc.nat(40), fc.nat(40), (strategy, first, second) => {
        const one = providerAllocation(first, strategy);
        const other = providerAllocation(second, strategy, one);
        const sum = new Map(one);
        for (const [name, tasks] of other) sum.set(name, (sum.get(name) ?? 0) + tasks);
        const whole = providerAllocation(first + second, strategy);
        expect(Object.fromEntries(sum)).toEqual(Object.fromEntries(whole));
      }),
    );
  });

  it('never gives to a provider that has more than its share already', () => {
    fc.assert(
      fc.property(strategies, fc.array(fc.nat(50), { maxLength: 20 }), (strategy, placed) => {
        fc.pre(strategy.some(({ weight }) => weight > 0));
        const already = new Map(
          strategy.map(({ capacityProvider }, at) => [capacityProvider, placed[at] ?? 0]),
        );
        const [next] = providerAllocation(1, strategy, already).keys();
        const chosen = strategy.find(({ capacityProvider }) => capacityProvider === next)!;
        const has = already.get(next!)!;
        if (has < chosen.base) return;
        const beyond = (one: CapacityProviderStrategyItem): number =>
          one.weight > 0 ? Math.max(0, already.get(one.capacityProvider)! - one.base) : 0;
        const all = strategy.reduce((sum, one) => sum + beyond(one), 0) + 1;
        const weights = strategy.reduce((sum, { weight }) => sum + weight, 0);
        expect(beyond(chosen)).toBeLessThan((all * chosen.weight) / weights);
      }),
    );
  });
});
