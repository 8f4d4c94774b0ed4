import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterToken, InvalidToken, pageOf } from './page.ts';

const sorted = fc
  .uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 30 })
  .map((keys) => keys.filter((key) => key.isWellFormed()).toSorted());
/** Rows behind a key, as an index gives them. */
const behind = (rows: readonly string[], after: string | undefined): readonly string[] =>
  rows.filter((row) => after === undefined || row > after);

function allPages(rows: readonly string[], size: number): (readonly string[])[] {
  const pages: (readonly string[])[] = [];
  let token: string | undefined;
  do {
    const from = behind(rows, afterToken('list', token));
    const page = pageOf(
      'list',
      from,
      size,
      (row) => row,
      (row) => row,
    );
    pages.push(page.items);
    token = page.nextToken;
  } while (token !== undefined && pages.length <= rows.length);
  return pages;
}

describe('the pages of a list', () => {
  it('hold every row once, in order, and are full but for the last', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: 1, max: 10 }), (rows, size) => {
        const pages = allPages(rows, size);
        expect(pages.flat()).toEqual(rows);
        expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
        expect(pages).toHaveLength(Math.max(1, Math.ceil(rows.length / size)));
      }),
    );
  });

  it('look at one row more than they show, and no further', () => {
    let seen = 0;
    function* rows(): Iterable<string> {
      for (;;) yield String(seen++);
    }
    const page = pageOf(
      'list',
      rows(),
      3,
      (row) => row,
      (row) => row.length,
    );
    expect(page.items).toEqual([1, 1, 1]);
    expect(seen).toBe(4);
  });

  it('go on behind the last row shown, though it is gone meanwhile', () => {
    const { nextToken } = pageOf(
      'list',
      ['a', 'b', 'c'],
      2,
      (row) => row,
      (row) => row,
    );
    expect(behind(['a', 'c', 'd'], afterToken('list', nextToken))).toEqual(['c', 'd']);
  });
});

describe('a token', () => {
  const { nextToken } = pageOf(
    'list',
    ['a', 'b'],
    1,
    (row) => row,
    (row) => row,
  );

  it('is opaque text for a URL', () => {
    expect(nextToken).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it('is none where none is given', () => {
    expect(afterToken('list', undefined)).toBeUndefined();
  });

  it('of another list is refused', () => {
    expect(() => afterToken('other', nextToken)).toThrow(InvalidToken);
  });

  it('of any other make is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ minLength: 1 }),
          fc.base64String({ minLength: 4 }),
          fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
        ),
        (text) => {
          expect(() => afterToken('list', text)).toThrow(InvalidToken);
        },
      ),
    );
  });
});
