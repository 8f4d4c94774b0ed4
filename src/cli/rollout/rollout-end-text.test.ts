import { expect, test } from 'vitest';
import type { ExplainServiceOutput } from '../../longshore/contract.ts';
import type { Outcome } from './rollout.ts';
import { endDetails, endSentence } from './rollout-end-text.ts';

const service = { status: 'ACTIVE', taskDefinition: 'x/web:3', runningCount: 2, desiredCount: 2 };

test.each<[Outcome | 'timeout', string]>([
  ['succeeded', 'web is stable: 2 of 2 tasks running web:3.'],
  ['rolledBack', 'web was rolled back to web:3: Tasks failed.'],
  ['failed', 'The deployment of web failed (STOPPED): Tasks failed.'],
  ['timeout', 'web is not stable after 10m; the rollout continues.'],
  ['gone', 'The service web is ACTIVE: it was deleted.'],
])('%s: %s', (outcome, sentence) => {
  const rollout = { status: 'STOPPED' as const, statusReason: 'Tasks failed.' };
  expect(endSentence(outcome, 'web', { service, rollout }, 600_000)).toBe(sentence);
});

test('only what did not end well has details', () => {
  const answer = {
    status: 'ACTIVE',
    waiting: [{ kind: 'starting', count: 1 }],
    failedTasks: [],
    failedTaskCount: 0,
  } as unknown as ExplainServiceOutput;
  expect(endDetails('succeeded', 'web', 'default', answer, 0)).toEqual([]);
  expect(endDetails('failed', 'web', 'default', answer, 0)).toEqual(['More: longshore explain service web']);
  expect(endDetails('timeout', 'web', 'blue', answer, 0)).toEqual([
    'It is waiting for:',
    '  - 1 task to run.',
    'More: longshore explain service web --cluster blue',
  ]);
});
