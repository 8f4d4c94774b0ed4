import { expect, test } from 'vitest';
import { isMet, type Figure } from './benchmark.ts';
import { comparedText, quantity, renderPage, targetText } from './page.ts';

const ratio: Figure = {
  what: 'RunTask',
  unit: 'ms',
  longshore: 440,
  reference: { what: 'docker run', value: 400 },
  compared: { as: 'ratio', value: 1.1 },
  target: { max: 1.2 },
};
const difference: Figure = { ...ratio, compared: { as: 'difference', value: 1040 }, target: { max: 1000 } };
const absolute: Figure = { what: 'Start', unit: 's', longshore: 1.5, target: { max: 3 } };

test('a target bounds what is compared, or else the figure itself', () => {
  expect(isMet(ratio)).toBe(true);
  expect(isMet({ ...ratio, compared: { as: 'ratio', value: 1.21 } })).toBe(false);
  expect(isMet({ ...ratio, target: { min: 1.2 } })).toBe(false);
  expect(isMet(difference)).toBe(false);
  expect(isMet(absolute)).toBe(true);
  expect(isMet({ ...absolute, target: undefined })).toBeUndefined();
});

test('says what is compared and whether the target is met', () => {
  expect(comparedText(ratio)).toBe('1.10 ×');
  expect(targetText(ratio)).toBe('at most 1.2 ×: met');
  expect(comparedText(difference)).toBe('+1,040 ms');
  expect(targetText(difference)).toBe('at most 1,000 ms: **missed**');
  expect(comparedText(absolute)).toBe('');
  expect(targetText(absolute)).toBe('at most 3 s: met');
  expect(targetText({ ...absolute, target: undefined })).toBe('');
});

test('a figure that beats its reference by a difference shows its sign once', () => {
  expect(comparedText({ ...difference, compared: { as: 'difference', value: -20 } })).toBe('-20 ms');
});

test('figures have three digits, or all that are before the point', () => {
  expect(quantity(12_345.6, { unit: 'calls/s' })).toBe('12,346 calls/s');
  expect(quantity(12.345, { unit: 'ms' })).toBe('12.3 ms');
  expect(quantity(1.2345, { unit: 's' })).toBe('1.23 s');
});

test('the page has the command, the machine and a section for each benchmark', () => {
  const machine = {
    cpu: 'A CPU',
    cores: 2,
    memoryGiB: 24,
    kernel: 'Linux 6',
    node: 'v24.0.0',
    docker: '25.0.0',
    fsyncMs: 1.5,
    load: 0.1,
    commit: 'abc',
    date: '2026-01-01T00:00:00Z',
  };
  const text = renderPage(
    machine,
    [{ name: 'run-task', about: 'About it.', figures: [ratio] }],
    'npm run bench',
  );
  expect(text).toContain('`npm run bench`');
  for (const fact of [
    'A CPU, 2 cores',
    '24 GiB',
    'Linux 6',
    'v24.0.0',
    '25.0.0',
    '1.5 ms',
    '2026-01-01T00:00:00Z',
  ])
    expect(text).toContain(fact);
  expect(text).toContain('## run-task\n\nAbout it.');
  expect(text).toContain('| RunTask | 1.10 × | at most 1.2 ×: met | 440 ms | 400 ms (docker run) |  |');
});
