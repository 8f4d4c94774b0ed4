// The pages of EFS: some operations have markers, others tokens.
import { afterToken, pageOf, type Page } from '../../shared/page.ts';
import { validation } from '../errors.ts';

interface KeyedRows<R, T> {
  readonly list: string;
  readonly size: number | undefined;
  readonly token: string | undefined;
  /** In the order of their keys. */
  readonly rows: readonly R[];
  readonly key: (row: R) => string;
  readonly present: (row: R) => T;
}

/** One page of at most 100; throws ValidationException for a size below 1. */
export function nextPage<R, T>({ list, size, token, rows, key, present }: KeyedRows<R, T>): Page<T> {
  if (size !== undefined && size < 1) throw validation('The size of a page must be at least 1.');
  const after = afterToken(list, token) ?? '';
  const rest = rows.filter((row) => key(row) > after);
  return pageOf(list, rest, Math.min(size ?? 100, 100), key, present);
}
