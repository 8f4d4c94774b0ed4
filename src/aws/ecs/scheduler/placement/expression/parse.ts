// Reads a cluster query: `or` binds weakest, then `and`, then `not`; parentheses set another order.
import { ExpressionError, type Expression, type Operator, type Subject } from './expression.ts';
import { checkOperator } from './subjects.ts';
import { tokens, type Token } from './tokens.ts';

const operators: Readonly<Record<string, Operator>> = {
  '==': '==',
  equals: '==',
  '!=': '!=',
  not_equals: '!=',
  '>': '>',
  greater_than: '>',
  '>=': '>=',
  greater_than_equal: '>=',
  '<': '<',
  less_than: '<',
  '<=': '<=',
  less_than_equal: '<=',
  in: 'in',
  not_in: '!in',
  '=~': '=~',
  matches: '=~',
  '!~': '!~',
  not_matches: '!~',
  exists: 'exists',
  not_exists: '!exists',
};

const subjects = new Set([
  'agentConnected',
  'agentVersion',
  'ec2InstanceId',
  'registeredAt',
  'runningTasksCount',
  'task:group',
]);

const maxLength = 2000;
const maxDepth = 100;

/** The expression in `text`, at most 2,000 characters; throws ExpressionError with the place of what is wrong. */
export function parseExpression(text: string): Expression {
  if (text.length > maxLength)
    throw new ExpressionError(`an expression has at most ${maxLength} characters.`, maxLength + 1);
  const parser = new Parser(tokens(text));
  const expression = parser.or(0);
  parser.expectEnd();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  or(depth: number): Expression {
    return this.#joined('or', '||', () => this.#and(depth));
  }

  expectEnd(): void {
    const token = this.#peek();
    if (token.kind !== 'end')
      throw new ExpressionError(
        `expected 'and', 'or' or the end, but found '${token.text}'.`,
        token.position,
      );
  }

  #and(depth: number): Expression {
    return this.#joined('and', '&&', () => this.#not(depth));
  }

  #joined(kind: 'and' | 'or', sign: string, next: () => Expression): Expression {
    const parts = [next()];
    while (this.#takes(kind) || this.#takes(sign)) parts.push(next());
    return parts.length === 1 ? parts[0]! : { kind, of: parts };
  }

  #not(depth: number): Expression {
    if (depth > maxDepth) throw new ExpressionError('it is nested too deeply.', this.#peek().position);
    if (this.#takes('not') || this.#takes('!')) return { kind: 'not', of: this.#not(depth + 1) };
    if (!this.#takes('(')) return this.#test();
    const inner = this.or(depth + 1);
    this.#expect(')');
    return inner;
  }

  #test(): Expression {
    const token = this.#next();
    if (token.kind !== 'word' || !isSubject(token.text)) {
      throw new ExpressionError(
        `expected a subject (attribute:NAME, task:group, agentConnected, agentVersion, ec2InstanceId, registeredAt or runningTasksCount), but found ${shown(token)}.`,
        token.position,
      );
    }
    const subject = token.text;
    const { operator, position } = this.#operator(subject);
    checkOperator(subject, operator, position);
    if (operator === 'exists' || operator === '!exists')
      return { kind: 'test', subject, operator, literals: [], position };
    const first = this.#peek().position;
    const literals = operator === 'in' || operator === '!in' ? this.#list() : [this.#literal()];
    return { kind: 'test', subject, operator, literals, position: first };
  }

  #operator(subject: string): { operator: Operator; position: number } {
    const token = this.#next();
    const negated = token.text === '!' && token.kind === 'symbol' ? this.#next() : undefined;
    const operator = negated
      ? operators[`not_${negated.text}`]
      : token.kind === 'quoted'
        ? undefined
        : operators[token.text];
    if (operator === undefined) {
      throw new ExpressionError(
        `expected an operator after '${subject}', but found ${shown(negated ?? token)}.`,
        token.position,
      );
    }
    return { operator, position: token.position };
  }

  #list(): string[] {
    this.#expect('[');
    const literals = [this.#literal()];
    while (this.#takes(',')) literals.push(this.#literal());
    this.#expect(']');
    return literals;
  }

  #literal(): string {
    const token = this.#next();
    if (token.kind === 'word' || token.kind === 'quoted') return token.text;
    const quote = token.kind === 'symbol' ? ' A value with signs in it goes in quotes.' : '';
    throw new ExpressionError(`expected a value, but found ${shown(token)}.${quote}`, token.position);
  }

  #expect(sign: string): void {
    const token = this.#peek();
    if (!this.#takes(sign))
      throw new ExpressionError(`expected '${sign}', but found ${shown(token)}.`, token.position);
  }

  #takes(text: string): boolean {
    const token = this.#peek();
    const fits = token.text === text && (token.kind === 'symbol' || token.kind === 'word');
    if (fits) this.#at += 1;
    return fits;
  }

  #peek(): Token {
    return this.#tokens[this.#at]!;
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }
}

const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : `'${token.text}'`);

const isSubject = (text: string): text is Subject =>
  subjects.has(text) || (text.startsWith('attribute:') && text.length > 'attribute:'.length);
