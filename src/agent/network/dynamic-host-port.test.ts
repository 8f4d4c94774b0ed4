// Whatever is taken and asked: what is chosen is free, in a row, and found where there is any.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aPayloadContainer, aPayloadTask } from '../../../test-support/builders/a-payload-task.ts';
import type { PayloadPortMapping } from '../../agent-protocol/messages.ts';
import { seededRandom } from '../../lib/random.ts';
import { defaultAgentConfig } from '../config/config.ts';
import { choosePorts, portKey, portKeys } from './dynamic-host-port.ts';

const from = 100;
const choose = (size: number, taken: Set<string>, portMappings: readonly PayloadPortMapping[], seed = 1) =>
  choosePorts(
    aPayloadTask(),
    aPayloadContainer({ portMappings }),
    taken,
    { ...defaultAgentConfig, dynamicHostPortRange: { from, to: from + size - 1 }, bindAddress: '127.0.0.2' },
    seededRandom(seed),
  );
const range = (count: number): PayloadPortMapping => ({ containerPortRange: `8000-${8000 + count - 1}` });

test('a range gets as many host ports in a row, as one binding', () => {
  const [binding] = choose(3, new Set(), [{ ...range(3), protocol: 'udp' }])!;
  expect(binding).toEqual({
    containerPort: 8000,
    hostPort: 100,
    count: 3,
    hostIp: '127.0.0.2',
    protocol: 'udp',
  });
  expect(portKeys(binding!)).toEqual(['100/udp', '101/udp', '102/udp']);
});

test('ranges are chosen apart from each other, from single ports, and not from those of the other protocol', () => {
  const taken = new Set(['100/udp']);
  const bindings = choose(50, taken, [range(2), { containerPort: 80 }, range(2)])!;
  const keys = bindings.flatMap(portKeys);
  expect(new Set(keys).size).toBe(5);
  expect(taken).toEqual(new Set([...keys, '100/udp']));
});

test('finds a row of free ports exactly where there is one, wherever it begins to look', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 19 })),
      fc.integer({ min: 2, max: 6 }),
      fc.integer(),
      (size, offsets, count, seed) => {
        const taken = new Set(offsets.map((offset) => portKey(from + offset, 'tcp')));
        const isFree = (port: number): boolean => port < from + size && !offsets.includes(port - from);
        const rowAt = (port: number): boolean =>
          Array.from({ length: count }, (_, at) => port + at).every(isFree);
        const exists = Array.from({ length: size }, (_, at) => from + at).some(rowAt);
        const chosen = choose(size, taken, [range(count)], seed)?.[0];
        expect(chosen !== undefined).toBe(exists);
        if (chosen !== undefined) expect(rowAt(chosen.hostPort)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});
