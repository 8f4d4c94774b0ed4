import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64UrlId, decimalId, hexId, uuid } from './ids.ts';
import { seededRandom } from './random.ts';

test('hex ids have exactly the length asked for, odd ones too', () => {
  fc.assert(
    fc.property(fc.nat(70), fc.integer(), (length, seed) => {
      expect(hexId(seededRandom(seed), length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
    }),
  );
  expect(hexId(seededRandom(1))).toHaveLength(32);
});

test('UUIDs are of version 4', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(uuid(seededRandom(seed))).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }),
  );
});

test('decimal ids have 19 digits and fit into a signed 64-bit number', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const id = decimalId(seededRandom(seed));
      expect(id).toMatch(/^[1-9]\d{18}$/);
      expect(BigInt.asIntN(64, BigInt(id)).toString()).toBe(id);
    }),
  );
});

test('base64 ids have exactly the length asked for, of characters that a URL takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (length, seed) => {
      expect(base64UrlId(seededRandom(seed), length)).toMatch(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
    }),
  );
});

test('ids do not repeat', () => {
  const random = seededRandom(5);
  expect(new Set(Array.from({ length: 5000 }, () => hexId(random, 16))).size).toBe(5000);
  expect(new Set(Array.from({ length: 5000 }, () => uuid(random))).size).toBe(5000);
});
