// What a push of a manifest changes: the image is there, and its tag is taken off the image that had it.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { isMutable, type Repository } from '../repository/repository.ts';
import { deletedManifests } from './deleted-manifests.ts';
import { imageKey, type Image } from './image.ts';
import { images } from './images.ts';
import type { Manifest } from './manifest.ts';

/** Why an image is not put. */
export type PutProblem = 'image-exists' | 'tag-exists';

/** What is in the way of giving `tag` to the image of that digest; undefined when nothing is. */
export function putProblem(
  tx: ReadTransaction,
  repository: Repository,
  digest: string,
  tag: string | undefined,
): PutProblem | undefined {
  const known = tx.table(images).get(imageKey(repository.arn, digest));
  if (known !== undefined && (tag === undefined || known.tags.includes(tag))) return 'image-exists';
  if (tag === undefined || isMutable(repository, tag)) return undefined;
  return tx.table(images).count('tag', { repositoryArn: repository.arn, tag }) > 0 ? 'tag-exists' : undefined;
}

/** Puts the image on record under `tag`; `now` in epoch ms. */
export function putImage(
  tx: WriteTransaction,
  repository: Repository,
  manifest: Manifest,
  { tag, now }: { readonly tag: string | undefined; readonly now: number },
): Image {
  const { arn: repositoryArn } = repository;
  const table = tx.table(images);
  if (tag !== undefined)
    for (const holder of [...table.by('tag', { repositoryArn, tag })])
      table.put({ ...holder, tags: holder.tags.filter((one) => one !== tag) });
  const known = table.get(imageKey(repositoryArn, manifest.digest));
  keepManifest(tx, repositoryArn, manifest.digest);
  const tags = [...(known?.tags ?? []), ...(tag === undefined ? [] : [tag])];
  return table.put({ ...manifest, repositoryArn, pulledAt: known?.pulledAt, tags, pushedAt: now });
}

/** Whoever pushes a manifest says so first: it may wait to be taken out of the registry's engine. */
export function keepManifest(tx: WriteTransaction, repositoryArn: string, digest: string): void {
  tx.table(deletedManifests).delete(imageKey(repositoryArn, digest));
}
