import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paint, widthOf } from './paint.ts';
import { textTable } from './text-table.ts';

const columns = [{ head: 'A' }, { head: 'COUNT', right: true }, { head: 'B' }];

test('lines columns up, numbers to the right, and leaves nothing behind the last', () => {
  const rows = [
    ['long', '1', 'x'],
    ['', '10', ''],
  ];
  expect(textTable(columns, rows)).toEqual(['A     COUNT  B', 'long      1  x', '         10']);
});

test('leaves an optional column out where it says nothing', () => {
  const optional = [{ head: 'A' }, { head: 'B', optional: true }];
  expect(textTable(optional, [['a', '-']])).toEqual(['A', 'a']);
  expect(
    textTable(optional, [
      ['a', '-'],
      ['b', 'x'],
    ]),
  ).toEqual(['A  B', 'a  -', 'b  x']);
});

test('cuts the widest cells in their middle, and none that must be whole', () => {
  const rows = [['a-family-with-a-long-name:12', '127.0.0.1:35178->80', 'RUNNING']];
  const wide = [{ head: 'DEFINITION' }, { head: 'PORTS', whole: true }, { head: 'STATUS' }];
  expect(textTable(wide, rows, 44)).toEqual([
    'DEFINITION      PORTS                STATUS',
    'a-family-…e:12  127.0.0.1:35178->80  RUNNING',
  ]);
});

test('measures what is seen of painted cells, and cuts what is in the paint', () => {
  const [head, line] = textTable([{ head: 'STATUS' }, { head: 'X' }], [[paint('good', 'RUNNING'), 'x']]);
  expect(head!.indexOf('X')).toBe(9);
  expect(widthOf(line!)).toBe(10);
  const [, cut] = textTable([{ head: 'S' }], [[paint('bad', 'a'.repeat(20))]], 10);
  expect(widthOf(cut!)).toBe(10);
});

test('is as narrow as it is asked to be, down to six characters a column', () => {
  const cell = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', ':') });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell)), fc.integer({ min: 22, max: 200 }), (rows, width) => {
      for (const line of textTable(columns, rows, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});
