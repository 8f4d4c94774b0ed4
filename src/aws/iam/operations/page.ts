// Pages as all lists of IAM have them: MaxItems, Marker, IsTruncated.
import { afterToken, pageOf } from '../../shared/page.ts';
import { constraintBroken } from '../errors.ts';

interface PageInput {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

interface IamPage<T> {
  readonly items: readonly T[];
  readonly end: { readonly IsTruncated: boolean; readonly Marker: string | undefined };
}

/** One page of what `rowsAfter` gives, which begins behind the key that the last page ended at. */
export function iamPage<R, T>(
  list: string,
  input: PageInput,
  rowsAfter: (after: string | undefined) => Iterable<R>,
  key: (row: R) => string,
  present: (row: R) => T,
): IamPage<T> {
  const { MaxItems: size = 100 } = input;
  if (size < 1) throw constraintBroken(String(size), 'maxItems', 'have value greater than or equal to 1');
  if (size > 1000) throw constraintBroken(String(size), 'maxItems', 'have value less than or equal to 1000');
  const after = afterToken(list, input.Marker || undefined);
  const { items, nextToken } = pageOf(list, rowsAfter(after), size, key, present);
  return { items, end: { IsTruncated: nextToken !== undefined, Marker: nextToken } };
}

/** One page of a list that is in memory already, in the order of its texts. */
export const pageOfTexts = <T>(
  list: string,
  input: PageInput,
  texts: readonly string[],
  present: (text: string) => T,
): IamPage<T> =>
  iamPage(
    list,
    input,
    (after) => texts.toSorted().filter((text) => after === undefined || text > after),
    (text) => text,
    present,
  );
