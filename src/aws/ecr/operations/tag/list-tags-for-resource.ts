// ListTagsForResource: the tags of a repository.
import type { EcrOperation } from '../../ecr.ts';
import { repositoryOfArn } from '../resolve/repository.ts';
import { presentTags } from './tags.ts';

export const listTagsForResource: EcrOperation<'ListTagsForResource'> = ({ store }, { resourceArn }, call) =>
  store.view((tx) => ({ tags: presentTags(repositoryOfArn(tx, call, resourceArn).tags) }));
