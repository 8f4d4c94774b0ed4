// The rules that tags of EC2 follow, and how they are given to what is being made.
import type { Tag } from '../../shared/tag.ts';
import { invalidParameterValue, tagLimitExceeded } from '../errors.ts';
import type { TaggableType } from '../state/taggable.ts';

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

interface TagSpecificationInput {
  readonly ResourceType?: string | undefined;
  readonly Tags?: readonly TagInput[] | undefined;
}

const maxTags = 50;

/** Checks and completes tags: keys of 1 to 127 characters, values of up to 256, `aws:` is AWS's own, no key twice. */
export function userTags(input: readonly TagInput[]): readonly Tag[] {
  const tags = input.map(({ Key: key = '', Value: value = '' }) => ({ key, value }));
  for (const { key, value } of tags) {
    checkKey(key);
    if (value.length > 256)
      throw invalidParameterValue(`Tag value exceeds the maximum length of 256 characters: '${value}'`);
  }
  const keys = new Set(tags.map(({ key }) => key));
  const twice = tags.find(({ key }, index) => tags.findIndex((tag) => tag.key === key) !== index);
  if (keys.size < tags.length) throw invalidParameterValue(`Duplicate tag key '${twice!.key}' specified.`);
  if (tags.length > maxTags) throw tagLimitExceeded();
  return tags;
}

function checkKey(key: string): void {
  if (key.length < 1 || key.length > 127)
    throw invalidParameterValue(`Tag key must have 1 to 127 characters: '${key}'`);
  if (/^aws:/i.test(key))
    throw invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");
}

/** The tags that a call gives to what it makes, which is of one of `types`; of several, those of the first. */
export function newTags(
  specifications: readonly TagSpecificationInput[] | undefined,
  ...types: readonly TaggableType[]
): readonly Tag[] {
  for (const { ResourceType: type } of specifications ?? []) {
    if (!types.some((one) => one === type))
      throw invalidParameterValue(`'${type}' is not a valid taggable resource type for this operation.`);
  }
  return tagsFor(specifications, types[0]!);
}

/** Those of them that are for one of the things that a call makes. */
export const tagsFor = (
  specifications: readonly TagSpecificationInput[] | undefined,
  type: TaggableType,
): readonly Tag[] =>
  userTags(
    (specifications ?? [])
      .filter(({ ResourceType: one }) => one === type)
      .flatMap(({ Tags: tags }) => tags ?? []),
  );

/** `tags` with `input` written over them. */
export function mergeTags(tags: readonly Tag[], input: readonly Tag[]): readonly Tag[] {
  const merged = [...new Map([...tags, ...input].map((tag) => [tag.key, tag])).values()];
  if (merged.length > maxTags) throw tagLimitExceeded();
  return merged;
}

/** `tags` without those of `input`: one of a key alone, whatever its value is. */
export const withoutTags = (tags: readonly Tag[], input: readonly TagInput[]): readonly Tag[] =>
  tags.filter(
    ({ key, value }) =>
      !input.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value)),
  );
