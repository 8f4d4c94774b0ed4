import { expect, test } from 'vitest';
import { textTable } from './text-table.ts';

test('lines columns up, numbers to the right, and leaves nothing behind the last', () => {
  expect(
    textTable(
      ['A', 'COUNT', 'B'],
      [
        ['long', '1', 'x'],
        ['', '10', ''],
      ],
      new Set([1]),
    ),
  ).toEqual(['A     COUNT  B', 'long      1  x', '         10']);
});
