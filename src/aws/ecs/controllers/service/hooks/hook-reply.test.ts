import { expect, test } from 'vitest';
import type { LifecycleHookState } from '../../../state/service/deployment/service-deployment.ts';
import { repliedHook, type Outcome } from './hook-reply.ts';

const hook: LifecycleHookState = {
  id: 'h',
  targetType: 'AWS_LAMBDA',
  targetArn: 'http://x/',
  stage: 'POST_SCALE_UP',
  status: 'IN_PROGRESS',
  timeoutAction: 'ROLLBACK',
  call: { number: 3, at: 0, failures: 0, hookDetails: { input: true } },
};
const now = 1000;
const after = (outcome: Outcome, of = hook) => repliedHook(of, 3, outcome, now, (failures) => 10 ** failures);
const reply = (value: unknown) => after({ kind: 'reply', reply: value });

test('SUCCEEDED and FAILED end it', () => {
  expect(reply({ hookStatus: 'SUCCEEDED' })).toEqual({ ...hook, status: 'SUCCEEDED', call: undefined });
  expect(reply({ hookStatus: 'FAILED' })).toMatchObject({ status: 'FAILED', reason: 'it replied FAILED' });
});

test.each([
  [{}, 30_000, { input: true }],
  [{ callBackDelay: 60 }, 60_000, { input: true }],
  [{ callBackDelay: 0 }, 1000, { input: true }],
  [{ callBackDelay: null }, 30_000, { input: true }],
  [{ callBackDelay: 10 ** 9 }, 86_400_000, { input: true }],
  [{ hookDetails: [1] }, 30_000, [1]],
  [{ hookDetails: null }, 30_000, null],
])('IN_PROGRESS with %j comes again after %i ms with %j', (more, delay, hookDetails) => {
  expect(reply({ hookStatus: 'IN_PROGRESS', ...more })).toEqual({
    ...hook,
    call: { number: 4, at: now + delay, failures: 0, hookDetails },
  });
});

test.each([
  undefined,
  null,
  'SUCCEEDED',
  ['SUCCEEDED'],
  {},
  { hookStatus: 'succeeded' },
  { hookStatus: 1 },
  { hookStatus: 'IN_PROGRESS', callBackDelay: '60' },
  { hookStatus: 'IN_PROGRESS', callBackDelay: -1 },
  { hookStatus: 'IN_PROGRESS', callBackDelay: Number.NaN },
])('%j is no valid reply', (value) => {
  expect(reply(value)).toMatchObject({ status: 'FAILED', call: undefined });
});

test('what was not reached is tried again, four times', () => {
  const unreached = { kind: 'unreached', reason: 'no route' } as const;
  let of = hook;
  for (const [failures, delay] of [1, 10, 100, 1000].entries()) {
    const { number } = of.call!;
    of = repliedHook(of, number, unreached, now, (count) => 10 ** count);
    expect(of).toMatchObject({
      status: 'IN_PROGRESS',
      call: { number: number + 1, at: now + delay, failures: failures + 1, hookDetails: { input: true } },
    });
  }
  expect(repliedHook(of, of.call!.number, unreached, now, () => 0)).toMatchObject({
    status: 'FAILED',
    reason: 'no route',
  });
});

test('what is not waited for changes nothing', () => {
  const outcome = { kind: 'reply', reply: { hookStatus: 'SUCCEEDED' } } as const;
  expect(repliedHook(hook, 2, outcome, now, () => 0)).toBe(hook);
  const timedOut = { ...hook, status: 'TIMED_OUT' } as const;
  expect(after(outcome, timedOut)).toBe(timedOut);
});
