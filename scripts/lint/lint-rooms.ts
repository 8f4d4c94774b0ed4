// `npm run lint`: fails with one line for each import in src/ that the rules forbid.
import { readFileSync, globSync } from 'node:fs';
import { findBreaches } from './find-breaches.ts';
import { readImports } from './read-imports.ts';

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  devDependencies: Record<string, string>;
};
const files = globSync('src/**/*.ts')
  .toSorted()
  .map((path) => ({ path, imports: readImports(path, readFileSync(path, 'utf8')) }));
const breaches = findBreaches(files, new Set(Object.keys(devDependencies)));
for (const breach of breaches) console.error(breach);
console.log(`rooms: ${files.length} files, ${breaches.length} breaches`);
process.exitCode = breaches.length === 0 ? 0 : 1;
