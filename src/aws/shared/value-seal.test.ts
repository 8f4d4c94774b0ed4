import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { createValueSeal } from './value-seal.ts';

const key = new Uint8Array(32).fill(7);
const seal = createValueSeal(key, seededRandom(1));

test('opens what it closed, for that row and with that key only', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (value) => {
      const sealed = seal.close('a', value);
      expect([...createValueSeal(key, seededRandom(2)).open('a', sealed)]).toEqual([...value]);
      expect(() => seal.open('b', sealed)).toThrow('b keeps cannot be opened');
      expect(() => createValueSeal(new Uint8Array(32), seededRandom(1)).open('a', sealed)).toThrow();
    }),
  );
});

test('notices every change', () => {
  const sealed = Buffer.from(seal.close('a', Buffer.from('secret')), 'base64');
  for (const at of sealed.keys()) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(() => seal.open('a', changed.toString('base64'))).toThrow('cannot be opened');
  }
});

test('seals the same value differently each time', () => {
  expect(seal.close('a', Buffer.from('x'))).not.toBe(seal.close('a', Buffer.from('x')));
});
