import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile, type HostView } from './reconcile.ts';

const lostAfter = 300_000;
const aHost = (fields: Partial<HostView> = {}): HostView => ({
  isRegistered: true,
  registeredAt: 0,
  isConnected: false,
  disconnection: undefined,
  wereAllDisconnected: false,
  stopping: ['t1'],
  ...fields,
});

test('a disconnection begins when it is first seen, and the host is lost once it lasted', () => {
  const begun = { since: 1000, isLost: false };
  expect(reconcile(aHost(), lostAfter, 1000)).toEqual({
    disconnection: begun,
    forgives: false,
    abandon: [],
    changesAt: 301_000,
  });
  expect(reconcile(aHost({ disconnection: begun }), lostAfter, 300_999).disconnection).toEqual(begun);
  expect(reconcile(aHost({ disconnection: begun }), lostAfter, 301_000)).toEqual({
    disconnection: { since: 1000, isLost: true },
    forgives: false,
    abandon: ['t1'],
  });
});

test('a host that renews its connection while all others are lost leaves them lost', () => {
  const view = (since: number) =>
    aHost({ isConnected: true, wereAllDisconnected: true, disconnection: { since, isLost: false } });
  expect(reconcile(view(1_990_001), lostAfter, 2_000_000).forgives).toBe(false);
  expect(reconcile(view(1_990_000), lostAfter, 2_000_000).forgives).toBe(true);
});

test.each([
  ['the others are heard of', {}, false],
  ['all were silent', { wereAllDisconnected: true }, true],
  ['it is new', { wereAllDisconnected: true, registeredAt: 999_999 }, false],
  ['it was not silent', { wereAllDisconnected: true, disconnection: undefined }, false],
])('a host that connects gives the others their time again: %s', (_when, fields, forgives) => {
  const disconnection = { since: 1_000_000, isLost: true };
  expect(reconcile(aHost({ isConnected: true, disconnection, ...fields }), lostAfter, 2_000_000)).toEqual({
    disconnection: undefined,
    forgives,
    abandon: [],
  });
});

const someHost = fc.record({
  isRegistered: fc.boolean(),
  registeredAt: fc.nat(1_000_000),
  isConnected: fc.boolean(),
  disconnection: fc.option(fc.record({ since: fc.nat(1_000_000), isLost: fc.boolean() }), { nil: undefined }),
  wereAllDisconnected: fc.boolean(),
  stopping: fc.array(fc.string()),
});

test('run again it changes nothing more; nobody is lost before the time, and none who is heard of', () => {
  fc.assert(
    fc.property(someHost, fc.nat(1_000_000), (view, later) => {
      const now = Math.max(view.disconnection?.since ?? 0, 1_000_000) + later;
      const plan = reconcile(view, lostAfter, now);
      const again = reconcile({ ...view, disconnection: plan.disconnection, stopping: [] }, lostAfter, now);
      expect(again).toEqual({ ...plan, forgives: false, abandon: [] });
      if (plan.abandon.length > 0) expect(plan.disconnection?.isLost).toBe(true);
      if (view.isConnected || !view.isRegistered) expect(plan.disconnection).toBeUndefined();
      else if (!view.disconnection?.isLost)
        expect(plan.disconnection?.isLost).toBe(now - (view.disconnection?.since ?? now) >= lostAfter);
    }),
  );
});
