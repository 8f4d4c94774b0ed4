import { expect, test } from 'vitest';
import { migrateRow } from '../../../../../store/row-migration.ts';
import { deployments } from './deployments.ts';

test('a row that was written before its members had these names', () => {
  expect(
    migrateRow(deployments, 1, {
      id: 'd',
      quickExits: 3,
      quickExitAt: 5,
      zoneBalance: { extra: 1, notBefore: 0 },
    }),
  ).toEqual({ id: 'd', crashLoopExits: 3, lastCrashLoopExitAt: 5, zoneBalance: { surge: 1, notBefore: 0 } });
});
