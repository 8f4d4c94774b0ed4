import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { seededRandom, systemRandom } from './random.ts';

describe('seeded chance', () => {
  it('replays from its seed, numbers and bytes alike', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(40)), (seed, draws) => {
        const drawn = (): unknown[] => {
          const random = seededRandom(seed);
          return draws.map((length) => (length === 0 ? random.next() : [...random.bytes(length)]));
        };
        expect(drawn()).toEqual(drawn());
      }),
    );
  });

  it('differs by seed', () => {
    expect(seededRandom(1).bytes(16)).not.toEqual(seededRandom(2).bytes(16));
  });

  it('spreads evenly over [0, 1)', () => {
    const random = seededRandom(42);
    const buckets = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const bucket = Math.floor(random.next() * 10);
      buckets[bucket] = buckets[bucket]! + 1;
    }
    expect(Math.min(...buckets)).toBeGreaterThan(850);
    expect(Math.max(...buckets)).toBeLessThan(1150);
    expect(buckets).toHaveLength(10);
  });

  it('draws every byte value', () => {
    expect(new Set(seededRandom(3).bytes(10_000)).size).toBe(256);
  });
});

test.each([
  ['seeded', seededRandom(9)],
  ['system', systemRandom],
])('%s chance gives numbers in [0, 1) and as many bytes as asked', (_name, random) => {
  const numbers = Array.from({ length: 1000 }, () => random.next());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(990);
  expect(random.bytes(0)).toHaveLength(0);
  expect(random.bytes(33)).toHaveLength(33);
});

test('system chance never gives the same bytes twice, nor takes back what it gave, whatever the sizes asked for', () => {
  const sizes = Array.from({ length: 3000 }, (_, draw) => 8 + ((draw * 37) % 90));
  const input = [...sizes, 4096, 4096, 5000, 8].map((size) => systemRandom.bytes(size));
  expect(input.map(({ length }) => length)).toEqual([...sizes, 4096, 4096, 5000, 8]);
  const eights = input.flatMap((bytes) =>
    Array.from({ length: Math.floor(bytes.length / 8) }, (_, place) =>
      Buffer.from(bytes).toString('hex', place * 8, place * 8 + 8),
    ),
  );
  expect(new Set(eights).size).toBe(eights.length);
});

test('bytes that were given are the receiver’s alone', () => {
  const [first, second] = [systemRandom.bytes(16), systemRandom.bytes(16)];
  const before = [...second];
  first.fill(7);
  expect([...second]).toEqual(before);
  expect(first.buffer).not.toBe(second.buffer);
});
