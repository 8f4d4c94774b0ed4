import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFlags } from './node-flags.mjs';

test('`npm run longshore` runs Node as `npm start` does', () => {
  const file = join(import.meta.dirname, '../../package.json');
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts: Record<string, string> };
  expect(scripts.longshore).toBe(`exec node ${nodeFlags.join(' ')} src/cli/main.ts`);
});
