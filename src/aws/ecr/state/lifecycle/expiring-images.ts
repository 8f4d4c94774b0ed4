// Which images a lifecycle policy lets expire now. Pure.
import type { Image } from '../image/image.ts';
import { matches } from '../repository/repository.ts';
import type { LifecycleRule } from './lifecycle-policy.ts';

export interface ExpiringImage {
  readonly image: Image;
  readonly rulePriority: number;
}

const day = 24 * 3_600_000;

/**
 * Every rule looks at all images that it selects, also those that another one lets expire; but only the rule of the least priority
 * that selects an image may let it expire. What a list names stays as long as the list.
 */
export function expiringImages(
  rules: readonly LifecycleRule[],
  images: readonly Image[],
  now: number,
): readonly ExpiringImage[] {
  const listed = new Set(images.flatMap(({ lists }) => lists));
  const taken = new Set<Image>();
  return rules.flatMap(({ rulePriority, selection }) => {
    const selected = images.filter((image) => isSelected(selection, image));
    const expiring = outdated(selection, selected, now).filter(
      (image) => !taken.has(image) && !listed.has(image.digest),
    );
    for (const image of selected) taken.add(image);
    return expiring.map((image) => ({ image, rulePriority }));
  });
}

/** Epoch ms at which time alone lets the next of them expire; undefined where it never does. */
export function nextExpiry(
  rules: readonly LifecycleRule[],
  images: readonly Image[],
  now: number,
): number | undefined {
  const times = rules.flatMap(({ selection }) => {
    if (selection.countType !== 'sinceImagePushed') return [];
    const selected = images.filter((image) => isSelected(selection, image));
    return selected.map(({ pushedAt }) => pushedAt + selection.countNumber * day + 1);
  });
  const coming = times.filter((time) => time > now);
  return coming.length === 0 ? undefined : coming.reduce((one, other) => Math.min(one, other));
}

type Selection = LifecycleRule['selection'];

function isSelected({ tagStatus, tagPrefixList, tagPatternList }: Selection, { tags }: Image): boolean {
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  const patterns = tagPatternList ?? tagPrefixList?.map((prefix) => `${prefix}*`) ?? [];
  return patterns.every((pattern) => tags.some((tag) => matches(pattern, tag)));
}

function outdated({ countType, countNumber }: Selection, images: readonly Image[], now: number): Image[] {
  if (countType === 'sinceImagePushed')
    return images.filter(({ pushedAt }) => now - pushedAt > countNumber * day);
  return images.toSorted((one, other) => other.pushedAt - one.pushedAt).slice(countNumber);
}
