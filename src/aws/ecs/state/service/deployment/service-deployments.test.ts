import { expect, test } from 'vitest';
import { migrateRow } from '../../../../../store/row-migration.ts';
import { serviceDeployments } from './service-deployments.ts';

test('a row that was written before its members had these names', () => {
  expect(migrateRow(serviceDeployments, 1, { arn: 'x', staged: { blueDeploymentId: 'd', step: 1 } })).toEqual(
    { arn: 'x', staged: { sourceDeploymentId: 'd', step: 1 } },
  );
});
