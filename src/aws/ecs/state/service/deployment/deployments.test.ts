import { expect, test } from 'vitest';
import { migrateRow } from '../../../../../store/row-migration.ts';
import { deployments } from './deployments.ts';

test('a row that was written before its members had these names, and lay among those of ECS', () => {
  expect(
    migrateRow(deployments, 1, {
      id: 'd',
      quickExits: 3,
      quickExitAt: 5,
      zoneBalance: { extra: 1, notBefore: 0 },
    }),
  ).toEqual({
    id: 'd',
    scheduling: { crashLoopExits: 3, lastCrashLoopExitAt: 5, zoneBalance: { surge: 1, notBefore: 0 } },
  });
  const counts = { startFailures: 1, unhealthyTasks: 2, earlyExits: 3, lastFailureAt: 4, hasServed: true };
  expect(migrateRow(deployments, 2, { id: 'd', failedTasks: 5, ...counts })).toEqual({
    id: 'd',
    failedTasks: 5,
    scheduling: counts,
  });
  expect(migrateRow(deployments, 2, { id: 'd', failedTasks: 0 })).toEqual({ id: 'd', failedTasks: 0 });
});
