// What a query may hold in memory at once.
import { QueryTooLarge } from './malformed-query.ts';

const defaultBytes = 256 * 1024 * 1024;

export class QueryBudget {
  #left: number;

  constructor(bytes = defaultBytes) {
    this.#left = bytes;
  }

  /** Counts `bytes` that are held from now on; throws QueryTooLarge where there is no room left. */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0)
      throw new QueryTooLarge(
        'the query holds too many groups or rows at once; narrow it by time, filter or limit',
      );
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}
