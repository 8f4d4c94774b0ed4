import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile, type HostView } from './reconcile.ts';

const lostAfter = 300_000;
const aHost = (fields: Partial<HostView> = {}): HostView => ({
  isRegistered: true,
  registeredAt: 0,
  isConnected: false,
  silence: undefined,
  wereAllSilent: false,
  stopping: ['t1'],
  ...fields,
});

test('silence begins when it is first seen, and is a loss once it lasted', () => {
  const begun = { since: 1000, isLost: false };
  expect(reconcile(aHost(), lostAfter, 1000)).toEqual({
    silence: begun,
    forgives: false,
    giveUp: [],
    changesAt: 301_000,
  });
  expect(reconcile(aHost({ silence: begun }), lostAfter, 300_999).silence).toEqual(begun);
  expect(reconcile(aHost({ silence: begun }), lostAfter, 301_000)).toEqual({
    silence: { since: 1000, isLost: true },
    forgives: false,
    giveUp: ['t1'],
  });
});

test.each([
  ['the others are heard of', {}, false],
  ['all were silent', { wereAllSilent: true }, true],
  ['it is new', { wereAllSilent: true, registeredAt: 999_999 }, false],
  ['it was not silent', { wereAllSilent: true, silence: undefined }, false],
])('a host that connects gives the others their time again: %s', (_when, fields, forgives) => {
  const silence = { since: 1_000_000, isLost: true };
  expect(reconcile(aHost({ isConnected: true, silence, ...fields }), lostAfter, 2_000_000)).toEqual({
    silence: undefined,
    forgives,
    giveUp: [],
  });
});

const someHost = fc.record({
  isRegistered: fc.boolean(),
  registeredAt: fc.nat(1_000_000),
  isConnected: fc.boolean(),
  silence: fc.option(fc.record({ since: fc.nat(1_000_000), isLost: fc.boolean() }), { nil: undefined }),
  wereAllSilent: fc.boolean(),
  stopping: fc.array(fc.string()),
});

test('run again it changes nothing more; nobody is lost before the time, and none who is heard of', () => {
  fc.assert(
    fc.property(someHost, fc.nat(1_000_000), (view, later) => {
      const now = Math.max(view.silence?.since ?? 0, 1_000_000) + later;
      const plan = reconcile(view, lostAfter, now);
      const again = reconcile({ ...view, silence: plan.silence, stopping: [] }, lostAfter, now);
      expect(again).toEqual({ ...plan, forgives: false, giveUp: [] });
      if (plan.giveUp.length > 0) expect(plan.silence?.isLost).toBe(true);
      if (view.isConnected || !view.isRegistered) expect(plan.silence).toBeUndefined();
      else if (!view.silence?.isLost)
        expect(plan.silence?.isLost).toBe(now - (view.silence?.since ?? now) >= lostAfter);
    }),
  );
});
