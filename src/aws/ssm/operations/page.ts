// The pages of Parameter Store.
import { afterToken, pageOf, type Page } from '../../shared/page.ts';
import { validation } from '../errors.ts';

interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

interface KeyedList<R, T> {
  readonly list: string;
  readonly max: number;
  /** Behind a key, in the order of keys. */
  readonly rows: (after: string | undefined) => Iterable<R>;
  readonly key: (row: R) => string;
  readonly present: (row: R) => T;
}

/** One page of at most `max`; throws ValidationException for a MaxResults out of range. */
export function nextPage<R, T>(
  { MaxResults, NextToken }: PageInput,
  { list, max, rows, key, present }: KeyedList<R, T>,
): Page<T> {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > max))
    throw validation(`MaxResults must be between 1 and ${max}.`);
  return pageOf(list, rows(afterToken(list, NextToken)), MaxResults ?? max, key, present);
}

/** As an answer has it: without a token where there is no further page. */
export const tokenOf = ({ nextToken }: Page<unknown>): { NextToken?: string } =>
  nextToken === undefined ? {} : { NextToken: nextToken };
