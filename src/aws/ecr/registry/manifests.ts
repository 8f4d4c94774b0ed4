// Manifests: pulled by tag or digest, and pushed. The engine keeps them by digest; which tag is which image is in the store.
import type { HttpResponse } from '../../../wire/http.ts';
import { headerOf } from '../../../wire/header-of.ts';
import { images } from '../state/image/images.ts';
import { imageKey, type Image } from '../state/image/image.ts';
import { isDigest, readManifest, type Manifest } from '../state/image/manifest.ts';
import { keepManifest, putImage, putProblem } from '../state/image/put-image.ts';
import { repositories } from '../state/repository/repositories.ts';
import type { Repository } from '../state/repository/repository.ts';
import { readAll } from '../registry-engine.ts';
import type { AllowedCall, RegistryFront } from './allowed-call.ts';
import { askAbout, engineTarget, passBack } from './pass-on.ts';
import { manifestUnknown, nameUnknown, RegistryError, reply } from './reply.ts';

/** ECR's largest manifest, bytes. */
const maxManifest = 4 * 1024 * 1024;
const day = 24 * 3_600_000;

export const manifestCall = (
  front: RegistryFront,
  call: AllowedCall,
  reference: string,
): Promise<HttpResponse> =>
  call.request.method === 'PUT' ? push(front, call, reference) : pull(front, call, reference);

async function pull(front: RegistryFront, call: AllowedCall, reference: string): Promise<HttpResponse> {
  const image = imageOf(front, call.repository, reference);
  if (image === undefined) throw manifestUnknown();
  const answer = await askAbout(front, call, `/manifests/${image.digest}`);
  if (call.request.method === 'GET') notePull(front, image);
  return passBack(call.repository, answer);
}

function imageOf({ store }: RegistryFront, { arn: repositoryArn }: Repository, reference: string) {
  return store.view((tx) =>
    isDigest(reference)
      ? tx.table(images).get(imageKey(repositoryArn, reference))
      : tx.table(images).by('tag', { repositoryArn, tag: reference }).next().value,
  );
}

/** Once a day, as ECR does: a pull is no reason for a write. */
function notePull({ store, clock }: RegistryFront, { repositoryArn, digest, pulledAt = 0 }: Image): void {
  const now = clock.now();
  if (now - pulledAt < day) return;
  store.update((tx) => {
    const image = tx.table(images).get(imageKey(repositoryArn, digest));
    if (image !== undefined) tx.table(images).put({ ...image, pulledAt: now });
  });
}

async function push(front: RegistryFront, call: AllowedCall, reference: string): Promise<HttpResponse> {
  const { request, repository } = call;
  const bytes = await readAll(request.body, maxManifest).catch(() => {
    throw new RegistryError(413, 'SIZE_INVALID', `A manifest can have a maximum of ${maxManifest} bytes.`);
  });
  const manifest = readManifest(bytes, headerOf(request.headers, 'content-type'));
  if (manifest === undefined)
    throw new RegistryError(400, 'MANIFEST_INVALID', 'The body is no image manifest of schema version 2.');
  const tag = isDigest(reference) ? undefined : reference;
  if (tag === undefined && reference !== manifest.digest)
    throw new RegistryError(400, 'DIGEST_INVALID', `The digest of the manifest is ${manifest.digest}.`);
  refuseTaken(front, repository, manifest, tag);
  front.store.update((tx) => keepManifest(tx, repository.arn, manifest.digest));
  const answer = await front.engine.send({
    method: 'PUT',
    target: `${engineTarget(repository)}/manifests/${manifest.digest}`,
    headers: { 'content-type': manifest.mediaType },
    body: bytes,
  });
  if (answer.status !== 201) return passBack(repository, answer);
  answer.body.destroy();
  await record(front, repository, manifest, tag);
  return reply(201, {
    location: `/v2/${repository.name}/manifests/${manifest.digest}`,
    'docker-content-digest': manifest.digest,
    'content-length': '0',
  });
}

function refuseTaken(front: RegistryFront, repository: Repository, { digest }: Manifest, tag?: string): void {
  if (front.store.view((tx) => putProblem(tx, repository, digest, tag)) === 'tag-exists')
    throw new RegistryError(
      400,
      'TAG_INVALID',
      `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
    );
}

/** On disk before it is answered. An image that is pushed again as it is stays as it is. */
async function record(
  front: RegistryFront,
  { arn, name, accountId }: Repository,
  manifest: Manifest,
  tag: string | undefined,
): Promise<void> {
  const { store, clock } = front;
  store.update((tx) => {
    const repository = tx.table(repositories).get(arn);
    if (repository === undefined) throw nameUnknown(name, accountId);
    const problem = putProblem(tx, repository, manifest.digest, tag);
    if (problem === undefined) putImage(tx, repository, manifest, { tag, now: clock.now() });
    if (problem === 'tag-exists')
      throw new RegistryError(
        400,
        'TAG_INVALID',
        `The image tag '${tag}' was given to another image meanwhile.`,
      );
  });
  await store.durable();
}
