// The expressions of queries, read into trees: `latency / 1000 > 5 and @message like /ERROR/`.
import { RegexError, linearRegex, type LinearRegex } from '../matching/linear-regex.ts';
import { MalformedQuery } from './malformed-query.ts';
import { parsePeriod, type Period } from './period.ts';
import { identifier, type QueryScanner } from './query-scanner.ts';

/** Where an expression stands in its query. */
interface Place {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'star' }
  | ({ readonly kind: 'field'; readonly name: string } & Place)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] } & Place)
  | { readonly kind: 'not' | 'minus'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'like'; readonly of: Expression; readonly pattern: LinearRegex | Expression }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[] };

/** How deep expressions may be nested. */
const maxDepth = 64;

/** Operators by how tightly they bind, the loosest first. */
const levels: readonly (readonly string[])[] = [['or'], ['and'], ['+', '-'], ['*', '/', '%'], ['^']];
const comparison = /=~|!=|<=|>=|==|=|<|>/y;

/** Reads one expression; throws MalformedQuery. */
export class ExpressionReader {
  readonly #scanner: QueryScanner;
  #depth = 0;

  constructor(scanner: QueryScanner) {
    this.#scanner = scanner;
  }

  read(): Expression {
    if (++this.#depth > maxDepth) throw this.#scanner.unexpected();
    const expression = this.#binary(0);
    this.#depth--;
    return expression;
  }

  /** A regular expression between slashes, if one comes next. */
  regex(): LinearRegex | undefined {
    const start = this.#scanner.at;
    const source = this.#scanner.regex();
    if (source === undefined) return undefined;
    try {
      const regex = linearRegex(source);
      this.#scanner.countSteps(regex.steps, start);
      return regex;
    } catch (error) {
      if (error instanceof RegexError) throw new MalformedQuery(error.message, start, this.#scanner.end);
      throw error;
    }
  }

  #binary(level: number): Expression {
    if (level === 2) return this.#not();
    return this.#leftToRight(level, () =>
      level + 1 === levels.length ? this.#unary() : this.#binary(level + 1),
    );
  }

  #leftToRight(level: number, operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = levels[level]!.find((one) => this.#takeOperator(one));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  #takeOperator(operator: string): boolean {
    return /\w/.test(operator) ? this.#scanner.takeWord(operator) : this.#scanner.take(operator);
  }

  #not(): Expression {
    if (!this.#scanner.takeWord('not')) return this.#comparison();
    if (++this.#depth > maxDepth) throw this.#scanner.unexpected();
    const of = this.#not();
    this.#depth--;
    return { kind: 'not', of };
  }

  #sum(): Expression {
    return this.#leftToRight(2, () => this.#binary(3));
  }

  #comparison(): Expression {
    const left = this.#sum();
    const operator = this.#scanner.read(comparison);
    if (operator === '=~') return { kind: 'like', of: left, pattern: this.regex() ?? this.#sum() };
    if (operator !== undefined)
      return { kind: 'binary', operator: operator === '==' ? '=' : operator, left, right: this.#sum() };
    const negated = this.#scanner.takeWord('not');
    const found = this.#membership(left);
    if (found === undefined && negated) throw this.#scanner.unexpected();
    return found === undefined ? left : negated ? { kind: 'not', of: found } : found;
  }

  #membership(of: Expression): Expression | undefined {
    if (this.#scanner.takeWord('like')) return { kind: 'like', of, pattern: this.regex() ?? this.#sum() };
    if (!this.#scanner.takeWord('in')) return undefined;
    this.#scanner.expect('[');
    const list = this.#list(']');
    return { kind: 'in', of, list };
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#scanner.take(close)) return items;
    do items.push(this.read());
    while (this.#scanner.take(','));
    this.#scanner.expect(close);
    return items;
  }

  #unary(): Expression {
    if (!this.#scanner.take('-')) return this.#primary();
    if (++this.#depth > maxDepth) throw this.#scanner.unexpected();
    const of = this.#unary();
    this.#depth--;
    return { kind: 'minus', of };
  }

  #primary(): Expression {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (scanner.take('(')) {
      const inner = this.read();
      scanner.expect(')');
      return inner;
    }
    const text = scanner.quoted();
    if (text !== undefined) return { kind: 'literal', value: text };
    const digits = scanner.read(/(?:\d+\.?\d*|\.\d+)e[-+]?\d+|\d+[a-z]+|\d+\.?\d*|\.\d+/iy);
    if (digits !== undefined) return this.#number(digits, start);
    const isName = scanner.peek(identifier) !== undefined;
    const name = scanner.name();
    if (name === undefined) throw scanner.unexpected();
    if (isName && scanner.take('(')) return this.#call(name, start);
    if (isName && /^(?:true|false)$/i.test(name))
      return { kind: 'literal', value: Number(name.toLowerCase() === 'true') };
    if (isName && reserved.has(name.toLowerCase())) throw scanner.unexpected(start);
    return { kind: 'field', name, start, end: start + name.length };
  }

  #number(written: string, start: number): Expression {
    const period = parsePeriod(written);
    if (period !== undefined) return { kind: 'period', period };
    const value = Number(written);
    if (Number.isNaN(value)) throw this.#scanner.unexpected(start);
    return { kind: 'literal', value };
  }

  #call(name: string, start: number): Expression {
    const place = { start, end: start + name.length };
    if (this.#scanner.take('*')) {
      this.#scanner.expect(')');
      return { kind: 'call', name, args: [{ kind: 'star' }], ...place };
    }
    return { kind: 'call', name, args: this.#list(')'), ...place };
  }
}

/** Words that name no field unless they stand in backticks. */
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'like', 'in', 'as', 'by']);
