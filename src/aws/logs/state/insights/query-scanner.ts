// Reads the words of a query, one after the other, past white space and comments.
import { MalformedQuery } from './malformed-query.ts';

/** Steps of all regular expressions of a query together. */
const maxSteps = 1024;

const blank = /(?:\s+|#[^\n]*)*/y;
const anyToken = /[\w@.]+|"(?:[^"\\]|\\[^])*"|[^]/y;
export const identifier = /[@A-Za-z_][\w@]*(?:\.[\w@]+)*/y;

export class QueryScanner {
  readonly text: string;
  #at = 0;
  #end = 0;
  #steps = 0;

  constructor(text: string) {
    this.text = text;
    this.#skip();
  }

  /** Where the next token begins. */
  get at(): number {
    return this.#at;
  }

  /** Where the last token ended. */
  get end(): number {
    return this.#end;
  }

  get done(): boolean {
    return this.#at >= this.text.length;
  }

  /** What `form` (sticky) finds next; undefined where it finds nothing. */
  read(form: RegExp): string | undefined {
    const found = this.peek(form);
    if (found !== undefined) this.#move(found.length);
    return found;
  }

  peek(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    return form.exec(this.text)?.[0];
  }

  /** Takes a mark such as `|` if it comes next. */
  take(mark: string): boolean {
    if (!this.text.startsWith(mark, this.#at)) return false;
    this.#move(mark.length);
    return true;
  }

  /** Takes a word, in capitals or not, if it comes next. */
  takeWord(word: string): boolean {
    if (this.peek(identifier)?.toLowerCase() !== word) return false;
    this.#move(word.length);
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) throw this.unexpected();
  }

  /** A text in double or single quotes, without them, if one comes next. */
  quoted(): string | undefined {
    const written = this.read(/"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y);
    return written?.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1');
  }

  /** Counts the steps of a regular expression; throws MalformedQuery where all of a query's have too many together. */
  countSteps(steps: number, start: number): void {
    this.#steps += steps;
    if (this.#steps > maxSteps)
      throw new MalformedQuery('the regular expressions of the query are too large', start, this.#end);
  }

  /** A regular expression between slashes, without them, if one comes next. */
  regex(): string | undefined {
    const written = this.read(/\/(?:[^/\\\n]|\\[^\n])+\//y);
    return written?.slice(1, -1).replaceAll(String.raw`\/`, '/');
  }

  /** The name of a field, in backticks or not, if one comes next. */
  name(): string | undefined {
    const written = this.read(/`[^`]+`/y);
    return written === undefined ? this.read(identifier) : written.slice(1, -1);
  }

  /** The error for what comes next, in the words of AWS. */
  unexpected(start = this.#at): MalformedQuery {
    anyToken.lastIndex = start;
    const token = anyToken.exec(this.text)?.[0] ?? '<EOF>';
    const lines = this.text.slice(0, start).split('\n');
    const place = `at line ${lines.length} and position ${lines.at(-1)!.length + 1}`;
    const end = Math.min(start + token.length, this.text.length);
    return new MalformedQuery(`unexpected symbol found ${token} ${place}`, start, end);
  }

  #move(length: number): void {
    this.#at += length;
    this.#end = this.#at;
    this.#skip();
  }

  #skip(): void {
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.text)![0].length;
  }
}
