import { defineTable } from '../../../../store/table.ts';
import { imageKey } from './image.ts';

/** A manifest that no image is any more, and that the registry's engine still has. */
export interface DeletedManifest {
  readonly version: number;
  readonly repositoryArn: string;
  readonly digest: string;
  /** What the engine calls the repository. */
  readonly engineName: string;
}

export const deletedManifests = defineTable<DeletedManifest>()({
  name: 'ecr-deleted-manifests',
  durable: true,
  key: ({ repositoryArn, digest }) => imageKey(repositoryArn, digest),
  indexes: {},
  tallies: {},
});
