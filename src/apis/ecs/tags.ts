// The rules that every `tags` member follows.
import { breakerTagProblem } from '../../model/breaker-tags.ts';
import type { Tag } from '../../model/tag.ts';
import { invalidParameter, limitExceeded } from './errors.ts';

interface GivenTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** How many tags of its users a resource may have; those of ECS (`aws:`) are not counted. */
const mostTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reserved = /^aws:/i;

/** Checks and completes tags: at most 50, keys 1-128, values 0-256, `aws:` reserved; throws InvalidParameterException. */
export function userTags(tags: readonly GivenTag[] | undefined): Tag[] {
  if (!tags) return [];
  if (tags.length > mostTags) throw invalidParameter(`Tags can have a maximum of ${mostTags} entries.`);
  const seen = new Set<string>();
  return tags.map(({ key = '', value = '' }) => {
    checkKey(key);
    if (value.length > 256 || !pattern.test(value)) {
      throw invalidParameter(
        `The value of tag '${key}' is invalid. Values have at most 256 letters, numbers, spaces or _.:/=+-@.`,
      );
    }
    const problem = breakerTagProblem({ key, value });
    if (problem !== undefined) throw invalidParameter(problem);
    if (seen.has(key)) throw invalidParameter(`Duplicate tag key '${key}'.`);
    seen.add(key);
    return { key, value };
  });
}

/** Checks the keys of tags to remove; throws InvalidParameterException. */
export function userTagKeys(keys: readonly string[]): readonly string[] {
  if (keys.length > mostTags) throw invalidParameter(`TagKeys can have a maximum of ${mostTags} entries.`);
  for (const key of keys) checkKey(key);
  return keys;
}

/** `tags` with `given` written over them, in the order in which keys first came; throws LimitExceededException above 50. */
export function mergeTags(tags: readonly Tag[], given: readonly Tag[]): Tag[] {
  const merged = new Map([...tags, ...given].map((tag) => [tag.key, tag]));
  const users = [...merged.keys()].filter((key) => !reserved.test(key));
  if (users.length > mostTags) throw limitExceeded(`A resource can have a maximum of ${mostTags} tags.`);
  return [...merged.values()];
}

function checkKey(key: string): void {
  if (key.length < 1 || key.length > 128 || !pattern.test(key)) {
    throw invalidParameter(
      `The tag key '${key}' is invalid. Keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.`,
    );
  }
  if (reserved.test(key))
    throw invalidParameter(`The tag key '${key}' is invalid. Keys may not start with 'aws:'.`);
}
