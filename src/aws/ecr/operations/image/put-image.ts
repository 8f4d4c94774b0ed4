// PutImage: puts a manifest whose layers are there, most often one that there is already, under another tag.
import type { EcrWaitingOperation } from '../../ecr.ts';
import {
  broken,
  digestMismatch,
  imageExists,
  imageTagExists,
  layersNotFound,
  referencedImagesNotFound,
} from '../../errors.ts';
import { imageKey } from '../../state/image/image.ts';
import { images } from '../../state/image/images.ts';
import { engineName } from '../../state/engine-name.ts';
import { keepManifest, putImage as putOnRecord, putProblem } from '../../state/image/put-image.ts';
import { readManifest } from '../../state/image/manifest.ts';
import type { Repository } from '../../state/repository/repository.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { askEngine } from '../engine-answer.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const putImage: EcrWaitingOperation<'PutImage'> = async (ecr, input, call) => {
  const { imageManifest: text, imageTag: tag, imageDigest } = input;
  if (tag !== undefined && !/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(tag))
    throw broken('imageTag', "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'");
  const bytes = Buffer.from(text);
  const manifest = readManifest(bytes, input.imageManifestMediaType);
  if (manifest === undefined) throw broken('imageManifest', 'must be an image manifest of schema version 2');
  const { digest } = manifest;
  if (imageDigest !== undefined && imageDigest !== digest) throw digestMismatch(digest);
  const checked = (tx: ReadTransaction): Repository => {
    const repository = repositoryOf(tx, call, input);
    const problem = putProblem(tx, repository, digest, tag);
    if (problem === 'image-exists') throw imageExists(digest, tag, repository);
    if (problem === 'tag-exists') throw imageTagExists(tag!, repository);
    const missing = manifest.lists.filter(
      (listed) => tx.table(images).get(imageKey(repository.arn, listed)) === undefined,
    );
    if (missing.length > 0) throw referencedImagesNotFound(missing, repository);
    return repository;
  };
  const repository = ecr.store.update((tx) => {
    const found = checked(tx);
    keepManifest(tx, found.arn, digest);
    return found;
  });
  const answer = await askEngine(ecr, {
    method: 'PUT',
    target: `/v2/${engineName(repository, repository.name)}/manifests/${digest}`,
    headers: { 'content-type': manifest.mediaType },
    body: bytes,
  });
  if (answer.status !== 201) throw layersNotFound(`The manifest cannot be put: ${answer.text.trim()}`);
  ecr.store.update((tx) => putOnRecord(tx, checked(tx), manifest, { tag, now: call.now }));
  return {
    image: {
      registryId: repository.accountId,
      repositoryName: repository.name,
      imageId: { imageDigest: digest, imageTag: tag },
      imageManifest: text,
      imageManifestMediaType: manifest.mediaType,
    },
  };
};
