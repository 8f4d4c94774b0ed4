import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/lib/random.ts';
import { mutate, type Call } from './mutate.ts';

const call: Call = {
  operation: 'ListClusters',
  input: { maxResults: 5 },
  host: '127.0.0.1:4566',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'not/really+secret' },
  now: 0,
};

describe('a mutation', () => {
  it('is decided by chance alone', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(mutate(call, seededRandom(seed))).toEqual(mutate(call, seededRandom(seed)));
      }),
    );
  });

  it('that is to be answered is one whole request', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { bytes, expects } = mutate(call, seededRandom(seed));
        if (expects !== 'answer' && expects !== 'refusal') return;
        const text = bytes.toString('latin1');
        const head = text.indexOf('\r\n\r\n') + 4;
        const [, length] = /\r\ncontent-length: (\d+)\r\n/.exec(text.slice(0, head))!;
        expect(text.slice(0, head)).toMatch(/^POST \/ HTTP\/1\.1\r\n(?:[a-z-0-9]+: [^\r\n]*\r\n)+\r\n$/);
        expect(bytes.length - head).toBe(Number(length));
      }),
      { numRuns: 500 },
    );
  });

  it('comes in every kind', () => {
    const kinds = Array.from({ length: 300 }, (_, seed) => mutate(call, seededRandom(seed)).kind);
    expect(new Set(kinds).size).toBe(11);
  });
});
