import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import {
  acsPolicy,
  freshHistory,
  reconnect,
  tcsPolicy,
  type LinkEnd,
  type ReconnectPolicy,
} from './reconnect.ts';

/** The delays after each of `ends` in turn. */
function delays(policy: ReconnectPolicy, ends: readonly LinkEnd[]): number[] {
  const random = seededRandom(1);
  let history = freshHistory;
  return ends.map((end) => {
    const next = reconnect(policy, history, end, random);
    history = next.history;
    return next.delay;
  });
}
const closed = (code: number, lasted: number): LinkEnd => ({ kind: 'closed', code, lasted });
const refused: LinkEnd = { kind: 'refused', code: 'Unreachable' };

describe('the command link', () => {
  test.each([1000, 1001, 1006, 1011])('comes back at once after code %i', (code) => {
    expect(delays(acsPolicy, [closed(code, 10_000)])).toEqual([0]);
  });

  test('waits longer and longer while it is refused, up to two minutes', () => {
    const waits = delays(
      acsPolicy,
      Array.from({ length: 30 }, () => refused),
    );
    expect(waits[0]).toBeGreaterThanOrEqual(200);
    expect(waits[0]).toBeLessThanOrEqual(300);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(96_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(144_000);
  });

  test('begins anew after a connection that lasted', () => {
    const failures = Array.from({ length: 10 }, () => refused);
    const after = delays(acsPolicy, [...failures, closed(1008, 120_000)]).at(-1);
    expect(after).toBeLessThanOrEqual(300);
    expect(delays(acsPolicy, [...failures, closed(1008, 1000)]).at(-1)).toBeGreaterThan(5000);
  });

  test('waits an hour when its instance is inactive', () => {
    expect(delays(acsPolicy, [{ kind: 'refused', code: 'InactiveInstanceException' }])).toEqual([3_600_000]);
  });

  test('slows down when every connection is dropped as soon as it is made', () => {
    const waits = delays(
      acsPolicy,
      Array.from({ length: 8 }, () => closed(1006, 2)),
    );
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waits.slice(3).every((wait) => wait >= 200)).toBe(true);
  });
});

test('the telemetry link comes back at once after a clean close only', () => {
  expect(delays(tcsPolicy, [closed(1000, 10_000)])).toEqual([0]);
  expect(delays(tcsPolicy, [closed(1006, 10_000)])[0]).toBeGreaterThanOrEqual(800);
});

test('whatever happens, there is never a fourth instant drop in a row without a pause', () => {
  const end = fc.oneof(
    fc.constant(refused),
    fc.record({ kind: fc.constant('silent' as const), lasted: fc.nat(200_000) }),
    fc.tuple(fc.constantFrom(1000, 1006, 1008), fc.nat(10_000)).map(([code, lasted]) => closed(code, lasted)),
  );
  fc.assert(
    fc.property(fc.array(end), (ends) => {
      const waits = delays(acsPolicy, ends);
      const instant = ends.map((each, at) => each.kind === 'closed' && each.lasted < 5000 && waits[at] === 0);
      const fourInARow = instant.some((_, at) => at >= 3 && instant.slice(at - 3, at + 1).every(Boolean));
      expect(fourInARow).toBe(false);
      expect(waits.every((wait) => wait >= 0 && wait <= 3_600_000)).toBe(true);
    }),
  );
});
