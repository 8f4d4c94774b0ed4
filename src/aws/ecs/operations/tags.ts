// The rules that every `tags` member follows.
import { breakerTagProblem } from '../state/service/deployment/breaker-tags.ts';
import type { Tag } from '../../shared/tag.ts';
import { invalidParameter, limitExceeded } from '../errors.ts';

interface TagInput {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** How many tags of its users a resource may have; those of ECS (`aws:`) are not counted. */
export const maxTags = 50;
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reserved = /^aws:/i;

/** Checks and completes tags: at most 50, keys 1-128, values 0-256, `aws:` reserved; throws InvalidParameterException. */
export function userTags(tags: readonly TagInput[] | undefined): Tag[] {
  if (!tags) return [];
  refuseFirst(tagProblems(tags));
  return tags.map(({ key = '', value = '' }) => ({ key, value }));
}

/** The texts of the rules that tags break. */
export function* tagProblems(tags: readonly TagInput[]): Iterable<string> {
  if (tags.length > maxTags) yield `Tags can have a maximum of ${maxTags} entries.`;
  const seen = new Set<string>();
  for (const { key = '', value = '' } of tags) {
    yield* keyProblems(key);
    if (value.length > 256 || !pattern.test(value))
      yield `The value of tag '${key}' is invalid. Values have at most 256 letters, numbers, spaces or _.:/=+-@.`;
    const problem = breakerTagProblem({ key, value });
    if (problem !== undefined) yield problem;
    if (seen.has(key)) yield `Duplicate tag key '${key}'.`;
    seen.add(key);
  }
}

/** Checks the keys of tags to remove; throws InvalidParameterException. */
export function userTagKeys(keys: readonly string[]): readonly string[] {
  if (keys.length > maxTags) throw invalidParameter(`TagKeys can have a maximum of ${maxTags} entries.`);
  for (const key of keys) refuseFirst(keyProblems(key));
  return keys;
}

/** `tags` with `input` written over them, in the order in which keys first came; throws LimitExceededException above 50. */
export function mergeTags(tags: readonly Tag[], input: readonly Tag[]): Tag[] {
  const merged = new Map([...tags, ...input].map((tag) => [tag.key, tag]));
  if (countUserTags([...merged.values()]) > maxTags)
    throw limitExceeded(`A resource can have a maximum of ${maxTags} tags.`);
  return [...merged.values()];
}

/** How many of the tags are not ECS's own. */
export const countUserTags = (tags: readonly Tag[]): number =>
  tags.filter(({ key }) => !reserved.test(key)).length;

function* keyProblems(key: string): Iterable<string> {
  if (key.length < 1 || key.length > 128 || !pattern.test(key))
    yield `The tag key '${key}' is invalid. Keys have 1 to 128 letters, numbers, spaces or _.:/=+-@.`;
  if (reserved.test(key)) yield `The tag key '${key}' is invalid. Keys may not start with 'aws:'.`;
}

function refuseFirst(problems: Iterable<string>): void {
  for (const problem of problems) throw invalidParameter(problem);
}
