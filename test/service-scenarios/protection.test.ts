import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceHarness } from './service-harness.ts';

const minute = 60_000;

test('a service scales a protected task in as soon as its protection lapses, though nothing else happens', async () => {
  const harness = await ServiceHarness.open({ seed: 1, hosts: 1, zones: 1 });
  harness.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf('server')] });
  harness.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 });
  await harness.clock.advance(2 * minute);
  const tasks = harness.tasks.map(({ arn }) => arn);
  harness.ask('UpdateTaskProtection', {
    cluster: 'default',
    tasks,
    protectionEnabled: true,
    expiresInMinutes: 3,
  });
  harness.ask('UpdateService', { service: 'web', desiredCount: 1 });
  const wanted = (): number => harness.tasks.filter((task) => task.desiredStatus === 'RUNNING').length;
  await harness.clock.advance(3 * minute - 1);
  expect(wanted()).toBe(2);
  await harness.clock.advance(10);
  expect(wanted()).toBe(1);
  expect(harness.violations).toEqual([]);
});
