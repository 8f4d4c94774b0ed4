// UntagResource: takes tags off a resource by their keys; keys that it does not have are no error.
import type { EcsOperation } from '../../ecs.ts';
import { resourceNotFound } from '../../errors.ts';
import { resolveTaggable } from './resolve-taggable.ts';
import { userTagKeys } from '../tags.ts';

export const untagResource: EcsOperation<'UntagResource'> = (ecs, input, call) => {
  const keys = new Set(userTagKeys(input.tagKeys ?? []));
  return ecs.store.update((tx) => {
    const { kind, arn } = resolveTaggable(tx, call, input.resourceArn ?? '');
    if (!kind.change(tx, arn, (tags) => tags.filter(({ key }) => !keys.has(key)))) throw resourceNotFound();
    return {};
  });
};
