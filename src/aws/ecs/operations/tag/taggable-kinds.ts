// Everything that can be tagged, by the resource type in its ARN.
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { services } from '../../state/service/services.ts';
import { taskDefinitionKey, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import { taggableKind, type ArnInput, type TaggableKind } from './taggable-kind.ts';

const revisionKey = (arn: ArnInput): string | undefined => {
  const [family, revision] = arn.path.split(':');
  return revision !== undefined && /^[1-9][0-9]{0,8}$/.test(revision)
    ? taskDefinitionKey(arn, family!, Number(revision))
    : undefined;
};

/** One line a kind. */
export const taggableKinds: Readonly<Record<string, TaggableKind>> = {
  'capacity-provider': taggableKind(capacityProviders, {
    parts: 1,
    refusal: (provider) =>
      provider.status === 'INACTIVE'
        ? 'The specified capacity provider is inactive. Specify an active capacity provider and try again.'
        : undefined,
  }),
  cluster: taggableKind(clusters, { parts: 1 }),
  'container-instance': taggableKind(containerInstances, {
    parts: 2,
    refusal: (instance) =>
      instance.status === 'INACTIVE'
        ? 'The specified container instance is inactive. Specify an active container instance and try again.'
        : undefined,
  }),
  service: taggableKind(services, {
    parts: 2,
    refusal: (service) =>
      service.status === 'INACTIVE'
        ? 'The specified service is inactive. Specify an active service and try again.'
        : undefined,
  }),
  task: taggableKind(tasks, {
    parts: 2,
    refusal: (task) =>
      task.lastStatus === 'STOPPED'
        ? 'The specified task is stopped. Specify a running task and try again.'
        : undefined,
  }),
  'task-definition': taggableKind(taskDefinitions, { parts: 1, key: revisionKey }),
  'task-set': taggableKind(taskSets, { parts: 4 }),
};
