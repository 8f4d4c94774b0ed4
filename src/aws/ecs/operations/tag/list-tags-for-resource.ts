// ListTagsForResource: a resource's tags. ECS has no ResourceNotFoundException for it.
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { resolveTaggable } from './resolve-taggable.ts';

export const listTagsForResource: EcsOperation<'ListTagsForResource'> = (ecs, input, call) =>
  ecs.store.view((tx) => {
    const { kind, arn } = resolveTaggable(tx, call, input.resourceArn ?? '');
    const tags = kind.tags(tx, arn);
    if (!tags) throw invalidParameter('The specified resource was not found.');
    return { tags };
  });
