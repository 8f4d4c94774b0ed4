import { expect, test } from 'vitest';
import { zoneOf, zonePrefix, zonesOf } from './zone.ts';

test.each([
  ['us-east-1', 'use1'],
  ['ap-southeast-2', 'apse2'],
  ['eu-central-1', 'euc1'],
  ['ap-northeast-3', 'apne3'],
  ['us-gov-west-1', 'usgw1'],
])('ids of the zones of %s begin with %s', (region, prefix) => {
  expect(zonePrefix(region)).toBe(prefix);
});

test('a zone is found by its name and by its id', () => {
  expect(zonesOf('eu-west-1').map(({ name }) => name)).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  expect(zoneOf('eu-west-1', 'euw1-az2')).toEqual({ name: 'eu-west-1b', id: 'euw1-az2' });
  expect(zoneOf('eu-west-1', 'us-east-1a')).toBeUndefined();
});
