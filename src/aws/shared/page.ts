// Pages of a list: from the key that the last page ended at, as a token.

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string | undefined;
}

/** A page token that was not handed out for this list. `sealedPages` makes it the error of the API. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** Operations see tokens open; `page-seal.ts` seals them before they leave. */
const encode = (list: string, key: string): string =>
  Buffer.from(JSON.stringify([list, key])).toString('base64url');

/** The key behind a token that `pageOf` made for the same list; throws InvalidToken for any other text. */
export function afterToken(list: string, token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(value) && value[0] === list && typeof value[1] === 'string') return value[1];
  } catch {
    // Falls through to the one answer for every bad token.
  }
  throw new InvalidToken();
}

/** An operation's page: how many entries without `maxResults`, and the most that `maxResults` may ask for. */
export interface PageLimits {
  readonly default: number;
  readonly max: number;
}

/** Takes one page off `rows`, which begin behind the token's key. */
export function pageOf<R, T>(
  list: string,
  rows: Iterable<R>,
  size: number,
  key: (row: R) => string,
  present: (row: R) => T,
): Page<T> {
  const items: T[] = [];
  let last: string | undefined;
  for (const row of rows) {
    if (items.length === size) return { items, nextToken: encode(list, last!) };
    items.push(present(row));
    last = key(row);
  }
  return { items };
}
