// The filters of ListSecrets and BatchGetSecretValue: all must hold, each for one of its values.
import { invalidParameter, validation } from '../../errors.ts';
import type { Filter, FilterNameStringType } from '../../shapes.generated.ts';
import type { Secret } from '../../state/secret/secret.ts';

type Matches = (secret: Secret, value: string) => boolean;

const lower = (text: string | undefined): string => (text ?? '').toLowerCase();
const begins = (text: string, prefix: string): boolean => text.startsWith(prefix);

/** Of what begins with a word of the value. */
const anywhere: Matches = ({ name, description, tags }, value) => {
  const texts = [name, description ?? '', ...tags.flatMap((tag) => [tag.key, tag.value])];
  const words = texts.flatMap((text) => lower(text).split(/[ /_+=.@!-]+/));
  return lower(value)
    .split(/[ /_+=.@!-]+/)
    .every((word) => words.some((one) => begins(one, word)));
};

const filters: Readonly<Record<FilterNameStringType, Matches>> = {
  all: anywhere,
  description: (secret, value) =>
    lower(secret.description)
      .split(/\s+/)
      .some((word) => begins(word, lower(value))) || begins(lower(secret.description), lower(value)),
  name: (secret, value) => begins(secret.name, value),
  'owning-service': () => false,
  'primary-region': (secret, value) => begins(secret.region, value),
  'tag-key': (secret, value) => secret.tags.some(({ key }) => begins(key, value)),
  'tag-value': (secret, value) => secret.tags.some((tag) => begins(tag.value, value)),
};

const maxFilters = 10;

/** Whether a secret is what the filters ask for; throws where they are not to be understood. */
export function secretFilter(asked: readonly Filter[] = []): (secret: Secret) => boolean {
  if (asked.length > maxFilters) throw validation(`Filters can have a maximum of ${maxFilters} entries.`);
  const all = asked.map(({ Key, Values = [] }) => {
    if (Key === undefined) throw invalidParameter('Each filter must have a Key.');
    if (Values.length < 1 || Values.length > 10)
      throw invalidParameter('Each filter must have 1 to 10 Values.');
    return (secret: Secret) => Values.some((value) => holds(filters[Key], secret, value));
  });
  return (secret) => all.every((one) => one(secret));
}

/** A `!` in front asks for the opposite. */
const holds = (matches: Matches, secret: Secret, value: string): boolean =>
  value.startsWith('!') ? !matches(secret, value.slice(1)) : matches(secret, value);
