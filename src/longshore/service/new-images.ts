// A definition's containers with other images. Pure.
import type {
  ContainerDefinition,
  TaskDefinition,
} from '../../aws/ecs/state/task-definition/task-definition.ts';
import { invalidParameter } from '../errors.ts';
import type { ImageInput, UpdateServiceImagesOutput } from '../contract.ts';

export interface NewImages {
  readonly containerDefinitions: readonly ContainerDefinition[];
  /** Only what differs. */
  readonly changes: UpdateServiceImagesOutput['changes'];
}

/** Throws InvalidParameterException for no image, for two of one container, and for a container that is not there. */
export function newImages(
  { family, revision, containerDefinitions }: TaskDefinition,
  images: readonly ImageInput[],
): NewImages {
  if (images.length === 0) throw invalidParameter('images cannot be empty.');
  const asked = new Map<string, string>();
  for (const { containerName, image } of images) {
    if (asked.has(containerName))
      throw invalidParameter(`images names the container ${containerName} more than once.`);
    if (!containerDefinitions.some(({ name }) => name === containerName)) {
      const names = containerDefinitions.map(({ name }) => name).join(', ');
      throw invalidParameter(
        `The task definition ${family}:${revision} has no container ${containerName}. Its containers are: ${names}.`,
      );
    }
    asked.set(containerName, image);
  }
  return {
    containerDefinitions: containerDefinitions.map((container) => ({
      ...container,
      image: asked.get(container.name!) ?? container.image,
    })),
    changes: containerDefinitions.flatMap(({ name = '', image: from = '' }) => {
      const to = asked.get(name) ?? from;
      return to === from ? [] : [{ containerName: name, from, to }];
    }),
  };
}
