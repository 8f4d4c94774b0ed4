// The rules of tags, which groups have by key and value.
import { brokenConstraint, invalidParameter, tooManyTags } from './errors.ts';

type Tags = Readonly<Record<string, string>>;

const maxTags = 50;
const form = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** `added` to `tags`; throws InvalidParameterException or TooManyTagsException. */
export function withTags(tags: Tags, added: Tags): Tags {
  for (const [key, value] of Object.entries(added)) checkTag(key, value);
  const all = { ...tags, ...added };
  if (Object.keys(all).length > maxTags) throw tooManyTags();
  return all;
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

function checkTag(key: string, value: string): void {
  if (key.length < 1 || key.length > 128) throw brokenConstraint('tags', key, 'have length from 1 to 128');
  if (value.length > 256) throw brokenConstraint('tags', value, 'have length less than or equal to 256');
  for (const text of [key, value])
    if (!form.test(text))
      throw brokenConstraint(
        'tags',
        text,
        String.raw`satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$`,
      );
  if (key.toLowerCase().startsWith('aws:'))
    throw invalidParameter('Tag keys that begin with aws: are reserved.');
}
