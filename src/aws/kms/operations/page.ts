// The pages of KMS: Limit and Marker in, NextMarker and Truncated out.
import { afterToken, pageOf, type PageLimits } from '../../shared/page.ts';
import { broken } from '../errors.ts';

interface PageInput {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

interface MarkedPage<T> {
  readonly items: readonly T[];
  readonly Truncated: boolean;
  readonly NextMarker?: string | undefined;
}

interface MarkedList<R, T> {
  readonly list: string;
  readonly limits: PageLimits;
  readonly rows: (after: string | undefined) => Iterable<R>;
  readonly key: (row: R) => string;
  readonly present: (row: R) => T;
}

/** One page of what `rows` gives behind a key; throws ValidationException for a Limit out of range. */
export function markedPage<R, T>(
  { Limit, Marker }: PageInput,
  { list, limits, rows, key, present }: MarkedList<R, T>,
): MarkedPage<T> {
  if (Limit !== undefined && Limit < 1) throw broken('limit', 'have value greater than or equal to 1');
  if (Limit !== undefined && Limit > 1000) throw broken('limit', 'have value less than or equal to 1000');
  const size = Math.min(Limit ?? limits.default, limits.max);
  const { items, nextToken } = pageOf(list, rows(afterToken(list, Marker)), size, key, present);
  return nextToken === undefined
    ? { items, Truncated: false }
    : { items, Truncated: true, NextMarker: nextToken };
}
