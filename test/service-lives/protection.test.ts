import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceWorld } from './world.ts';

const minute = 60_000;

test('a service scales a protected task in as soon as its protection lapses, though nothing else happens', async () => {
  const world = await ServiceWorld.open({ seed: 1, hosts: 1, zones: 1 });
  world.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf('server')] });
  world.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 });
  await world.clock.advance(2 * minute);
  const tasks = world.tasks.map(({ arn }) => arn);
  world.ask('UpdateTaskProtection', {
    cluster: 'default',
    tasks,
    protectionEnabled: true,
    expiresInMinutes: 3,
  });
  world.ask('UpdateService', { service: 'web', desiredCount: 1 });
  const wanted = (): number => world.tasks.filter((task) => task.desiredStatus === 'RUNNING').length;
  await world.clock.advance(3 * minute - 1);
  expect(wanted()).toBe(2);
  await world.clock.advance(10);
  expect(wanted()).toBe(1);
  expect(world.violations).toEqual([]);
});
