import { expect, test } from 'vitest';
import { migrateRow } from '../../../../../store/row-migration.ts';
import { taskSets } from './task-sets.ts';

test('a row that was written before its members had these names, and lay among those of ECS', () => {
  expect(migrateRow(taskSets, 1, { arn: 's', quickExits: 3, quickExitAt: 5 })).toEqual({
    arn: 's',
    scheduling: { crashLoopExits: 3, lastCrashLoopExitAt: 5 },
  });
  expect(migrateRow(taskSets, 2, { arn: 's', failedTasks: 1, lastFailureAt: 4 })).toEqual({
    arn: 's',
    scheduling: { failedTasks: 1, lastFailureAt: 4 },
  });
});
