// Tags of users, roles, policies and instance profiles: the operations of all four, by one way to find and one to write each.
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import type { Iam } from '../iam.ts';
import { presentTags } from '../present/entities.ts';
import type { Entity } from '../state/entity/entity.ts';
import { checkedTags, checkTagKey, mergedTags, withoutTags } from './names.ts';
import { pageOfTexts } from './page.ts';

/** How a kind of entity is found by what an input calls it, and written. */
export interface Taggable<E extends Entity> {
  /** As in the names of its operations, e.g. `User` in TagUser. */
  readonly noun: string;
  read(tx: ReadTransaction, call: Call, name: string): E;
  /** Finds it to change it, which may be refused. */
  change(tx: ReadTransaction, call: Call, name: string, action: string): E;
  write(tx: WriteTransaction, entity: E): void;
}

interface TagInput {
  readonly Key: string;
  readonly Value: string;
}

export const addTags = <E extends Entity>(
  { store }: Iam,
  kind: Taggable<E>,
  name: string,
  tags: readonly TagInput[],
  call: Call,
): object =>
  store.update((tx) => {
    const entity = kind.change(tx, call, name, `iam:Tag${kind.noun}`);
    kind.write(tx, { ...entity, tags: mergedTags(entity.tags, checkedTags(tags)) });
    return {};
  });

export const removeTags = <E extends Entity>(
  { store }: Iam,
  kind: Taggable<E>,
  name: string,
  keys: readonly string[],
  call: Call,
): object =>
  store.update((tx) => {
    const entity = kind.change(tx, call, name, `iam:Untag${kind.noun}`);
    for (const key of keys) checkTagKey(key);
    kind.write(tx, { ...entity, tags: withoutTags(entity.tags, keys) });
    return {};
  });

export const listTags = <E extends Entity>(
  { store }: Iam,
  kind: Taggable<E>,
  name: string,
  input: { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined },
  call: Call,
) =>
  store.view((tx) => {
    const byKey = new Map(presentTags(kind.read(tx, call, name).tags).map((tag) => [tag.Key, tag]));
    const { items, end } = pageOfTexts('tags', input, [...byKey.keys()], (key) => byKey.get(key)!);
    return { Tags: items, ...end };
  });
