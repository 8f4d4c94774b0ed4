import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { refuseFirst } from './rule.ts';
import { sizeProblems, taskSize } from './size.ts';

const validateSize = (input: Parameters<typeof sizeProblems>[0]): void => refuseFirst(sizeProblems(input));

test.each([
  ['128', 128],
  ['256', 256],
  ['196608', 196_608],
  ['1 vCPU', 1024],
  ['1vcpu', 1024],
  ['.25 vcpu', 256],
  ['0.5 VCPU', 512],
  [' 2  vCPU ', 2048],
  ['192 vCPU', 196_608],
])('cpu %j is %i units', (cpu, units) => {
  expect(taskSize({ cpu })).toEqual({ cpu: units });
});

test.each([
  ['512', 512],
  ['4', 4],
  ['1GB', 1024],
  ['.5 gb', 512],
  ['0.5GB', 512],
  ['30 GB', 30_720],
])('memory %j is %i MiB', (memory, mebibytes) => {
  expect(taskSize({ memory })).toEqual({ memory: mebibytes });
});

test.each([undefined, ''])('%j is no size', (none) => {
  expect(taskSize({ cpu: none, memory: none })).toEqual({});
});

test.each<[string, object]>([
  ...['127', '196609', '0', '-256', '1e3', '0x100', 'vCPU', '1 GB', '.3 vCPU', '1.5', '. vCPU', 'x'].map(
    (cpu): [string, object] => ['cpu', { cpu }],
  ),
  ...['3', '0', '-1', '1 vCPU', '1 MB', '0.3GB', 'x', '1,5 GB', '9'.repeat(20), '9'.repeat(400)].map(
    (memory): [string, object] => ['memory', { memory }],
  ),
])('refuses the %s of %j', (setting, input) => {
  expect(() => taskSize(input)).toThrow(
    expect.objectContaining({
      code: 'ClientException',
      message: expect.stringContaining(`Invalid '${setting}' setting for task.`),
    }),
  );
});

test('any text is a size in units or is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789. vcpuGB-e')) }), (text) => {
      try {
        const { cpu, memory } = taskSize({ cpu: text, memory: text });
        for (const size of [cpu, memory]) expect(size === undefined || Number.isSafeInteger(size)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ClientException' });
      }
    }),
    { numRuns: 1000 },
  );
});

describe('containers within their task', () => {
  const containerDefinitions = [
    { name: 'a', cpu: 100, memory: 300 },
    { name: 'b', cpu: 156, memoryReservation: 900 },
    { name: 'c', memory: 212 },
  ];

  it('may ask for all that it has, and a soft limit is none', () => {
    expect(() => validateSize({ cpu: '256', memory: '512', containerDefinitions })).not.toThrow();
    expect(() => validateSize({ containerDefinitions })).not.toThrow();
  });

  test.each([
    ['cpu', { cpu: '255' }],
    ['memory', { memory: '511' }],
  ])('may not ask for more %s', (member, size) => {
    expect(() => validateSize({ ...size, containerDefinitions })).toThrow(
      `The sum of all container '${member}' values cannot be greater than the task-level '${member}' value.`,
    );
  });

  it('may each ask for all its memory, and not for more', () => {
    const one = (memory: number) => [{ name: 'a', memory }];
    expect(() => validateSize({ memory: '1 GB', containerDefinitions: one(1024) })).not.toThrow();
    expect(() => validateSize({ memory: '1 GB', containerDefinitions: one(1025) })).toThrow(
      "The 'memory' setting for container 'a' is greater than for the task.",
    );
  });
});
