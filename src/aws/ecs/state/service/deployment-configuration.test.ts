import { describe, expect, test } from 'vitest';
import { type CircuitBreakerThreshold } from './deployment-configuration.ts';
import { taskBounds } from '../../scheduler/service/minimum-and-maximum-percent.ts';
import { circuitBreakerThreshold } from './deployment/circuit-breaker-threshold.ts';

const threshold = (desiredCount: number, thresholdConfiguration?: CircuitBreakerThreshold): number =>
  circuitBreakerThreshold({ enable: true, rollback: false, thresholdConfiguration }, desiredCount);

describe('how many failures a circuit breaker stands', () => {
  test.each([
    [0, 3],
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [800, 200],
  ])('of %i tasks %i, unless told otherwise', (desiredCount, failures) => {
    expect(threshold(desiredCount)).toBe(failures);
  });

  test.each([
    ['COUNT', 1, 800, 1],
    ['BOUNDED_PERCENT', 10, 100, 10],
    ['BOUNDED_PERCENT', 10, 10, 3],
    ['UNBOUNDED_PERCENT', 10, 10, 1],
    ['UNBOUNDED_PERCENT', 10, 0, 1],
    ['UNBOUNDED_PERCENT', 50, 800, 400],
  ] as const)('%s %i of %i tasks: %i', (type, value, desiredCount, failures) => {
    expect(threshold(desiredCount, { type, value })).toBe(failures);
  });
});

test.each([
  [4, 50, 100, 2, 4],
  [4, 100, 200, 4, 8],
  [2, 75, 100, 2, 2],
  [3, 100, 125, 3, 3],
  [0, 100, 200, 0, 0],
])('%i tasks, %i to %i per cent: %i to %i', (desiredCount, low, high, minimum, maximum) => {
  expect(taskBounds({ minimumHealthyPercent: low, maximumPercent: high }, desiredCount)).toEqual({
    minimum,
    maximum,
  });
});
