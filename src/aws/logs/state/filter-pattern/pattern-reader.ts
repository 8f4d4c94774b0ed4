// Reads the parts that all filter patterns are made of.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { linearRegex, type LinearRegex } from '../matching/linear-regex.ts';
import { wildcard } from '../matching/wildcard.ts';

/** Steps of all regular expressions of a pattern together. */
const maxSteps = 512;
/** How deep parentheses may be nested. */
const maxDepth = 32;

export const invalidPattern = (): BrokenRule => new BrokenRule('Invalid filter pattern');

/** What a part of an event is compared with. */
export interface Comparison {
  /** Of a text; numbers are compared as numbers where both sides are. */
  readonly holdsFor: (value: string) => boolean;
}

/** A yes or no about a subject, with && and || and parentheses. */
export type Condition<Subject> = (subject: Subject) => boolean;

export class PatternReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  /** Whether white space or the end comes next. */
  get atBreak(): boolean {
    return this.#at >= this.#text.length || /\s/.test(this.#text[this.#at]!);
  }

  /** Takes `mark` if it comes next. */
  take(mark: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) throw invalidPattern();
  }

  /** What `form` (sticky) finds next, behind white space unless `adjacent`; undefined where it finds nothing. */
  read(form: RegExp, adjacent = false): string | undefined {
    if (!adjacent) this.#skipSpace();
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** Whether `form` (sticky) comes next, behind white space. */
  next(form: RegExp): boolean {
    this.#skipSpace();
    form.lastIndex = this.#at;
    return form.test(this.#text);
  }

  /** A text in quotes, without them, if one comes next. */
  quoted(quote = '"'): string | undefined {
    const written = this.read(quote === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^'\\]|\\[^])*'/y);
    return written?.slice(1, -1).replaceAll(/\\([^])/g, '$1');
  }

  /** Steps of the regular expressions that were read. */
  get steps(): number {
    return this.#steps;
  }

  /** A regular expression between percent signs, if one comes next. */
  regex(): LinearRegex | undefined {
    const written = this.read(/%(?:[^%\\]|\\[^])+%/y);
    if (written === undefined) return undefined;
    const regex = linearRegex(written.slice(1, -1).replaceAll(String.raw`\%`, '%'));
    this.#steps += regex.steps;
    if (this.#steps > maxSteps) throw invalidPattern();
    return regex;
  }

  /** Conditions joined by || and &&, which binds tighter, as `one` reads them. */
  condition<Subject>(one: () => Condition<Subject>): Condition<Subject> {
    return this.#joined('||', () => this.#joined('&&', () => this.#single(one), every), some);
  }

  /** The operator and value of a comparison. */
  comparison(): Comparison {
    const operator = this.read(/!=|<=|>=|=|<|>/y);
    if (operator === undefined) throw invalidPattern();
    const isEquality = operator === '=' || operator === '!=';
    if (!isEquality) return ordered(operator, this.#number());
    const equals = this.#equality();
    return { holdsFor: operator === '=' ? equals : (value) => !equals(value) };
  }

  #joined<Subject>(
    mark: string,
    one: () => Condition<Subject>,
    join: (all: readonly Condition<Subject>[]) => Condition<Subject>,
  ): Condition<Subject> {
    const all = [one()];
    while (this.take(mark)) all.push(one());
    return all.length === 1 ? all[0]! : join(all);
  }

  #single<Subject>(one: () => Condition<Subject>): Condition<Subject> {
    if (!this.take('(')) return one();
    if (++this.#depth > maxDepth) throw invalidPattern();
    const inner = this.condition(one);
    this.expect(')');
    this.#depth--;
    return inner;
  }

  #equality(): (value: string) => boolean {
    const regex = this.regex();
    if (regex !== undefined) return regex.test;
    const quoted = this.quoted();
    if (quoted !== undefined) return wildcard(quoted);
    const bare = this.read(/[^\s"%&|(),=<>]+/y);
    if (bare === undefined) throw invalidPattern();
    const number = numberOf(bare);
    return number === undefined ? wildcard(bare) : (value) => numberOf(value) === number;
  }

  #number(): number {
    const number = numberOf(this.read(/[-+.\w]+/y) ?? '');
    if (number === undefined) throw invalidPattern();
    return number;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

function every<Subject>(all: readonly Condition<Subject>[]): Condition<Subject> {
  return (subject) => all.every((one) => one(subject));
}

function some<Subject>(all: readonly Condition<Subject>[]): Condition<Subject> {
  return (subject) => all.some((one) => one(subject));
}

function ordered(operator: string, bound: number): Comparison {
  const holds: Readonly<Record<string, (value: number) => boolean>> = {
    '<': (value) => value < bound,
    '<=': (value) => value <= bound,
    '>': (value) => value > bound,
    '>=': (value) => value >= bound,
  };
  return {
    holdsFor: (value) => {
      const number = numberOf(value);
      return number !== undefined && holds[operator]!(number);
    },
  };
}

/** The number that a whole text is, as JSON writes one. */
function numberOf(text: string): number | undefined {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}
