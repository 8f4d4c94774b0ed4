import { expect, test } from 'vitest';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { engineAnswers } from './engine-answers.ts';

test('takes an instance whose engine answers', () => {
  expect(rejectionBy(engineAnswers, anAsk(), aLoad())).toBeUndefined();
});

test('refuses one whose engine does not', () => {
  expect(rejectionBy(engineAnswers, anAsk(), aLoad({ engineAnswers: false }))).toEqual({
    filter: 'engineAnswers',
    reason: 'AGENT',
  });
});
