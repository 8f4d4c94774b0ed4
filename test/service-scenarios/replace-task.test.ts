import { expect, test } from 'vitest';
import { containerOf } from './images.ts';
import { ServiceHarness } from './service-harness.ts';

test('ReplaceTask starts another task first, and stops the one only when the other is healthy', async () => {
  const harness = await ServiceHarness.open({ seed: 1, hosts: 2, zones: 1 });
  harness.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [containerOf('server')] });
  harness.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 3 });
  await harness.clock.advance(120_000);
  const [one] = harness.tasks;
  harness.ask('ReplaceTask', { task: one!.arn });
  const stopped = await harness.until(
    () => harness.task(one!.arn)!.desiredStatus === 'STOPPED',
    120_000,
    100,
  );
  expect(stopped).toBe(true);
  const others = harness.tasks.filter(({ arn }) => arn !== one!.arn);
  expect(others.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  expect(Math.min(...others.map(({ startedAt }) => harness.clock.now() - startedAt!))).toBeGreaterThanOrEqual(
    40_000,
  );
  expect(harness.task(one!.arn)!.stoppedReason).toBe('Task replaced by its service: a user asked for it');
  await harness.clock.advance(120_000);
  expect(harness.tasks).toHaveLength(4);
  expect(harness.violations).toEqual([]);
});
