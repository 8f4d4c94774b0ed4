// The rules of tags of parameters.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';
import { invalidResourceId, invalidResourceType, tooManyTags, validation } from '../../errors.ts';
import type { ResourceTypeForTagging, Tag as TagInput } from '../../shapes.generated.ts';
import type { Parameter } from '../../state/parameter/parameter.ts';
import { parameterKey, parameters } from '../../state/parameter/parameters.ts';

const maxTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Checked tags; throws ValidationException, or TooManyTagsError above 50. */
export function newTags(tags: readonly TagInput[] = []): Tag[] {
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key.length < 1 || Key.length > 128 || !pattern.test(Key))
      throw validation('Tag keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.');
    if (/^aws:/i.test(Key)) throw validation(`The tag key '${Key}' may not start with 'aws:'.`);
    if (Value.length > 256 || !pattern.test(Value))
      throw validation('Tag values have at most 256 letters, numbers, spaces or _.:/=+-@.');
    if (seen.has(Key)) throw validation(`Duplicate tag key '${Key}'.`);
    seen.add(Key);
  }
  return withinLimit(tags.map(({ Key, Value }) => ({ key: Key, value: Value })));
}

/** `tags` with `input` written over them. */
export const mergeTags = (tags: readonly Tag[], input: readonly Tag[]): Tag[] =>
  withinLimit([...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()]);

function withinLimit(tags: Tag[]): Tag[] {
  if (tags.length > maxTags) throw tooManyTags();
  return tags;
}

/** The parameter that a tag operation is about; throws InvalidResourceType or InvalidResourceId. */
export function taggedParameter(
  tx: ReadTransaction,
  scope: Scope,
  {
    ResourceType,
    ResourceId,
  }: { readonly ResourceType: ResourceTypeForTagging; readonly ResourceId: string },
): Parameter {
  if (ResourceType !== 'Parameter') throw invalidResourceType(ResourceType);
  const parameter = tx.table(parameters).get(parameterKey(scope, ResourceId));
  if (parameter === undefined) throw invalidResourceId(ResourceId);
  return parameter;
}
