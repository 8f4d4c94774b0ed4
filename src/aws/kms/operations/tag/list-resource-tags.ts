// ListResourceTags: the tags of a key.
import type { KmsOperation } from '../../kms.ts';
import { markedPage } from '../page.ts';
import { keyById } from '../resolve/key.ts';

export const listResourceTags: KmsOperation<'ListResourceTags'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const tags = keyById(tx, call, input.KeyId).tags.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const { items, ...page } = markedPage(input, {
      list: 'tags',
      limits: { default: 50, max: 50 },
      rows: (after) => tags.filter(({ key }) => after === undefined || key > after),
      key: (tag) => tag.key,
      present: ({ key, value }) => ({ TagKey: key, TagValue: value }),
    });
    return { Tags: items, ...page };
  });
