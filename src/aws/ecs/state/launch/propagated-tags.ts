// Which tags a new task gets: those that its caller gives it, those that are propagated to it, and those that ECS manages.
import type { Tag } from '../../../shared/tag.ts';
import type { TaskDefinition } from '../task-definition/task-definition.ts';

/** Whoever's tags a task may get: its service's, if it has one. */
export interface TagSource {
  readonly clusterName: string;
  readonly definition: Pick<TaskDefinition, 'tags'>;
  readonly service?: { readonly name: string; readonly tags: readonly Tag[] } | undefined;
}

/** What RunTask, StartTask and services say of the tags of tasks. */
export interface TagRequest {
  readonly tags?: readonly Tag[] | undefined;
  readonly propagateTags?: 'NONE' | 'SERVICE' | 'TASK_DEFINITION' | undefined;
  readonly enableECSManagedTags?: boolean | undefined;
}

/** The tags of a task, in this order; a propagated tag gives way to one that the task itself is given under the same key. */
export function taskTags(
  { tags: own = [], propagateTags = 'NONE', enableECSManagedTags = false }: TagRequest,
  source: TagSource,
): readonly Tag[] {
  const names = new Set(own.map(({ key }) => key));
  const propagated = propagatedTags(propagateTags, source).filter(({ key }) => !names.has(key));
  return [...own, ...propagated, ...(enableECSManagedTags ? managedTags(source) : [])];
}

function propagatedTags(from: NonNullable<TagRequest['propagateTags']>, source: TagSource): readonly Tag[] {
  switch (from) {
    case 'NONE':
      return [];
    case 'SERVICE':
      return source.service?.tags ?? [];
    case 'TASK_DEFINITION':
      return source.definition.tags;
  }
}

const managedTags = ({ clusterName, service }: TagSource): readonly Tag[] => [
  { key: 'aws:ecs:clusterName', value: clusterName },
  ...(service ? [{ key: 'aws:ecs:serviceName', value: service.name }] : []),
];
