// The tags of a bucket or an object, as S3 takes them: a whole set, in which no key is there twice.
import type { Tag } from '../../../shared/tag.ts';
import { badRequest, invalidTag, tooManyObjectTags } from '../../errors.ts';
import type { Tag as ShownTag } from '../../shapes.generated.ts';

const maxTags = 50;
const maxObjectTags = 10;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags of a bucket; throws InvalidTag, or BadRequest for more than 50. */
export function tagsOf(shown: readonly ShownTag[]): Tag[] {
  if (shown.length > maxTags) throw badRequest(`Bucket tag count cannot be greater than ${maxTags}`);
  return checkedTags(shown);
}

/** The tags of an object; throws InvalidTag, or BadRequest for more than ten. */
export function objectTagsOf(shown: readonly ShownTag[]): Tag[] {
  if (shown.length > maxObjectTags) throw tooManyObjectTags();
  return checkedTags(shown);
}

/** Tags that are sound each, and different; throws InvalidTag. */
export function checkedTags(shown: readonly ShownTag[]): Tag[] {
  const seen = new Set<string>();
  for (const { Key: key, Value: value } of shown) {
    if (key.length === 0 || key.length > 128 || !characters.test(key))
      throw invalidTag('The TagKey you have provided is invalid', key);
    if (value.length > 256 || !characters.test(value))
      throw invalidTag('The TagValue you have provided is invalid', key);
    if (/^aws:/i.test(key)) throw invalidTag('System tags cannot be added/updated by requester', key);
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', key);
    seen.add(key);
  }
  return shown.map(({ Key: key, Value: value }) => ({ key, value }));
}
