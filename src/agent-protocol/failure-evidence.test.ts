import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withinLimits } from './failure-evidence.ts';

const lines = fc.array(fc.string({ unit: 'binary', maxLength: 6000 }), { maxLength: 80 });

test('keeps the newest lines, cut, and never more of them than a report may carry', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 6 }), (logs) => {
      const containers = logs.map((lastLogLines, at) => ({ containerName: String(at), lastLogLines }));
      const kept = withinLimits({ containers });
      expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(512 * 1024);
      for (const [at, { lastLogLines = [] }] of kept.containers.entries()) {
        expect(lastLogLines.length).toBeLessThanOrEqual(50);
        expect(Math.max(0, ...lastLogLines.map((line) => line.length))).toBeLessThanOrEqual(4096);
        const newest = logs[at]!.slice(logs[at]!.length - lastLogLines.length);
        expect(lastLogLines.map((line) => line.slice(0, 100))).toEqual(
          newest.map((line) => line.slice(0, 100)),
        );
      }
      expect(withinLimits(kept)).toEqual(kept);
    }),
    { numRuns: 50 },
  );
});

test('lets fifty lines of usual length through as they are', () => {
  const lastLogLines = Array.from({ length: 50 }, (_, at) => `line ${at} ${'x'.repeat(1000)}`);
  const evidence = { reason: 'why', containers: [{ containerName: 'app', lastLogLines }] };
  expect(withinLimits(evidence)).toEqual(evidence);
});

test('of binary rubbish as much as fits', () => {
  const lastLogLines = Array.from({ length: 50 }, () => '\u0000'.repeat(5000));
  const { containers } = withinLimits({ containers: [{ containerName: 'app', lastLogLines }] });
  expect(containers[0]!.lastLogLines!.length).toBeGreaterThan(5);
  expect(Buffer.byteLength(JSON.stringify(containers))).toBeLessThan(260 * 1024);
});
