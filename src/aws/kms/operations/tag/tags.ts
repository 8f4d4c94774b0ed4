// The rules of tags in KMS.
import type { Tag } from '../../../shared/tag.ts';
import { limitExceeded, tagError } from '../../errors.ts';
import type { Tag as TagInput } from '../../shapes.generated.ts';

const maxTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Checked tags; throws TagException, or LimitExceededException above 50. */
export function newTags(tags: readonly TagInput[] = []): Tag[] {
  const seen = new Set<string>();
  for (const { TagKey: key, TagValue: value } of tags) {
    if (key.length < 1 || key.length > 128 || !pattern.test(key))
      throw tagError(
        `The tag key '${key}' is invalid. Keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.`,
      );
    if (/^aws:/i.test(key))
      throw tagError(`The tag key '${key}' is invalid. Keys may not start with 'aws:'.`);
    if (value.length > 256 || !pattern.test(value))
      throw tagError(
        `The value of tag '${key}' is invalid. Values have at most 256 letters, numbers, spaces or _.:/=+-@.`,
      );
    if (seen.has(key)) throw tagError(`Duplicate tag key '${key}'.`);
    seen.add(key);
  }
  if (tags.length > maxTags) throw limitExceeded(`A KMS key can have a maximum of ${maxTags} tags.`);
  return tags.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }));
}

/** `tags` with `input` written over them. */
export function mergeTags(tags: readonly Tag[], input: readonly Tag[]): Tag[] {
  const merged = [...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()];
  if (merged.length > maxTags) throw limitExceeded(`A KMS key can have a maximum of ${maxTags} tags.`);
  return merged;
}
