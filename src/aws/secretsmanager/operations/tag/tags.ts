// The rules of tags in Secrets Manager.
import type { Tag } from '../../../shared/tag.ts';
import { invalidParameter, limitExceeded } from '../../errors.ts';
import type { Tag as TagInput } from '../../shapes.generated.ts';

const maxTags = 50;

/** Checked tags; throws InvalidParameterException, or LimitExceededException above 50. */
export function newTags(tags: readonly TagInput[] = []): Tag[] {
  const seen = new Set<string>();
  for (const { Key: key = '', Value: value = '' } of tags) {
    if (key.length < 1 || key.length > 128) throw invalidParameter('Tag keys have 1 to 128 characters.');
    if (/^aws:/i.test(key)) throw invalidParameter(`The tag key '${key}' may not start with 'aws:'.`);
    if (value.length > 256) throw invalidParameter('Tag values have at most 256 characters.');
    if (seen.has(key)) throw invalidParameter(`Duplicate tag key '${key}'.`);
    seen.add(key);
  }
  return withinLimit(tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })));
}

/** `tags` with `input` written over them. */
export const mergeTags = (tags: readonly Tag[], input: readonly Tag[]): Tag[] =>
  withinLimit([...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()]);

function withinLimit(tags: Tag[]): Tag[] {
  if (tags.length > maxTags) throw limitExceeded(`A secret can have a maximum of ${maxTags} tags.`);
  return tags;
}
