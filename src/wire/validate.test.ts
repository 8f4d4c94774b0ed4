import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiModel } from './model.ts';
import { inputDecoder, inputReader } from './validate.ts';

const shapes: ApiModel = {
  signingName: 'test',
  emptyIsAbsent: true,
  operations: { Do: { input: 'DoRequest', output: 'Empty' } },
  shapes: {
    Empty: { kind: 'structure', members: {}, required: [] },
    DoRequest: {
      kind: 'structure',
      members: {
        text: 'String',
        note: 'Text',
        flag: 'Boolean',
        count: 'Integer',
        big: 'Long',
        ratio: 'Double',
        at: 'Timestamp',
        data: 'Blob',
        any: 'Document',
        color: 'Color',
        items: 'Items',
        labels: 'Labels',
        tree: 'Tree',
      },
      required: [],
    },
    Items: { kind: 'list', of: 'Item' },
    Item: { kind: 'structure', members: { name: 'String', color: 'Color' }, required: ['name'] },
    Labels: { kind: 'map', of: 'String' },
    Tree: { kind: 'structure', members: { left: 'Tree', value: 'Integer' }, required: [] },
    Color: { kind: 'enum', values: ['RED', 'BLUE'] },
    String: 'string',
    Text: 'text',
    Boolean: 'boolean',
    Integer: 'integer',
    Long: 'long',
    Double: 'double',
    Timestamp: 'timestamp',
    Blob: 'blob',
    Document: 'document',
  },
};
class Invalid extends Error {}
const decoder = inputDecoder(shapes, 'Do');
const decode = (input: object) =>
  decoder(input as Record<string, unknown>, (message) => new Invalid(message));
const parsed = (json: string) => decode(JSON.parse(json) as object);

