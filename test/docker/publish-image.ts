// Images to push: each differs from every other by its variable EDITION.
import type Dockerode from 'dockerode';
import { expect } from 'vitest';
import { linesOf } from '../../src/agent/engine/docker-lines.ts';
import { testImage } from './engine.ts';

/**
 * Pushes edition `edition` under `image` (`host:port/name:tag`), by way of a container of that name. What the engine had
 * under this tag before it has again after; where it had nothing, only `copy` leaves the new one there.
 */
export async function publishImage(
  docker: Dockerode,
  image: string,
  edition: string,
  keep: 'copy' | 'no copy' = 'no copy',
): Promise<void> {
  const colon = image.lastIndexOf(':');
  const [repo, tag] = [image.slice(0, colon), image.slice(colon + 1)];
  const previous = (await docker.listImages({ filters: { reference: [image] } }))[0]?.Id;
  const name = `${repo.slice(repo.lastIndexOf('/') + 1)}-${edition}`;
  const source = await docker.createContainer({ Image: testImage, name });
  await source.commit({ repo, tag, changes: `ENV EDITION=${edition}` });
  await source.remove();
  const pushed = await docker.getImage(image).push({ authconfig: {} });
  for await (const line of linesOf(pushed)) expect(line).not.toContain('errorDetail');
  if (previous !== undefined) await docker.getImage(previous).tag({ repo, tag });
  else if (keep === 'no copy') await docker.getImage(image).remove({ force: true });
}

/** Removes every image that the engine has of the repository of `image`. */
export async function removeImages(docker: Dockerode, image: string): Promise<void> {
  const reference = [image.slice(0, image.lastIndexOf(':'))];
  const images = await docker.listImages({ all: true, filters: { reference } });
  await Promise.all(images.map(({ Id }) => docker.getImage(Id).remove({ force: true })));
}
