// How many tests passed, failed and were skipped, from what the test runner wrote about its run.
import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A file that could not be loaded counts as one failure; so does a run that failed though no test did. Throws when `json` is no report. */
export function countTests(json: string): Counts {
  const run = report.parse(JSON.parse(json));
  const unloaded = run.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = run.numFailedTests + unloaded.length;
  return {
    passed: run.numPassedTests,
    failed: !run.success && failed === 0 ? 1 : failed,
    skipped: run.numPendingTests + run.numTodoTests,
  };
}

/** The closing line of a test run. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
