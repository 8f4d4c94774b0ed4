import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTimestamp, parseDateHeader, parseTimestamp } from './timestamp.ts';

describe('parseTimestamp', () => {
  it('reads what formatTimestamp writes', () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 });
    fc.assert(
      fc.property(seconds, (second) => {
        expect(parseTimestamp(formatTimestamp(second * 1000))).toBe(second * 1000);
      }),
    );
  });

  it.each([
    '20260231T000000Z',
    '20261301T000000Z',
    '20260101T240000Z',
    '20260101T000060Z',
    '00990101T000000Z',
    '20260101T000000',
    '20260101T000000Z\n',
    '2026-01-01T00:00:00Z',
    '',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('parseDateHeader', () => {
  it('reads an HTTP date and the basic form', () => {
    const time = Date.UTC(2026, 0, 31, 23, 59, 59);
    expect(parseDateHeader('Sat, 31 Jan 2026 23:59:59 GMT')).toBe(time);
    expect(parseDateHeader('20260131T235959Z')).toBe(time);
  });

  it.each(['yesterday', '2026-01-31', 'Sat, 31 Foo 2026 23:59:59 GMT', ''])('refuses %j', (text) => {
    expect(parseDateHeader(text)).toBeUndefined();
  });
});
