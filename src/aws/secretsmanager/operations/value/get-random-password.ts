// GetRandomPassword: a password by the rules that the caller gives; it is kept nowhere.
import type { Random } from '../../../../lib/random.ts';
import { invalidParameter } from '../../errors.ts';
import type { SecretsManagerOperation } from '../../secretsmanager.ts';
import type { GetRandomPasswordRequest } from '../../shapes.generated.ts';

const maxLength = 4096;

export const getRandomPassword: SecretsManagerOperation<'GetRandomPassword'> = ({ random }, input) => {
  const length = input.PasswordLength ?? 32;
  if (length < 1 || length > maxLength)
    throw invalidParameter(`PasswordLength must be between 1 and ${maxLength}.`);
  const types = characterTypes(input);
  const all = types.join('');
  if (all === '') throw invalidParameter('No characters are left to make a password of.');
  const required = input.RequireEachIncludedType === false ? [] : types;
  if (required.length > length)
    throw invalidParameter(
      'The password length must be at least the number of the required types of characters.',
    );
  const characters = Array.from({ length }, (_, at) => pick(random, required[at] ?? all));
  return { RandomPassword: shuffled(random, characters).join('') };
};

/** Those that are left, each as the characters of it. */
function characterTypes(input: GetRandomPasswordRequest): string[] {
  const excluded = new Set(input.ExcludeCharacters ?? '');
  const types = [
    input.ExcludeLowercase === true ? '' : 'abcdefghijklmnopqrstuvwxyz',
    input.ExcludeUppercase === true ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    input.ExcludeNumbers === true ? '' : '0123456789',
    input.ExcludePunctuation === true ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    input.IncludeSpace === true ? ' ' : '',
  ];
  return types
    .map((type) =>
      Array.from(type)
        .filter((character) => !excluded.has(character))
        .join(''),
    )
    .filter((type) => type !== '');
}

const pick = (random: Random, characters: string): string =>
  characters[Math.floor(random.next() * characters.length)]!;

function shuffled(random: Random, characters: readonly string[]): string[] {
  const mixed = [...characters];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random.next() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
