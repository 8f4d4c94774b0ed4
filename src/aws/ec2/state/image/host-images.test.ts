import { expect, test } from 'vitest';
import { hostImage, hostImages } from './host-images.ts';

test('every image of every region has an id of its own, always the same', () => {
  const ids = ['us-east-1', 'eu-central-1'].flatMap((region) => hostImages(region).map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^ami-[0-9a-f]{17}$/);
  expect(hostImages('us-east-1').map(({ id }) => id)).toEqual(ids.slice(0, ids.length / 2));
});

test('a family is found by its name', () => {
  expect(hostImage('us-east-1', 'amazon-linux-2023/arm64')).toMatchObject({
    architecture: 'arm64',
    os: 'Amazon Linux 2023',
  });
  expect(hostImage('us-east-1', 'windows')).toBeUndefined();
});
