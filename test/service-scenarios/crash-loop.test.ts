import { expect, test } from 'vitest';
import { ServiceHarness } from './service-harness.ts';
import { containerOf } from './images.ts';

test('a crash loop is slowed down, and a good revision starts at once', async () => {
  const harness = await ServiceHarness.open({ seed: 1, hosts: 1, zones: 1 });
  const register = (image: 'quitter' | 'server') =>
    harness.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf(image)] });
  register('quitter');
  harness.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 });
  await harness.clock.advance(10 * 60_000);
  // Each of the two takes a second or so to start, lives for a moment, and waits ten seconds.
  expect(harness.tasks.length).toBeLessThan(140);
  expect(harness.tasks.length).toBeGreaterThan(60);
  register('server');
  harness.ask('UpdateService', { service: 'web', taskDefinition: 'web' });
  expect(await harness.until(() => running(harness) === 2, 15_000, 100)).toBe(true);
  expect(harness.violations).toEqual([]);
});

const running = (harness: ServiceHarness): number =>
  harness.tasks.filter(({ revision, lastStatus }) => revision === 2 && lastStatus === 'RUNNING').length;
