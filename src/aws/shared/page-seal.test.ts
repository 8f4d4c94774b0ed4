import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { InvalidToken } from './page.ts';
import { createPageSeal } from './page-seal.ts';

const secret = new Uint8Array(32).fill(7);
const seal = createPageSeal(secret, seededRandom(1));

test('opens what it closed, also after a restart, and for that operation only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (token) => {
      const sealed = seal.close('ListTasks', token);
      expect(createPageSeal(secret, seededRandom(2)).open('ListTasks', sealed)).toBe(token);
      expect(() => seal.open('ListClusters', sealed)).toThrow(InvalidToken);
    }),
  );
});

test('refuses every change to a token, and tokens of another server', () => {
  const sealed = seal.close('ListTasks', 'the key of a row');
  fc.assert(
    fc.property(
      fc.nat(Buffer.from(sealed, 'base64url').length - 1),
      fc.integer({ min: 1, max: 255 }),
      (at, flip) => {
        const bytes = Buffer.from(sealed, 'base64url');
        bytes[at]! ^= flip;
        expect(() => seal.open('ListTasks', bytes.toString('base64url'))).toThrow(InvalidToken);
      },
    ),
  );
  expect(() => createPageSeal(new Uint8Array(32), seededRandom(1)).open('ListTasks', sealed)).toThrow(
    InvalidToken,
  );
  expect(() => seal.open('ListTasks', '')).toThrow(InvalidToken);
  expect(() => seal.open('ListTasks', 'bogus')).toThrow(InvalidToken);
});

test('does not show what it seals', () => {
  const sealed = seal.close('ListTasks', 'arn:aws:ecs:us-east-1:000000000000:task/default/1');
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('arn');
});
