import { expect, test } from 'vitest';
import { portRangeText, readPortRange } from './port-range.ts';

test.each(['1-2', '8000-8010', '1-65535'])('reads %s and writes it again', (text) => {
  const { from, to } = readPortRange(text)!;
  expect(portRangeText(from, to - from + 1)).toBe(text);
});

test.each(['', '80', '80-80', '81-80', '0-1', '65535-65536', '1-2-3', ' 1-2', 'a-b'])(
  '%j is no range',
  (text) => {
    expect(readPortRange(text)).toBeUndefined();
  },
);
