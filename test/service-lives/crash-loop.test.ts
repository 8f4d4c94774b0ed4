import { expect, test } from 'vitest';
import { ServiceWorld } from './world.ts';
import { containerOf } from './images.ts';

test('a crash loop is slowed down, and a good revision starts at once', async () => {
  const world = await ServiceWorld.open({ seed: 1, hosts: 1, zones: 1 });
  const register = (image: 'quitter' | 'server') =>
    world.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf(image)] });
  register('quitter');
  world.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 });
  await world.clock.advance(10 * 60_000);
  // Each of the two takes a second or so to start, lives for a moment, and waits ten seconds.
  expect(world.tasks.length).toBeLessThan(140);
  expect(world.tasks.length).toBeGreaterThan(60);
  register('server');
  world.ask('UpdateService', { service: 'web', taskDefinition: 'web' });
  expect(await world.until(() => running(world) === 2, 15_000, 100)).toBe(true);
  expect(world.violations).toEqual([]);
});

const running = (world: ServiceWorld): number =>
  world.tasks.filter(({ revision, lastStatus }) => revision === 2 && lastStatus === 'RUNNING').length;
