// How the tags of one kind of resource are found and written, whatever table its rows are in.
import type { EcsArn } from '../../state/arn.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Row, Table, Unversioned } from '../../../../store/table.ts';
import { invalidParameter } from '../../errors.ts';

/** An ARN as it was given, with its parts. */
export interface ArnInput extends EcsArn {
  readonly text: string;
}

export interface TaggableKind {
  /** How many parts, by slash, the ARN has behind its type; with more than one the first is the cluster. */
  readonly parts: number;
  tags(tx: ReadTransaction, arn: ArnInput): readonly Tag[] | undefined;
  /** Writes the tags that `change` makes of those that are there; answers false when there is no such resource. */
  change(tx: WriteTransaction, arn: ArnInput, change: (tags: readonly Tag[]) => readonly Tag[]): boolean;
}

type TaggedRow = Row & { readonly tags?: readonly Tag[] | undefined };

interface Options<R> {
  readonly parts: number;
  /** The row's key; without it, the ARN. */
  readonly key?: (arn: ArnInput) => string | undefined;
  /** Why the row cannot be tagged (any more), as a sentence for the caller. */
  readonly refusal?: (row: R) => string | undefined;
}

/** The kind whose rows are in `table`. */
export function taggableKind<R extends TaggedRow>(
  table: Table<R>,
  { parts, key = (arn) => arn.text, refusal }: Options<R>,
): TaggableKind {
  const find = (tx: ReadTransaction, arn: ArnInput): R | undefined => {
    const at = key(arn);
    return at === undefined ? undefined : (tx.table(table).get(at) as R | undefined);
  };
  return {
    parts,
    tags: (tx, arn) => {
      const row = find(tx, arn);
      return row && (row.tags ?? []);
    },
    change: (tx, arn, change) => {
      const row = find(tx, arn);
      if (!row) return false;
      const refused = refusal?.(row);
      if (refused !== undefined) throw invalidParameter(refused);
      const before = row.tags ?? [];
      const tags = change(before);
      if (!sameTags(before, tags)) tx.table(table).put({ ...row, tags } as Unversioned<R>);
      return true;
    },
  };
}

const sameTags = (a: readonly Tag[], b: readonly Tag[]): boolean =>
  a.length === b.length && a.every((tag, at) => tag.key === b[at]!.key && tag.value === b[at]!.value);
