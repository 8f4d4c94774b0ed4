import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { AccessPoint } from './access-point.ts';

const on = indexOn<AccessPoint>();

export const accessPoints = defineTable<AccessPoint>()({
  name: 'efs-access-points',
  durable: true,
  key: (accessPoint) => accessPoint.id,
  indexes: {
    scope: on('accountId', 'region'),
    fileSystem: on('fileSystemId'),
    token: on('accountId', 'region', 'clientToken'),
  },
  tallies: {},
});
