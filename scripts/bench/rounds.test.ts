import { expect, test } from 'vitest';
import {
  medianDifference,
  measureRounds,
  medianRatio,
  series,
  type Round,
  type RoundsOptions,
} from './rounds.ts';

const defaultOptions: RoundsOptions = {
  warmUp: 0,
  min: 4,
  max: 10,
  tolerance: 0.1,
  outcome: (rounds) => medianRatio(rounds, 'ours', 'theirs'),
};

/** Rounds with these figures for ours, the last one again and again, against 100. */
function scripted(figures: readonly number[]): (number: number) => Promise<Round> {
  return (number) => Promise.resolve({ ours: figures[number] ?? figures.at(-1)!, theirs: 100 });
}

test('stops at the least number of rounds when the halves agree', async () => {
  const measured = await measureRounds(defaultOptions, scripted([120]));
  expect(measured.rounds).toHaveLength(4);
  expect(measured).toMatchObject({ outcome: 1.2, halves: [1.2, 1.2], stable: true });
});

test('goes on until the halves agree', async () => {
  const measured = await measureRounds(defaultOptions, scripted([300, 300, 100, 100, 100, 100]));
  expect(measured.stable).toBe(true);
  expect(measured.rounds.length).toBeGreaterThan(4);
  expect(measured.outcome).toBe(1);
});

test('gives up at the most rounds and says that the outcome is not stable', async () => {
  const doubling = (number: number): Promise<Round> => Promise.resolve({ ours: 2 ** number, theirs: 1 });
  const measured = await measureRounds(defaultOptions, doubling);
  expect(measured.rounds).toHaveLength(10);
  expect(measured.stable).toBe(false);
});

test('warm-ups do not count, and are not told of', async () => {
  const told: number[] = [];
  const measured = await measureRounds(
    { ...defaultOptions, warmUp: 2, onRound: ({ ours }) => told.push(ours!) },
    scripted([9000, 9000, 150]),
  );
  expect(measured.outcome).toBe(1.5);
  expect(told).toEqual([150, 150, 150, 150]);
});

test('a failing round fails the measurement', async () => {
  const failing = (): Promise<Round> => Promise.reject(new Error('no engine'));
  await expect(measureRounds(defaultOptions, failing)).rejects.toThrow('no engine');
});

test('a round without a candidate is an error, not a zero', () => {
  expect(() => series([{ ours: 1 }], 'theirs')).toThrow('theirs');
});

test('candidates are compared within their rounds, so that a slow machine slows both sides', () => {
  const rounds = [
    { ours: 110, theirs: 100 },
    { ours: 1210, theirs: 1100 },
    { ours: 130, theirs: 100 },
  ];
  expect(medianRatio(rounds, 'ours', 'theirs')).toBeCloseTo(1.1);
  expect(medianDifference(rounds, 'ours', 'theirs')).toBe(30);
});
