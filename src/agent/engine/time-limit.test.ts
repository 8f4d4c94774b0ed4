import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { goDuration, withinLimit } from './time-limit.ts';

test.each([
  [30_000, '30s'],
  [1500, '1.5s'],
  [180_000, '3m0s'],
  [7_200_000, '2h0m0s'],
])('%i ms reads %s', (duration, text) => {
  expect(goDuration(duration)).toBe(text);
});

test('what takes too long fails with the official name', async () => {
  const clock = new VirtualClock();
  const result = withinLimit(clock, 240_000, 'created', new Promise<never>(() => undefined));
  const failure = result.catch((error: unknown) => error);
  await clock.advance(240_000);
  expect(await failure).toMatchObject({
    reason: 'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s',
  });
});

test('what ends in time leaves no timer behind', async () => {
  const clock = new VirtualClock();
  await expect(withinLimit(clock, 1000, 'started', Promise.resolve(5))).resolves.toBe(5);
  await clock.advance(0);
  expect(clock.nextAt()).toBeUndefined();
});
