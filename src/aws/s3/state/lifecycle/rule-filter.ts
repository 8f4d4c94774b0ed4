// What a rule of a lifecycle configuration is about.
import type { LifecycleRule, Tag } from '../../shapes.generated.ts';

/** The key of an object, its size in bytes, and its tags. */
export interface FilteredObject {
  readonly key: string;
  readonly size: number;
  readonly tags: Readonly<Record<string, string>>;
}

const partsOf = ({ Prefix: prefix, Filter: filter = {} }: LifecycleRule) => {
  const { And: and, ...single } = filter;
  return { ...single, ...and, prefix: prefix ?? single.Prefix ?? and?.Prefix ?? '' };
};

export function tagsOfRule({ Filter: { Tag: tag, And: and } = {} }: LifecycleRule): readonly Tag[] {
  return tag === undefined ? (and?.Tags ?? []) : [tag];
}

/** What every object begins with that the rule is about. */
export const prefixOfRule = (rule: LifecycleRule): string => partsOf(rule).prefix;

/** Whether the rule is about the object. */
export function isFiltered(rule: LifecycleRule, { key, size, tags }: FilteredObject): boolean {
  const { prefix, ObjectSizeGreaterThan: above = -1, ObjectSizeLessThan: below = Infinity } = partsOf(rule);
  return (
    key.startsWith(prefix) &&
    size > above &&
    size < below &&
    tagsOfRule(rule).every(({ Key, Value }) => Object.hasOwn(tags, Key) && tags[Key] === Value)
  );
}
