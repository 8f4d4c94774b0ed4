import { expect, test } from 'vitest';
import { migrateRow } from '../../../../../store/row-migration.ts';
import { taskSets } from './task-sets.ts';

test('a row that was written before its members had these names', () => {
  expect(migrateRow(taskSets, 1, { arn: 's', quickExits: 3, quickExitAt: 5 })).toEqual({
    arn: 's',
    crashLoopExits: 3,
    lastCrashLoopExitAt: 5,
  });
});
