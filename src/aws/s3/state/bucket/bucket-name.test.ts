import { expect, test } from 'vitest';
import { isBucketName } from './bucket-name.ts';

test.each(['abc', 'a1.b-c', '0ab', 'a'.repeat(63), '1.2.3', 'a.-b'])('%s is a name', (name) => {
  expect(isBucketName(name)).toBe(true);
});

test.each([
  'ab',
  'a'.repeat(64),
  'Abc',
  'a_b',
  '-ab',
  'ab-',
  '.ab',
  'ab.',
  'a..b',
  '192.168.5.4',
  'xn--abc',
  'sthree-abc',
  'amzn-s3-demo-abc',
  'abc-s3alias',
  'abc--ol-s3',
  'abc--x-s3',
  'abc.mrap',
  'a b',
  'é-bucket',
  '',
])('%s is none', (name) => {
  expect(isBucketName(name)).toBe(false);
});
