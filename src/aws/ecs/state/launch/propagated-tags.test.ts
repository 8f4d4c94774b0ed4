import { expect, it, test } from 'vitest';
import { taskTags, type TagRequest } from './propagated-tags.ts';

const tag = (key: string, value: string) => ({ key, value });
const definition = { tags: [tag('of', 'definition'), tag('tier', 'web')] };
const service = { name: 'shop', tags: [tag('of', 'service')] };
const clusterTag = tag('aws:ecs:clusterName', 'default');

test.each<[string, TagRequest, object[], object[]]>([
  ['nothing where nothing is asked for', {}, [], []],
  ['what the task itself is given', { tags: [tag('a', 'b')] }, [tag('a', 'b')], [tag('a', 'b')]],
  ['nothing of NONE', { propagateTags: 'NONE' }, [], []],
  ['those of the definition', { propagateTags: 'TASK_DEFINITION' }, definition.tags, definition.tags],
  ['those of the service, if there is one', { propagateTags: 'SERVICE' }, service.tags, []],
  [
    "ECS's own, the service's name among them where there is one",
    { enableECSManagedTags: true },
    [clusterTag, tag('aws:ecs:serviceName', 'shop')],
    [clusterTag],
  ],
])('%s', (_what, request, ofService, ofNone) => {
  expect(taskTags(request, { clusterName: 'default', definition, service })).toEqual(ofService);
  expect(taskTags(request, { clusterName: 'default', definition })).toEqual(ofNone);
});

it("prefers a task's own tag to a propagated one of the same key, and ECS's come last", () => {
  const request = {
    tags: [tag('of', 'task')],
    propagateTags: 'TASK_DEFINITION',
    enableECSManagedTags: true,
  } as const;
  expect(taskTags(request, { clusterName: 'default', definition })).toEqual([
    tag('of', 'task'),
    tag('tier', 'web'),
    clusterTag,
  ]);
});
