// Which names of files, folders and exported symbols hold a word that docs/nomenclature.md replaces.
import type { Export } from './read-exports.ts';
import { replacedWords, type ReplacedWord } from './replaced-words.ts';

export interface NamedFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly exports: readonly Export[];
}

/** One sentence a name; each folder once. */
export function findWords(files: readonly NamedFile[]): string[] {
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  return [
    ...[...folders].toSorted().flatMap((path) => breach(path, lastName(path))),
    ...files.flatMap(({ path, exports }) => [
      ...breach(path, lastName(path).replace(/\..*$/, '')),
      ...exports.flatMap(({ name, line }) => breach(`${path}:${line}`, name)),
    ]),
  ];
}

function breach(place: string, name: string): string[] {
  const found = replacedWords.find((word) => holds(wordsOf(name), word));
  if (found === undefined) return [];
  return [`${place}: ${name}: docs/nomenclature.md calls it ${found.instead}`];
}

const holds = (words: string, { words: refused, where }: ReplacedWord): boolean =>
  words === refused ||
  (where === 'start' && words.startsWith(`${refused} `)) ||
  (where === 'anywhere' && ` ${words} `.includes(` ${refused} `));

/** `heldBackUntil`, `HeldBackUntil` and `held-back-until`: `held back until`. */
const wordsOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[-_]/g, ' ').toLowerCase();

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const foldersOf = (path: string): string[] => {
  const names = path.split('/').slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join('/'));
};