describe('an input of the right types', () => {
  it('comes out as it went in', () => {
    const input = {
      text: 'x',
      note: '',
      flag: false,
      count: -2147483648,
      big: 2 ** 53 - 1,
      ratio: 0.5,
      at: 1557128360.711,
      data: 'aGk=',
      any: { deep: [1, null, { x: 'y' }] },
      color: 'RED',
      items: [{ name: 'a' }, { name: 'b', color: 'BLUE' }],
      labels: { k: 'v', constructor: 'c' },
      tree: { left: { left: {}, value: 1 } },
    };
    expect(decode(input)).toEqual({ ...input, data: Buffer.from('hi') });
    expect(decode(input)).not.toBe(input);
  });

  it('loses unknown members and nulls', () => {
    expect(decode({ text: null, other: 1, items: [{ name: 'a', color: null, x: [] }] })).toEqual({
      items: [{ name: 'a' }],
    });
  });

  it('loses empty strings, which clients send for what they leave out', () => {
    const given = { text: '', note: '', data: '', color: '', any: '', items: [{ name: 'a', color: '' }] };
    expect(decode(given)).toEqual({ note: '', any: '', items: [{ name: 'a' }] });
  });

  it('keeps those that stand in a list or a map', () => {
    expect(decode({ labels: { k: '' } })).toEqual({ labels: { k: '' } });
  });

  it('cannot reach a prototype', () => {
    const clean = parsed(
      '{"__proto__":{"polluted":1},"constructor":{},"items":[{"name":"a","__proto__":{}}]}',
    );
    expect(clean).toEqual({ items: [{ name: 'a' }] });
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a value of the wrong type', () => {
  it.each([
    ['{"text":1}', 'text: NUMBER_VALUE can not be converted to a String'],
    ['{"text":[]}', 'text: START_ARRAY can not be converted to a String'],
    ['{"text":{}}', 'text: START_OBJECT can not be converted to a String'],
    ['{"flag":"true"}', 'flag: STRING_VALUE can not be converted to a Boolean'],
    ['{"count":"1"}', 'count: STRING_VALUE can not be converted to an Integer'],
    ['{"count":true}', 'count: TRUE_VALUE can not be converted to an Integer'],
    ['{"count":1.5}', 'count: The number is not in the range of an Integer.'],
    ['{"count":2147483648}', 'count: The number is not in the range of an Integer.'],
    ['{"big":1e20}', 'big: The number is not in the range of a Long.'],
    ['{"ratio":1e999}', 'ratio: The number is not in the range of a Double.'],
    ['{"at":"2026-01-01"}', 'at: STRING_VALUE can not be converted to a Timestamp'],
    ['{"at":1e15}', 'at: The number is not in the range of a Timestamp.'],
    ['{"data":"a"}', 'data: The value is not valid base64.'],
    ['{"color":false}', 'color: FALSE_VALUE can not be converted to a String'],
    ['{"items":{}}', 'items: START_OBJECT can not be converted to a List'],
    ['{"items":[{"name":"a"},"b"]}', 'items[1]: STRING_VALUE can not be converted to a Structure or Map'],
    ['{"items":[{"name":2}]}', 'items[0].name: NUMBER_VALUE can not be converted to a String'],
    ['{"labels":[]}', 'labels: START_ARRAY can not be converted to a Structure or Map'],
    ['{"labels":{"k":1}}', 'labels.k: NUMBER_VALUE can not be converted to a String'],
    ['{"labels":{"__proto__":"x"}}', 'labels: __proto__ is not a valid key.'],
    ['{"any":{"a":{"__proto__":1}}}', 'any: __proto__ is not a valid key.'],
  ])('%s is refused', (json, message) => {
    expect(() => parsed(json)).toThrow(expect.objectContaining({ code: 'SerializationException', message }));
  });

  it('is a time that does not exist, too', () => {
    expect(() => decode({ at: new Date(Number.NaN) })).toThrow(
      'at: The number is not in the range of a Timestamp.',
    );
  });

  it('counts before a broken constraint that comes earlier', () => {
    expect(() => parsed('{"color":"GREEN","items":[{}],"text":1}')).toThrow(/^text: NUMBER_VALUE/);
  });

  it('nested beyond reason is refused', () => {
    const deep = `{"any":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => parsed(deep)).toThrow(/^any: The document is nested too deeply\.$/);
  });
});

describe('a broken constraint', () => {
  it.each([
    ['{"items":[{"name":"a"},{}]}', 'items[1].name cannot be null or empty.'],
    ['{"items":[{"name":null}]}', 'items[0].name cannot be null or empty.'],
    ['{"items":[{"name":""}]}', 'items[0].name cannot be null or empty.'],
    ['{"items":[null]}', 'items[0] cannot be null or empty.'],
    ['{"labels":{"k":null}}', 'labels.k cannot be null or empty.'],
    ['{"color":"GREEN"}', 'color should be one of [RED, BLUE]'],
    ['{"color":"constructor"}', 'color should be one of [RED, BLUE]'],
    ['{"items":[{"color":"x"}],"color":"y"}', 'items[0].color should be one of [RED, BLUE]'],
  ])('%s is the API’s to name', (json, message) => {
    expect(() => parsed(json)).toThrow(new Invalid(message));
  });

  it.each([
    [{ text: 'x'.repeat(4097) }, 'text can have a maximum of 4096 characters.'],
    [{ any: 'x'.repeat(4097) }, 'any can have a maximum of 4096 characters.'],
    [{ note: 'x'.repeat(65_537) }, 'note can have a maximum of 65536 characters.'],
    [{ labels: { k: 'x'.repeat(65_537) } }, 'labels.k can have a maximum of 65536 characters.'],
    [{ labels: { ['k'.repeat(4097)]: 'x' } }, 'labels can have a maximum of 4096 characters.'],
    [{ any: ['x'.repeat(140_000)] }, 'A request can have a maximum of 131072 characters.'],
    [{ items: Array(70_000).fill({ name: 'a' }) }, 'A request can have a maximum of 131072 characters.'],
    [{ note: 'x'.repeat(65_536), labels: { k: 'x'.repeat(65_536) } }, 'A request can have a maximum'],
  ])('is a text too long, or too many: %#', (input, message) => {
    expect(() => decode(input)).toThrow(message);
  });

  it('is none as long as a text may be', () => {
    const input = { text: 'x'.repeat(4096), note: 'x'.repeat(60_000), labels: { k: 'x'.repeat(60_000) } };
    expect(decode(input)).toEqual(input);
  });

  it('of the input itself names the member alone', () => {
    const required: ApiModel = {
      ...shapes,
      operations: { Do: { input: 'Item', output: 'Empty' } },
    };
    expect(() => inputDecoder(required, 'Do')({}, (message) => new Invalid(message))).toThrow(
      new Invalid('name cannot be null or empty.'),
    );
  });
});

describe('any JSON at all', () => {
  it('is decoded, cleanly, or refused by one of the two errors', () => {
    const member = fc.constantFrom(...Object.keys(memberNames()));
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue()), (input) => {
        const json = JSON.stringify(input);
        try {
          const clean = parsed(json);
          expect(decode(clean)).toEqual(clean);
        } catch (error) {
          const known = error instanceof Invalid || (error as Error).name === 'SerializationException';
          expect(known, String(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function memberNames(): object {
  const shape = shapes.shapes.DoRequest;
  return typeof shape === 'object' && shape.kind === 'structure' ? shape.members : {};
}

describe('inputDecoder', () => {
  it('refuses to be made for what the model does not have', () => {
    expect(() => inputDecoder(shapes, 'Other')).toThrow('the model has no operation Other');
    const broken: ApiModel = { ...shapes, shapes: { DoRequest: { kind: 'list', of: 'Gone' } } };
    expect(() => inputDecoder(broken, 'Do')).toThrow('the model has no shape Gone');
  });
});

describe('inputReader', () => {
  it('tells all that is wrong, and leaves what is of a wrong type out', () => {
    const { clean, mistyped, violations } = inputReader(
      shapes,
      'Do',
    )({
      text: 3,
      labels: [],
      items: [{}, null, 'x', { name: 'a' }],
      any: 'kept',
    });
    expect(mistyped).toEqual([
      'text: NUMBER_VALUE can not be converted to a String',
      'labels: START_ARRAY can not be converted to a Structure or Map',
      'items[2]: STRING_VALUE can not be converted to a Structure or Map',
    ]);
    expect(violations).toEqual([
      'items[0].name cannot be null or empty.',
      'items[1] cannot be null or empty.',
    ]);
    expect(clean).toEqual({ items: [{}, { name: 'a' }], any: 'kept' });
  });

  it('tells no more than a hundred mistakes of a kind', () => {
    const { mistyped, violations } = inputReader(
      shapes,
      'Do',
    )({
      items: [...Array(200).fill('x'), ...Array(200).fill({})],
    });
    expect([mistyped.length, violations.length]).toEqual([100, 100]);
  });
});
