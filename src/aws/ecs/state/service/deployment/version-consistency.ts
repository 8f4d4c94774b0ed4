// Version consistency: every task of a service revision runs the very images that its first one found behind their tags. Pure.
import type { ContainerImage } from './service-revision.ts';
import type { ContainerDefinition, TaskDefinition } from '../../task-definition/task-definition.ts';
import type { Container } from '../../task/task.ts';

type Definition = Pick<TaskDefinition, 'containerDefinitions'>;
type Image = Pick<ContainerImage, 'containerName' | 'image' | 'imageDigest'>;

/** What an image digest looks like; what is no digest is never told to another agent. */
const digest = /^sha256:[0-9a-f]{64}$/;

const isConsistent = (container: ContainerDefinition | undefined): boolean =>
  container !== undefined && container.versionConsistency !== 'disabled';

const named = (definition: Definition, name: string): ContainerDefinition | undefined =>
  definition.containerDefinitions.find((container) => container.name === name);

/** `images` with the digests that a task's containers reported, where none was known; the very same list when nothing is new. */
export function resolveImages<I extends Image>(
  images: readonly I[],
  definition: Definition,
  containers: readonly Pick<Container, 'name' | 'imageDigest'>[],
): readonly I[] {
  const found = (image: I): string | undefined => {
    if (image.imageDigest !== undefined || !isConsistent(named(definition, image.containerName)))
      return undefined;
    const reported = containers.find(({ name }) => name === image.containerName)?.imageDigest;
    return reported !== undefined && digest.test(reported) ? reported : undefined;
  };
  const resolved = images.map((image) => {
    const imageDigest = found(image);
    return imageDigest === undefined ? image : { ...image, imageDigest };
  });
  return resolved.some((image, at) => image !== images[at]) ? resolved : images;
}

/** A new task's containers, those whose tag is resolved told to run that digest. One that names a digest itself needs none. */
export const pinContainers = (
  containers: readonly Container[],
  images: readonly Image[],
  definition: Definition,
): readonly Container[] =>
  containers.map((container) => {
    const known = images.find(({ containerName }) => containerName === container.name)?.imageDigest;
    const isPinned =
      known !== undefined &&
      !container.image.includes('@') &&
      isConsistent(named(definition, container.name));
    return isPinned ? { ...container, pinnedDigest: known } : container;
  });

/** What an agent is to run: `repository@sha256:…` where the container is pinned, else the image as it was defined. */
export function imageReference({ image, pinnedDigest }: Pick<Container, 'image' | 'pinnedDigest'>): string {
  if (pinnedDigest === undefined) return image;
  const colon = image.lastIndexOf(':');
  const repository = colon > image.lastIndexOf('/') ? image.slice(0, colon) : image;
  return `${repository}@${pinnedDigest}`;
}
