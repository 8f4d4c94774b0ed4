// Mutated requests at a real server on its socket: `npm run fuzz` in little.
import { expect, it } from 'vitest';
import { fuzz } from '../../scripts/fuzz/fuzz.ts';
import { renderReport } from '../../scripts/fuzz/fuzz-report.ts';
import { crashSeed } from './crash-settings.ts';

const requests = Number(process.env['LONGSHORE_FUZZ_REQUESTS'] ?? 3_000);

it(
  `a server survives ${requests} mutated requests and answers as before`,
  async () => {
    const report = await fuzz({ requests, seed: crashSeed(), maxSeconds: 60 + requests / 100 });
    expect(report.breaches, renderReport(report)).toEqual([]);
    expect(report.requests).toBe(requests);
  },
  120_000 + requests * 20,
);
