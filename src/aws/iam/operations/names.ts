// The rules that names, paths and tags of all entities follow.
import type { Tag } from '../../shared/tag.ts';
import { constraintBroken, invalidInput, limitExceeded, validationError } from '../errors.ts';

/** The name, where it is of the allowed characters; `member` is what the API calls it, e.g. `userName`. */
export function checkedName(name: string, member: string, max: number): string {
  if (name.length < 1) throw constraintBroken(name, member, 'have length greater than or equal to 1');
  if (name.length > max) throw constraintBroken(name, member, `have length less than or equal to ${max}`);
  if (!/^[\w+=,.@-]+$/.test(name))
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  return name;
}

/** The path, default `/`. */
export function checkedPath(path: string | undefined): string {
  if (path === undefined || path === '') return '/';
  if (path.length > 512) throw constraintBroken(path, 'path', 'have length less than or equal to 512');
  if (!/^\/([!-~]*\/)?$/.test(path) || path.includes('//'))
    throw validationError(
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  return path;
}

interface TagInput {
  readonly Key: string;
  readonly Value: string;
}

/** How many tags an entity may have. */
const maxTags = 50;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags of an input; keys are the same in any case. */
export function checkedTags(tags: readonly TagInput[] = []): readonly Tag[] {
  const keys = new Set(tags.map(({ Key: key }) => key.toLowerCase()));
  if (keys.size < tags.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  checkCount(tags);
  return tags.map(({ Key: key, Value: value }) => {
    checkTagKey(key);
    if (value.length > 256)
      throw constraintBroken(value, 'tags.member.value', 'have length less than or equal to 256');
    if (!characters.test(value))
      throw constraintBroken(
        value,
        'tags.member.value',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*',
      );
    return { key, value };
  });
}

export function checkTagKey(key: string): void {
  const member = 'tags.member.key';
  if (key.length < 1) throw constraintBroken(key, member, 'have length greater than or equal to 1');
  if (key.length > 128) throw constraintBroken(key, member, 'have length less than or equal to 128');
  if (!characters.test(key))
    throw constraintBroken(
      key,
      member,
      'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
    );
  if (/^aws:/i.test(key))
    throw invalidInput(
      `The tag key ${key} is not valid: tag keys that begin with aws: are reserved for AWS.`,
    );
}

function checkCount(tags: readonly unknown[]): void {
  if (tags.length > maxTags)
    throw limitExceeded(`The number of tags has reached the maximum limit of ${maxTags}.`);
}

/** `tags` with `more` written over them. */
export function mergedTags(tags: readonly Tag[], more: readonly Tag[]): readonly Tag[] {
  const merged = new Map([...tags, ...more].map((tag) => [tag.key.toLowerCase(), tag]));
  checkCount([...merged]);
  return [...merged.values()];
}

/** `tags` without those keys. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ key }) => !gone.has(key.toLowerCase()));
}
