import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MountTarget } from './mount-target.ts';

const on = indexOn<MountTarget>();

export const mountTargets = defineTable<MountTarget>()({
  name: 'efs-mount-targets',
  durable: true,
  key: (mountTarget) => mountTarget.id,
  indexes: { fileSystem: on('fileSystemId') },
  tallies: {},
});
