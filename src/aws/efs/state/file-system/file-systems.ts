import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { FileSystem } from './file-system.ts';

const on = indexOn<FileSystem>();

export const fileSystems = defineTable<FileSystem>()({
  name: 'efs-file-systems',
  durable: true,
  key: (fileSystem) => fileSystem.id,
  indexes: {
    scope: on('accountId', 'region'),
    token: on('accountId', 'region', 'creationToken'),
    state: on('state'),
  },
  tallies: {},
});
