// ParameterFilters: all must hold, each for one of its values.
import { invalidFilterKey, invalidFilterOption, invalidFilterValue, validation } from '../../errors.ts';
import type { ParameterStringFilter } from '../../shapes.generated.ts';
import { isBelow } from '../../state/parameter/parameter-name.ts';
import type { Parameter, ParameterVersion } from '../../state/parameter/parameter.ts';

/** What a filter looks at. */
export interface Candidate {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
}

interface FilterKind {
  /** The first is the default. */
  readonly options: readonly string[];
  readonly holds: (candidate: Candidate, value: string, option: string) => boolean;
}

const compared = (text: string | undefined, value: string, option: string): boolean => {
  if (text === undefined) return false;
  if (option === 'BeginsWith') return text.startsWith(value);
  return option === 'Contains' ? text.includes(value) : text === value;
};

/** A name at the root may be written with a slash or without. */
const atRoot = (name: string): string => (name.lastIndexOf('/') === 0 ? name.slice(1) : name);

const kinds: Readonly<Record<string, FilterKind>> = {
  DataType: {
    options: ['Equals', 'BeginsWith'],
    holds: ({ version }, value, option) => compared(version.dataType, value, option),
  },
  KeyId: {
    options: ['Equals', 'BeginsWith'],
    holds: ({ version }, value, option) => compared(version.keyId, value, option),
  },
  Label: { options: ['Equals'], holds: ({ version }, value) => version.labels.includes(value) },
  Name: {
    options: ['Equals', 'BeginsWith', 'Contains'],
    holds: ({ parameter }, value, option) =>
      compared(parameter.name, value, option) || compared(atRoot(parameter.name), atRoot(value), option),
  },
  Path: {
    options: ['OneLevel', 'Recursive'],
    holds: ({ parameter }, value, option) => isBelow(parameter.name, value, option === 'Recursive'),
  },
  Tier: { options: ['Equals'], holds: ({ version }, value) => version.tier === value },
  Type: {
    options: ['Equals', 'BeginsWith'],
    holds: ({ version }, value, option) => compared(version.type, value, option),
  },
};

const tagKind = (key: string): FilterKind => ({
  options: ['Equals', 'BeginsWith'],
  holds: ({ parameter }, value, option) =>
    compared(parameter.tags.find((tag) => tag.key === key)?.value, value, option),
});

/** Whether a parameter is what the filters ask for, of those that the operation takes; throws for any other. */
export function parameterFilter(
  filters: readonly ParameterStringFilter[],
  keys: readonly string[],
): (candidate: Candidate) => boolean {
  if (new Set(filters.map(({ Key }) => Key)).size < filters.length)
    throw validation('The following filter keys are given more than once in ParameterFilters.');
  const all = filters.map((filter) => oneFilter(filter, keys));
  return (candidate) => all.every((one) => one(candidate));
}

function oneFilter({ Key, Option, Values = [] }: ParameterStringFilter, keys: readonly string[]) {
  const tag = /^tag:(.+)$/.exec(Key)?.[1];
  const known = tag === undefined ? keys.includes(Key) : keys.includes('tag:');
  if (!known) throw invalidFilterKey(Key, keys);
  const { options, holds } = tag === undefined ? kinds[Key]! : tagKind(tag);
  const option = Option ?? options[0]!;
  if (!options.includes(option)) throw invalidFilterOption(option, options);
  if (Values.length > 50) throw invalidFilterValue('A filter can have a maximum of 50 values.');
  if (tag !== undefined && Values.length === 0)
    return ({ parameter }: Candidate) => parameter.tags.some(({ key }) => key === tag);
  if (Values.length === 0) throw invalidFilterValue(`The filter ${Key} must have a value.`);
  if (Key === 'Path' && Values.some((value) => !value.startsWith('/')))
    throw invalidFilterValue('The value of a Path filter must begin with a slash.');
  return (candidate: Candidate) => Values.some((value) => holds(candidate, value, option));
}
