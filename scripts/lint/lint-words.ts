// `npm run lint`: fails with one line for each name that holds a word that docs/nomenclature.md replaces.
import { readFileSync, globSync } from 'node:fs';
import { findWords } from './find-words.ts';
import { readExports } from './read-exports.ts';

const files = globSync('{src,test,test-support,scripts}/**/*.ts', { exclude: ['**/*.generated.ts'] })
  .toSorted()
  .map((path) => ({ path, exports: readExports(path, readFileSync(path, 'utf8')) }));
const breaches = findWords(files);
for (const breach of breaches) console.error(breach);
console.log(`words: ${files.length} files, ${breaches.length} breaches`);
process.exitCode = breaches.length === 0 ? 0 : 1;
