// BatchGetImage: manifests, as they were pushed.
import type { Ecr, EcrWaitingOperation } from '../../ecr.ts';
import { engineName } from '../../state/engine-name.ts';
import type { Image as Shown, ImageFailure, ImageIdentifier } from '../../shapes.generated.ts';
import type { Image } from '../../state/image/image.ts';
import type { Repository } from '../../state/repository/repository.ts';
import { askEngine } from '../engine-answer.ts';
import { findImage, type Found } from '../resolve/image.ts';
import { repositoryOf } from '../resolve/repository.ts';
import { checkImageIds } from './batch-delete-image.ts';

interface Asked {
  readonly imageId: ImageIdentifier;
  readonly found: Found;
}

export const batchGetImage: EcrWaitingOperation<'BatchGetImage'> = async (ecr, input, call) => {
  checkImageIds(input.imageIds);
  const { repository, asked } = ecr.store.view((tx) => {
    const of = repositoryOf(tx, call, input);
    return {
      repository: of,
      asked: input.imageIds.map((imageId): Asked => ({ imageId, found: findImage(tx, of.arn, imageId) })),
    };
  });
  const images: Shown[] = [];
  const failures: ImageFailure[] = [];
  for (const { imageId, found } of asked) {
    if ('image' in found) images.push(await shown(ecr, repository, found.image, imageId));
    else failures.push({ imageId, ...found });
  }
  return { images, failures };
};

async function shown(
  ecr: Ecr,
  repository: Repository,
  { digest, mediaType }: Image,
  { imageTag }: ImageIdentifier,
): Promise<Shown> {
  const { status, text } = await askEngine(ecr, {
    method: 'GET',
    target: `/v2/${engineName(repository, repository.name)}/manifests/${digest}`,
    headers: { accept: mediaType },
  });
  if (status !== 200) throw new Error(`the registry's engine answers ${status} for the manifest ${digest}`);
  return {
    registryId: repository.accountId,
    repositoryName: repository.name,
    imageId: { imageDigest: digest, imageTag },
    imageManifest: text,
    imageManifestMediaType: mediaType,
  };
}
