import { expect, test } from 'vitest';
import { processUsage, usageIn } from './process-usage.ts';

test('reads CPU time and peak memory, whatever the program is called', () => {
  const stat = '42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 150 0 0 20 0 7 0 99 1000 200';
  const status = 'Name:\ta\nVmPeak:\t  999999 kB\nVmHWM:\t  204800 kB\nVmRSS:\t  100 kB\n';
  expect(usageIn(stat, status, 100)).toEqual({ cpuSeconds: 4, peakMiB: 200 });
});

test('of this process it tells about what the process itself does', () => {
  const { cpuSeconds, peakMiB } = processUsage(process.pid);
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpuSeconds - (user + system) / 1e6)).toBeLessThan(1);
  expect(peakMiB).toBeGreaterThan(10);
});
