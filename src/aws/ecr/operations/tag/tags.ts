// The rules of tags in ECR.
import type { Tag } from '../../../shared/tag.ts';
import { invalidTag, tooManyTags } from '../../errors.ts';
import type { Tag as TagInput } from '../../shapes.generated.ts';

const maxTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Checked tags; throws InvalidTagParameterException, or TooManyTagsException above 50. */
export function newTags(tags: readonly TagInput[] = []): Tag[] {
  if (tags.length > maxTags) throw tooManyTags();
  const seen = new Set<string>();
  return tags.map(({ Key: key, Value: value }) => {
    checkKey(key);
    if (value.length > 256 || !pattern.test(value))
      throw invalidTag(
        `The value of tag '${key}' is invalid. Values have at most 256 letters, numbers, spaces or _.:/=+-@.`,
      );
    if (seen.has(key)) throw invalidTag(`Duplicate tag key '${key}'.`);
    seen.add(key);
    return { key, value };
  });
}

function checkKey(key: string): void {
  if (key.length < 1 || key.length > 128 || !pattern.test(key))
    throw invalidTag(
      `The tag key '${key}' is invalid. Keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.`,
    );
  if (/^aws:/i.test(key))
    throw invalidTag(`The tag key '${key}' is invalid. Keys may not start with 'aws:'.`);
}

/** `tags` with `input` written over them; throws TooManyTagsException above 50. */
export function mergeTags(tags: readonly Tag[], input: readonly Tag[]): Tag[] {
  const merged = [...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()];
  if (merged.length > maxTags) throw tooManyTags();
  return merged;
}

export const presentTags = (tags: readonly Tag[]): TagInput[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));
