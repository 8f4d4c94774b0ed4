// The rules of tags in EFS, and whose they are: a file system's or an access point's.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import { badRequest } from '../../errors.ts';
import type { Tag as TagInput } from '../../shapes.generated.ts';
import { accessPoints } from '../../state/access-point/access-points.ts';
import { idOf } from '../../state/arn.ts';
import { fileSystems } from '../../state/file-system/file-systems.ts';
import { findAccessPoint, findFileSystem } from '../resolve/find.ts';

const maxTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Checked tags; throws BadRequest. */
export function newTags(tags: readonly TagInput[] = []): Tag[] {
  for (const { Key, Value } of tags) {
    if (Key.length < 1 || Key.length > 128 || !pattern.test(Key))
      throw badRequest('Tag keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.');
    if (/^aws:/i.test(Key)) throw badRequest(`The tag key '${Key}' may not start with 'aws:'.`);
    if (Value.length > 256 || !pattern.test(Value))
      throw badRequest('Tag values have at most 256 letters, numbers, spaces or _.:/=+-@.');
  }
  return mergeTags(
    [],
    tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  );
}

/** `tags` with `input` written over them. */
export function mergeTags(tags: readonly Tag[], input: readonly Tag[]): Tag[] {
  const merged = [...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()];
  if (merged.length > maxTags) throw badRequest(`A resource can have a maximum of ${maxTags} tags.`);
  return merged;
}

const isAccessPoint = (scope: Scope, reference: string): boolean =>
  idOf(scope, reference).startsWith('fsap-');

export const tagsOf = (tx: ReadTransaction, scope: Scope, reference: string): readonly Tag[] =>
  isAccessPoint(scope, reference)
    ? findAccessPoint(tx, scope, reference).tags
    : findFileSystem(tx, scope, reference).tags;

/** Writes what `change` makes of the tags that are there. */
export function changeTags(
  tx: WriteTransaction,
  scope: Scope,
  reference: string,
  change: (tags: readonly Tag[]) => readonly Tag[],
): void {
  if (isAccessPoint(scope, reference)) {
    const accessPoint = findAccessPoint(tx, scope, reference);
    tx.table(accessPoints).put({ ...accessPoint, tags: change(accessPoint.tags) });
  } else {
    const fileSystem = findFileSystem(tx, scope, reference);
    tx.table(fileSystems).put({ ...fileSystem, tags: change(fileSystem.tags) });
  }
}
