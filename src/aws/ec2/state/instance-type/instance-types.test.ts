import { expect, test } from 'vitest';
import { instanceType, instanceTypes } from './instance-types.ts';

test.each([
  ['t3.micro', 2, 1024, 2, 2],
  ['m5.large', 2, 8192, 3, 10],
  ['c6g.medium', 1, 2048, 2, 4],
  ['r5.24xlarge', 96, 786_432, 15, 50],
  ['g4dn.xlarge', 4, 16_384, 3, 10],
])('%s has what AWS gives it', (name, vcpus, memoryMiB, maxNetworkInterfaces, addressesPerInterface) => {
  expect(instanceType(name)).toMatchObject({ vcpus, memoryMiB, maxNetworkInterfaces, addressesPerInterface });
});

test('no type is there twice', () => {
  const names = instanceTypes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
