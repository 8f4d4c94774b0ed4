import type { ReadTransaction } from '../../../../store/store.ts';
import type { ImageFailureCode, ImageIdentifier } from '../../shapes.generated.ts';
import { imageKey, type Image } from '../../state/image/image.ts';
import { images } from '../../state/image/images.ts';
import { isDigest } from '../../state/image/manifest.ts';

export type Found =
  { readonly image: Image } | { readonly failureCode: ImageFailureCode; readonly failureReason: string };

/** The image of a tag, of a digest, or of both where they are of one. */
export function findImage(
  tx: ReadTransaction,
  repositoryArn: string,
  { imageDigest: digest, imageTag: tag }: ImageIdentifier,
): Found {
  if (digest === undefined && tag === undefined)
    return failed('MissingDigestAndTag', "Invalid request parameters: both tag and digest can't be null");
  if (digest !== undefined && !isDigest(digest))
    return failed('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex');
  const byTag =
    tag === undefined ? undefined : tx.table(images).by('tag', { repositoryArn, tag }).next().value;
  if (tag !== undefined && byTag === undefined) return notFound;
  const byDigest = digest === undefined ? byTag : tx.table(images).get(imageKey(repositoryArn, digest));
  if (byDigest === undefined) return notFound;
  if (byTag !== undefined && byTag.digest !== byDigest.digest)
    return failed('ImageTagDoesNotMatchDigest', 'The image tag does not match the image digest');
  return { image: byDigest };
}

const failed = (failureCode: ImageFailureCode, failureReason: string): Found => ({
  failureCode,
  failureReason,
});
const notFound = failed('ImageNotFound', 'Requested image not found');
