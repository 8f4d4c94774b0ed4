import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesIn, unframed } from './docker-logs.ts';

const frame = (stream: number, content: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
};

test('frames give back what was written into them, in order, however it was cut up', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array())), (parts) => {
      const framed = Buffer.concat(parts.map(([stream, content]) => frame(stream, Buffer.from(content))));
      expect(unframed(framed)).toEqual(Buffer.concat(parts.map(([, content]) => Buffer.from(content))));
    }),
  );
});

test('a frame that was cut off gives what there is of it', () => {
  expect(String(unframed(frame(1, Buffer.from('hello')).subarray(0, 11)))).toBe('hel');
});

test.each([
  ['', []],
  ['one', ['one']],
  ['one\n', ['one']],
  ['one\r\ntwo\n\nfour', ['one', 'two', '', 'four']],
])('the lines of %j', (written, lines) => {
  expect(linesIn(Buffer.from(written))).toEqual(lines);
});
