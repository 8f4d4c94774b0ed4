import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addResources, noResources, subtractResources, type Resources } from './resources.ts';

const ports = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 4 });
const gpuIds = fc.option(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }), {
  nil: undefined,
});
const resources: fc.Arbitrary<Resources> = fc.record({
  cpu: fc.nat(10_000),
  memory: fc.nat(10_000),
  ports,
  portsUdp: ports,
  gpuIds,
});
const ascending = (one: number, other: number): number => one - other;
const sorted = (input: Resources): Resources => ({
  ...input,
  ports: input.ports.toSorted(ascending),
  portsUdp: input.portsUdp.toSorted(ascending),
  gpuIds: input.gpuIds?.toSorted(),
});

describe('resources', () => {
  it('are what they were when as much is given back as was taken, whatever came between', () => {
    fc.assert(
      fc.property(resources, resources, resources, (held, one, other) => {
        const both = addResources(addResources(held, one), other);
        expect(sorted(subtractResources(both, one))).toEqual(sorted(addResources(held, other)));
        expect(sorted(subtractResources(subtractResources(both, one), other))).toEqual(sorted(held));
      }),
    );
  });

  it('add up, TCP and UDP apart', () => {
    const one = { cpu: 1, memory: 2, ports: [80], portsUdp: [53] };
    const other = { cpu: 10, memory: 20, ports: [443, 80], portsUdp: [] };
    expect(addResources(one, other)).toEqual({ cpu: 11, memory: 22, ports: [80, 443, 80], portsUdp: [53] });
    expect(addResources(noResources, one)).toEqual(one);
  });

  it('hold GPUs by id, and none are no list at all', () => {
    const one = { ...noResources, gpuIds: ['a', 'b'] };
    const both = addResources(one, { ...noResources, gpuIds: ['c'] });
    expect(both.gpuIds).toEqual(['a', 'b', 'c']);
    expect(subtractResources(both, one).gpuIds).toEqual(['c']);
    expect(subtractResources(one, one)).toStrictEqual(noResources);
  });

  it('give back one port of two equal ones, and none of those that are not held', () => {
    const held = { cpu: 0, memory: 0, ports: [80, 80, 22], portsUdp: [53] };
    expect(subtractResources(held, { ...noResources, ports: [80], portsUdp: [80] })).toEqual({
      ...held,
      ports: [80, 22],
    });
  });

  it('change neither of the two', () => {
    fc.assert(
      fc.property(resources, resources, (one, other) => {
        const before = JSON.stringify([one, other]);
        addResources(one, other);
        subtractResources(one, other);
        expect(JSON.stringify([one, other])).toBe(before);
      }),
    );
  });
});
