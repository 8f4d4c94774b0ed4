import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uriDecode, uriEncode, uriReencode } from './uri-encode.ts';

describe('uriEncode', () => {
  it('leaves only unreserved characters', () => {
    expect(uriEncode("aZ09-._~ !'()*/%ü")).toBe('aZ09-._~%20%21%27%28%29%2A%2F%25%C3%BC');
  });

  it('agrees with encodeURIComponent but for the five characters that it leaves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const wide = encodeURIComponent(text).replace(
          /[!'()*]/g,
          (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
        );
        expect(uriEncode(text)).toBe(wide);
      }),
    );
  });

  it('takes lone surrogates', () => {
    expect(uriEncode('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('uriReencode', () => {
  it.each([
    ['a%2fb', 'a%2Fb'],
    ['a/b', 'a%2Fb'],
    ['a+b', 'a%20b'],
    ['%7E', '~'],
    ['100%', '100%25'],
    ['%zz%4', '%25zz%254'],
    ['%ff', '%FF'],
    ['', ''],
  ])('%s becomes %s', (input, wanted) => {
    expect(uriReencode(input)).toBe(wanted);
  });

  it('changes nothing that is already encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const encoded = uriEncode(text);
        expect(uriReencode(encoded)).toBe(encoded);
      }),
    );
  });
});

describe('uriDecode', () => {
  it('undoes uriEncode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(uriDecode(uriEncode(text))).toBe(text);
      }),
    );
  });

  it('answers U+FFFD for bytes that are not UTF-8', () => {
    expect(uriDecode('%ff')).toBe('\ufffd');
  });
});
