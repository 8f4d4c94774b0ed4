import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isFargateSize } from './fargate-size.ts';

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);

/** CPU units, sizes in MiB. */
const table: readonly (readonly [cpu: number, sizes: readonly number[]])[] = [
  [256, [512, 1024, 2048]],
  [512, range(1024, 4096, 1024)],
  [1024, range(2048, 8192, 1024)],
  [2048, range(4096, 16_384, 1024)],
  [4096, range(8192, 30_720, 1024)],
  [8192, range(16_384, 61_440, 4096)],
  [16_384, range(32_768, 122_880, 8192)],
];
const combinations = table.flatMap(([cpu, sizes]) => sizes.map((memory) => [cpu, memory] as const));

test('there are 74 combinations', () => {
  expect(combinations).toHaveLength(74);
});

test.each(combinations)('%i units with %i MiB is one', (cpu, memory) => {
  expect(isFargateSize(cpu, memory, 'linux')).toBe(true);
  expect(isFargateSize(cpu, memory, 'windows')).toBe(cpu >= 1024 && cpu <= 4096);
});

describe('nothing else is one', () => {
  it.each(table)('at the boundaries of %i units', (cpu, sizes) => {
    const [first, last] = [sizes[0]!, sizes.at(-1)!];
    for (const memory of [first - 1, first - 512, first + 1, first + 256, last - 1, last + 1, last + 1024]) {
      expect(isFargateSize(cpu, memory, 'linux')).toBe(sizes.includes(memory));
    }
  });

  it('of any CPU and memory', () => {
    const all = new Set(combinations.map(String));
    const cpu = fc.oneof(
      fc.constantFrom(...table.map(([units]) => units)),
      fc.integer({ min: 0, max: 40_000 }),
    );
    const memory = fc.oneof(
      fc.integer({ min: 0, max: 256 }).map((step) => step * 512),
      fc.nat(130_000),
    );
    fc.assert(
      fc.property(cpu, memory, (units, mebibytes) => {
        expect(isFargateSize(units, mebibytes, 'linux')).toBe(all.has(String([units, mebibytes])));
      }),
      { numRuns: 2000 },
    );
  });
});
