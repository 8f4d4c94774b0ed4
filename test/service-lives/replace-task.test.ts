import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceWorld } from './world.ts';

test('ReplaceTask starts another task first, and stops the one only when the other is healthy', async () => {
  const world = await ServiceWorld.open({ seed: 1, hosts: 2, zones: 1 });
  world.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf('server')] });
  world.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 3 });
  await world.clock.advance(120_000);
  const [one] = world.tasks;
  world.ask('ReplaceTask', { task: one!.arn });
  const stopped = await world.until(() => world.task(one!.arn)!.desiredStatus === 'STOPPED', 120_000, 100);
  expect(stopped).toBe(true);
  const others = world.tasks.filter(({ arn }) => arn !== one!.arn);
  expect(others.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  expect(Math.min(...others.map(({ startedAt }) => world.clock.now() - startedAt!))).toBeGreaterThanOrEqual(
    40_000,
  );
  expect(world.task(one!.arn)!.stoppedReason).toBe('Task replaced by its service: a user asked for it');
  await world.clock.advance(120_000);
  expect(world.tasks).toHaveLength(4);
  expect(world.violations).toEqual([]);
});
