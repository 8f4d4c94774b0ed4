import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOfText, withoutShape, withShape } from './row-text.ts';

describe('the text of a row', () => {
  it('is its JSON in the first shape, as rows were always written', () => {
    expect(withShape('{"a":1}', 1)).toBe('{"a":1}');
    expect([shapeOfText('{"a":1}'), withoutShape('{"a":1}')]).toEqual([1, '{"a":1}']);
  });

  it('gives back shape and JSON', () => {
    const row = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 1000 }), (members, shape) => {
        const json = JSON.stringify(members);
        const text = withShape(json, shape);
        expect([shapeOfText(text), withoutShape(text)]).toEqual([shape, json]);
        // What JSON keeps of the members: it has no negative zero.
        const kept = JSON.parse(json) as object;
        expect(JSON.parse(text)).toEqual(shape === 1 ? kept : { $shape: shape, ...kept });
      }),
    );
  });
});
