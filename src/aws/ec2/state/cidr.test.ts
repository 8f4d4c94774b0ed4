import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressText,
  cidrText,
  contains,
  ipv6CidrText,
  isUsable,
  overlaps,
  parseAddress,
  parseCidr,
  sizeOf,
  usableAddress,
  usableAddresses,
  type Cidr,
} from './cidr.ts';

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const cidr = fc
  .tuple(address, fc.integer({ min: 0, max: 32 }))
  .map(([at, length]): Cidr => parseCidr(`${addressText(at)}/${length}`)!);
const subnet = fc
  .tuple(address, fc.integer({ min: 16, max: 28 }))
  .map(([at, length]): Cidr => parseCidr(`${addressText(at)}/${length}`)!);

test('an address and a block are what was written', () => {
  fc.assert(
    fc.property(address, cidr, (at, block) => {
      expect(parseAddress(addressText(at))).toBe(at);
      expect(parseCidr(cidrText(block))).toEqual(block);
    }),
  );
});

test('the bits behind a prefix do not count', () => {
  expect(cidrText(parseCidr('100.68.0.18/18')!)).toBe('100.68.0.0/18');
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 32 }), (at, length) => {
      const block = parseCidr(`${addressText(at)}/${length}`)!;
      expect(at).toBeGreaterThanOrEqual(block.first);
      expect(at).toBeLessThan(block.first + sizeOf(block));
      expect(block.first % sizeOf(block)).toBe(0);
    }),
  );
});

test.each([
  '',
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  'a/8',
  '10.0.0.0/',
  '::/0',
])('%s is no block', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test('blocks overlap exactly where they share an address: then one lies in the other', () => {
  fc.assert(
    fc.property(cidr, cidr, (one, other) => {
      const shared =
        Math.max(one.first, other.first) < Math.min(one.first + sizeOf(one), other.first + sizeOf(other));
      expect(overlaps(one, other)).toBe(shared);
      expect(overlaps(other, one)).toBe(shared);
      expect(contains(one, other) && contains(other, one)).toBe(cidrText(one) === cidrText(other));
    }),
  );
});

test('the first four addresses of a subnet and its last are never given away, and all others are', () => {
  fc.assert(
    fc.property(subnet, fc.nat(), (block, seed) => {
      const given = parseAddress(usableAddress(block, seed % usableAddresses(block)))!;
      expect(isUsable(block, given)).toBe(true);
      for (const n of [0, 1, 2, 3]) expect(isUsable(block, block.first + n)).toBe(false);
      expect(isUsable(block, block.first + sizeOf(block) - 1)).toBe(false);
      expect(isUsable(block, block.first + sizeOf(block))).toBe(false);
    }),
  );
  const small = parseCidr('10.0.0.16/28')!;
  expect(usableAddresses(small)).toBe(11);
  expect([usableAddress(small, 0), usableAddress(small, 10)]).toEqual(['10.0.0.20', '10.0.0.30']);
});

test.each([
  ['::/0', '::/0'],
  ['FD00::/8', 'fd00::/8'],
  ['2001:db8:0:0:0:0:0:1/128', '2001:db8:0:0:0:0:0:1/128'],
])('%s is an IPv6 block', (text, shown) => {
  expect(ipv6CidrText(text)).toBe(shown);
});

test.each(['::', '::/129', '1::2::3/64', '1:2/64', '10.0.0.0/8', 'g::/8', '::/8/8'])(
  '%s is no IPv6 block',
  (text) => {
    expect(ipv6CidrText(text)).toBeUndefined();
  },
);
