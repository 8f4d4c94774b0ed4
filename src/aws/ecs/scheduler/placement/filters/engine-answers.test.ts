import { expect, test } from 'vitest';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { engineAnswers } from './engine-answers.ts';

test('takes an instance whose engine answers', () => {
  expect(rejectionBy(engineAnswers, aPlacementRequest(), aUsage())).toBeUndefined();
});

test('refuses one whose engine does not', () => {
  expect(rejectionBy(engineAnswers, aPlacementRequest(), aUsage({ engineAnswers: false }))).toEqual({
    filter: 'engineAnswers',
    reason: 'AGENT',
  });
});
