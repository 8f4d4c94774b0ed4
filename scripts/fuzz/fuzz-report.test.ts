import { describe, expect, it } from 'vitest';
import { memorySlope, renderReport, type FuzzReport, type Sample } from './fuzz-report.ts';

const sample = (requests: number, rssMiB: number): Sample => ({
  requests,
  rssMiB,
  heapMiB: 30,
  openFiles: 20,
  commits: 5,
  serverExceptions: 0,
});
const samples = [sample(0, 50), ...Array.from({ length: 9 }, (_, at) => sample((at + 1) * 1_000, 100 + at))];

describe('the slope of memory', () => {
  it('is that of the samples of the second half', () => {
    expect(memorySlope(samples, 10_000)).toBeCloseTo(10);
  });

  it('is none of one sample', () => {
    expect(memorySlope([sample(0, 50)], 10_000)).toBe(0);
  });
});

describe('the report', () => {
  const report: FuzzReport = {
    seed: 7,
    requests: 9_000,
    seconds: 3,
    counts: new Map([
      [
        'headers',
        new Map([
          ['400', 2],
          ['200', 1],
        ]),
      ],
    ]),
    breaches: [],
    samples,
    openFiles: [20, 21],
    commits: 5,
  };

  it('has the figures', () => {
    const text = renderReport(report);
    expect(text).toContain('9000 requests in 3 s (3000 a second), seed 7');
    expect(text).toMatch(/headers +200: 1, 400: 2/);
    expect(text).toContain('10.00 MiB for each 10,000 requests');
    expect(text).toContain('No crash, no 5xx');
  });

  it('shows breaches instead of praise', () => {
    const text = renderReport({ ...report, breaches: ['request 3: the answer has the status 500'] });
    expect(text).toContain('1 BREACHES\nrequest 3');
    expect(text).not.toContain('No crash');
  });
});
