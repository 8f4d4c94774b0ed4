// ListTagsForResource: the tags of a file system or access point.
import type { EfsOperation } from '../../efs.ts';
import { presentTags } from '../../present/file-system.ts';
import { nextPage } from '../page.ts';
import { tagsOf } from './tags.ts';

export const listTagsForResource: EfsOperation<'ListTagsForResource'> = (efs, input, call) =>
  efs.store.view((tx) => {
    const rows = tagsOf(tx, call, input.ResourceId).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const { MaxResults: size, NextToken: token } = input;
    const key = (tag: { readonly key: string }) => tag.key;
    const { items, nextToken } = nextPage({ list: 'tags', size, token, rows, key, present: (tag) => tag });
    const answer = { Tags: presentTags(items) };
    return nextToken === undefined ? answer : { ...answer, NextToken: nextToken };
  });
