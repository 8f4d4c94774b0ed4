import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmless, harmlessJson } from './control-characters.ts';

// eslint-disable-next-line no-control-regex -- they are what must not be there
const acting = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test('takes escape sequences out, and makes one line of many', () => {
  expect(harmless('\u001b[31mred\u001b[0m')).toBe('red');
  expect(harmless('\u001b]0;title\u0007text')).toBe('text');
  expect(harmless('\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007')).toBe('link');
  expect(harmless('one\r\ntwo\nthree')).toBe('one two three');
  expect(harmless('a\u0008b\u009dc\u007fd')).toBe('a\ufffdb\ufffdc\ufffdd');
  expect(harmless('safe\u202egnp.exe')).toBe('safe\ufffdgnp.exe');
  expect(harmless('Grüße, 世界\tstay')).toBe('Grüße, 世界\tstay');
});

test('lets nothing that acts through, whatever comes', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('\u001b', '[', ']', '3', '1', 'm', '\u009b', '\n', 'a', '\u202e'),
  });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => !acting.test(harmless(text))),
  );
});

test('keeps the value of JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = harmlessJson(JSON.stringify({ text }, undefined, 2));
      expect(json.replaceAll('\n', '')).not.toMatch(acting);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
