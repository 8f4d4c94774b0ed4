import { expect, test } from 'vitest';
import { readDeploy, type DeployWish } from './deploy-flags.ts';

test('images are of containers', () => {
  expect(readDeploy({ image: ['app=host:5000/a@sha256:1', 'side=b'] })).toEqual({
    images: [
      { containerName: 'app', image: 'host:5000/a@sha256:1' },
      { containerName: 'side', image: 'b' },
    ],
    force: false,
  });
});

test('a task definition, or the same again', () => {
  expect(readDeploy({ taskDefinition: 'web:3' })).toEqual({ taskDefinition: 'web:3', force: false });
  expect(readDeploy({ force: true })).toEqual({ force: true });
});

test.each<[DeployWish, string]>([
  [{}, 'Say what to deploy'],
  [{ image: [], wait: true }, 'Say what to deploy'],
  [{ image: ['app'] }, "'app' is not CONTAINER=IMAGE"],
  [{ image: ['=x'] }, 'is not CONTAINER=IMAGE'],
  [{ image: ['app='] }, 'is not CONTAINER=IMAGE'],
  [{ image: ['app=x'], taskDefinition: 'web' }, 'either'],
  [{ force: true, timeout: 1 }, '--wait'],
])('%j is bad usage', (wish, text) => {
  expect(() => readDeploy(wish)).toThrow(text);
});
