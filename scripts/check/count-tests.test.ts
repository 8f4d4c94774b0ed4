import { expect, it } from 'vitest';
import { closingLine, countTests } from './count-tests.ts';

const file = (status: string, tests: number): object => ({
  status,
  assertionResults: Array.from({ length: tests }, () => ({})),
});
const report = (over: object): string =>
  JSON.stringify({
    success: true,
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [file('passed', 3)],
    ...over,
  });

it('counts', () => {
  expect(countTests(report({}))).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(
    countTests(report({ success: false, numFailedTests: 2, numPendingTests: 4, numTodoTests: 1 })),
  ).toEqual({
    passed: 3,
    failed: 2,
    skipped: 5,
  });
});

it('counts a file that could not be loaded as a failure', () => {
  const testResults = [file('failed', 0), file('failed', 2), file('passed', 3)];
  expect(countTests(report({ success: false, numFailedTests: 1, testResults })).failed).toBe(2);
});

it('never calls a failed run well', () => {
  expect(countTests(report({ success: false })).failed).toBe(1);
});

it('does not take anything for a report', () => {
  expect(() => countTests('{}')).toThrow();
});

it('ends a run with one line', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 3 })).toBe('12 passed, 0 failed, 3 skipped');
});
