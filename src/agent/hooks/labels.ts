// The labels by which a container is recognised as part of a task. They come last, so that nothing overrides them.
import { isObject } from '../docker-config.ts';
import { withConfig, type Hook } from './hook.ts';

export const labelsHook: Hook = (draft, { container, known, config }) => {
  const { task } = known;
  const own = draft.config['Labels'];
  return withConfig(draft, {
    Labels: {
      ...(isObject(own) && own),
      'com.amazonaws.ecs.task-arn': task.arn,
      'com.amazonaws.ecs.container-name': container.name,
      'com.amazonaws.ecs.task-definition-family': task.family,
      'com.amazonaws.ecs.task-definition-version': task.version,
      'com.amazonaws.ecs.cluster': task.taskClusterArn || config.cluster || 'default',
    },
  });
};
