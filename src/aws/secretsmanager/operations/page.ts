// The pages of Secrets Manager: MaxResults from 1 to 100.
import { afterToken, pageOf, type Page } from '../../shared/page.ts';
import { validation } from '../errors.ts';

interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

interface SortedList<R, T> {
  readonly list: string;
  /** All of them, by `key` in the order that `compare` gives to keys. */
  readonly rows: readonly R[];
  readonly key: (row: R) => string;
  readonly compare: (a: string, b: string) => number;
  readonly present: (row: R) => T;
  /** Default 100. */
  readonly max?: number;
}

/** One page; throws ValidationException for a MaxResults out of range. */
export function nextPage<R, T>(
  { MaxResults, NextToken }: PageInput,
  { list, rows, key, compare, present, max = 100 }: SortedList<R, T>,
): Page<T> {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > max))
    throw validation(`MaxResults must be between 1 and ${max}.`);
  const after = afterToken(list, NextToken);
  const rest = after === undefined ? rows : rows.filter((row) => compare(key(row), after) > 0);
  return pageOf(list, rest, MaxResults ?? max, key, present);
}

export const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const descending = (a: string, b: string): number => ascending(b, a);
