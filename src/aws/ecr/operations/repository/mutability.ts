// Which tags of a repository may move from image to image: the setting of CreateRepository and PutImageTagMutability.
import { broken, invalidParameter } from '../../errors.ts';
import type { ImageTagMutability, ImageTagMutabilityExclusionFilter } from '../../shapes.generated.ts';
import type { Repository } from '../../state/repository/repository.ts';

const maxFilters = 5;

/** The setting, checked; throws InvalidParameterException. */
export function mutabilityOf(
  setting: ImageTagMutability = 'MUTABLE',
  filters: readonly ImageTagMutabilityExclusionFilter[] = [],
): Pick<Repository, 'tagMutability' | 'mutabilityExclusions'> {
  const withExclusion = setting.endsWith('_WITH_EXCLUSION');
  if (withExclusion && filters.length === 0)
    throw invalidParameter(`imageTagMutabilityExclusionFilters are required with ${setting}.`);
  if (!withExclusion && filters.length > 0)
    throw invalidParameter(`imageTagMutabilityExclusionFilters cannot be used with ${setting}.`);
  if (filters.length > maxFilters)
    throw broken(
      'imageTagMutabilityExclusionFilters',
      `must have length less than or equal to ${maxFilters}`,
    );
  for (const { filter } of filters)
    if (!/^[0-9a-zA-Z._*-]{1,128}$/.test(filter) || filter.split('*').length > 3)
      throw invalidParameter(
        `The filter '${filter}' is invalid. Filters have 1 to 128 letters, numbers, '.', '_', '-' and at most two '*'.`,
      );
  return { tagMutability: setting, mutabilityExclusions: filters.map(({ filter }) => filter) };
}
