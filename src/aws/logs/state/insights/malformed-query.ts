/** A query that is none; `start` and `end` are the characters at fault, from 0. AWS calls it MalformedQueryException. */
export class MalformedQuery extends Error {
  override readonly name = 'MalformedQuery';
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A query that holds more at once than its memory allows, e.g. millions of groups. */
export class QueryTooLarge extends Error {
  override readonly name = 'QueryTooLarge';
}
