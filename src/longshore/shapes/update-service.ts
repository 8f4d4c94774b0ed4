// What is changed in a service: the images of its containers, or one of its tasks.
import { list, structure } from './structure.ts';

export const updateServiceShapes = {
  UpdateServiceImagesInput: structure({
    cluster: 'String?',
    /** Name or ARN. */
    service: 'String',
    /** Containers that are not named keep their images. */
    images: 'ImageInputs',
    /** Deploy though every image is the same already. */
    forceNewDeployment: 'Boolean?',
  }),
  ImageInput: structure({ containerName: 'String', image: 'String' }),
  ImageInputs: list('ImageInput'),
  UpdateServiceImagesOutput: structure({
    serviceArn: 'String',
    clusterArn: 'String',
    /** What the service is to run from now on, and what it was before: the same, where every image is. */
    taskDefinitionArn: 'String',
    previousTaskDefinitionArn: 'String',
    changes: 'ImageChanges',
    /** The deployment that began; absent where nothing was changed. */
    deployment: 'BegunDeployment?',
  }),
  ImageChange: structure({ containerName: 'String', from: 'String', to: 'String' }),
  ImageChanges: list('ImageChange'),
  BegunDeployment: structure({ id: 'String', serviceDeploymentArn: 'String' }),
  ReplaceTaskInput: structure({
    cluster: 'String?',
    /** Its id or ARN. */
    task: 'String',
  }),
  ReplaceTaskOutput: structure({ taskArn: 'String', serviceArn: 'String' }),
} as const;
