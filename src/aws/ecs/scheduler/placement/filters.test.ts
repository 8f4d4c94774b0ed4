import { expect, test } from 'vitest';
import { exclusions, filterNamed, filters } from './filters.ts';

test('each filter is found by its name, and no two have the same', () => {
  for (const filter of [...exclusions, ...filters]) expect(filterNamed(filter.name)).toBe(filter);
});

test('a name of a later version is that of no filter', () => {
  expect(filterNamed('something of a later server')).toBeUndefined();
});
