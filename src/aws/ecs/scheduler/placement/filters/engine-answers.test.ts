import { expect, test } from 'vitest';
import { aLoad, anAsk } from '../../../../../../test-support/builders/an-ask.ts';
import { engineAnswers } from './engine-answers.ts';

test('takes an instance whose engine answers', () => {
  expect(engineAnswers.reject(anAsk(), aLoad())).toBeUndefined();
});

test('refuses one whose engine does not', () => {
  expect(engineAnswers.reject(anAsk(), aLoad({ engineAnswers: false }))).toEqual({
    filter: 'engineAnswers',
    reason: 'AGENT',
  });
});
