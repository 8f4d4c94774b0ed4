import { accessPoints } from './access-point/access-points.ts';
import { fileSystems } from './file-system/file-systems.ts';
import { mountTargets } from './mount-target/mount-targets.ts';

/** Every table of EFS. */
export const efsTables = [fileSystems, accessPoints, mountTargets] as const;
