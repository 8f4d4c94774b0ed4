import { deletedManifests } from './image/deleted-manifests.ts';
import { images } from './image/images.ts';
import { pullThroughCacheRules } from './pull-through/pull-through-cache-rule.ts';
import { registries } from './registry/registries.ts';
import { repositories } from './repository/repositories.ts';

/** Every table of ECR. */
export const ecrTables = [repositories, images, deletedManifests, registries, pullThroughCacheRules] as const;
