import { Encoder, Tag } from 'cbor-x';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCbor } from './read-cbor.ts';

const encoder = new Encoder({ useRecords: false, tagUint8Array: false, variableMapSize: true });
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const refused = (message: string) => expect.objectContaining({ code: 'SerializationException', message });
const broken = refused('The request body is not valid CBOR.');

describe('a value in CBOR', () => {
  it('is what another writer wrote', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.constant(null),
      fc.double(),
      fc.maxSafeInteger(),
      fc.uint8Array().map((array) => Buffer.from(array)),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(scalar, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(readCbor(encoder.encode(one))).toEqual(one);
      }),
    );
  });

  it.each([
    ['f9 3c00', 1],
    ['f9 c400', -4],
    ['f9 0001', 2 ** -24],
    ['f9 7c00', Infinity],
    ['f9 fc00', -Infinity],
    ['f9 7e00', Number.NaN],
    ['fa 3fc00000', 1.5],
    ['fb c010666666666666', -4.1],
    ['1b 001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['3b ffffffffffffffff', -(2 ** 64)],
    ['f7', undefined],
    ['9f 01 80 9f ff ff', [1, [], []]],
    ['bf 61 61 01 61 62 bf ff ff', { a: 1, b: {} }],
    ['7f 61 61 60 62 c3a9 ff', 'aé'],
    ['5f 41 01 40 42 0203 ff', Buffer.from([1, 2, 3])],
    ['c1 1a 4a9eb57f', new Date(1_251_915_135_000)],
    ['c1 fb 3ff8000000000000', new Date(1500)],
  ])('%s', (hex, value) => {
    expect(readCbor(bytes(hex))).toEqual(value);
  });

  it('may have any key, which sets nothing but an entry', () => {
    const value = readCbor(bytes('a1 69 5f5f70726f746f5f5f a1 61 61 01')) as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('a body that is not', () => {
  it.each([
    ['of any value', ''],
    ['ended', '82 01'],
    ['ended, with a length that nothing has', '9b ffffffffffffffff'],
    ['ended, of a text', '7a ffffffff 61'],
    ['one value', '01 02'],
    ['closed', '9f 01'],
    ['opened', 'ff'],
    ['with keys of text', 'a1 01 01'],
    ['with a key that has a value', 'bf 61 61 ff'],
    ['of one kind', '7f 41 61 ff'],
    ['of known numbers', '1c'],
    ['of known values', 'f8 20'],
    ['of a number', '1f'],
    ['a time', 'c1 61 61'],
  ])('%s is refused', (_, hex) => {
    expect(() => readCbor(bytes(hex))).toThrow(broken);
  });

  it('in UTF-8 is refused', () => {
    expect(() => readCbor(bytes('62 c328'))).toThrow(
      refused('The request body has a text that is not valid UTF-8.'),
    );
  });

  // A general reader makes of them a number of a million digits, an expression, a value that holds itself, …
  it.each([
    ['a large number', new Tag(Buffer.alloc(200_000, 255), 2)],
    ['a decimal', new Tag([1, 2], 4)],
    ['an object of the language', new Tag(['RegExp', '(a+)+$'], 27)],
    ['a set', new Tag([1], 258)],
    ['a reference', [new Tag([new Tag(0, 29)], 28)]],
    ['a table of values', new Tag([['a'], [], [], 'b'], 51)],
    ['a time in words', new Tag('2026-01-01T00:00:00Z', 0)],
  ])('plain is refused: %s', (_, value) => {
    expect(() => readCbor(encoder.encode({ a: value }))).toThrow(broken);
  });

  it.each([
    ['deep', Buffer.alloc(1_000_000, 0x81), 'The CBOR of the request body is nested too deeply.'],
    ['deep in tags', Buffer.alloc(1_000_000, 0xc1), 'The CBOR of the request body is nested too deeply.'],
    [
      'of many values',
      Buffer.concat([bytes('9a 000f4240'), Buffer.alloc(1_000_000, 0xa0)]),
      'The request body has too many values.',
    ],
  ])('but exhausting is refused: %s', (_, body, message) => {
    expect(() => readCbor(body)).toThrow(refused(message));
  });

  it('anything that is known is refused and nothing worse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (body) => {
        try {
          readCbor(body);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SerializationException' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
