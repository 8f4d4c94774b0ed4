// TagResource: adds tags to a resource; a key that it has already gets the new value.
import type { EcsOperation } from '../../ecs.ts';
import { resourceNotFound } from '../../errors.ts';
import { resolveTaggable } from './resolve-taggable.ts';
import { mergeTags, userTags } from '../tags.ts';

export const tagResource: EcsOperation<'TagResource'> = (ecs, input, call) => {
  const given = userTags(input.tags);
  return ecs.store.update((tx) => {
    const { kind, arn } = resolveTaggable(tx, call, input.resourceArn ?? '');
    if (!kind.change(tx, arn, (tags) => mergeTags(tags, given))) throw resourceNotFound();
    return {};
  });
};
