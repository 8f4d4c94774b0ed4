import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { taggableKinds, type TaggableType } from '../../state/taggable.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { describe, listed, type Filters } from '../describe.ts';

interface TagRow {
  readonly id: string;
  readonly resourceId: string;
  readonly type: TaggableType;
  readonly key: string;
  readonly value: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

const filters: Filters<TagRow> = {
  key: ({ key }) => key,
  'resource-id': ({ resourceId }) => resourceId,
  'resource-type': ({ type }) => type,
  value: ({ value }) => value,
};

/** DescribeTags: the tags of all resources, by filters, page by page. */
export const describeTags: Ec2Operation<'DescribeTags'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const page = describe(
      { list: 'tags', rows: listed(tagRows(tx, call)), filters, filterInput: input.Filters },
      input,
      ({ resourceId, type, key, value }) => ({
        ResourceId: resourceId,
        ResourceType: type,
        Key: key,
        Value: value,
      }),
    );
    return { Tags: page.items, NextToken: page.nextToken };
  });

const tagRows = (tx: ReadTransaction, scope: Scope): readonly TagRow[] =>
  taggableKinds.flatMap(({ type, all }) =>
    [...all(tx, scope)].flatMap(({ id, tags }) =>
      tags.map((tag) => ({ ...tag, id: `${id} ${tag.key}`, resourceId: id, type, tags: [tag] })),
    ),
  );
