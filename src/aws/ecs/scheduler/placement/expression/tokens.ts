// Cuts a cluster query into tokens, each with its place.
import { ExpressionError } from './expression.ts';

export interface Token {
  readonly kind: 'symbol' | 'word' | 'quoted' | 'end';
  /** A quoted literal without its quotes. */
  readonly text: string;
  /** Counted from 1. */
  readonly position: number;
}

const space = /\s+/y;
const symbol = /==|!=|>=|<=|=~|!~|&&|\|\||[()[\],!<>]/y;
const quoted = /'([^']*)'|"([^"]*)"/y;
/** A bare word may hold a single | or & (regular expressions) and = or ! after its first character. */
const word = /(?:[^\s()[\],'"=!<>&|~]|\|(?!\|)|&(?!&))+/y;

/** The tokens of `text`, closed by one of kind `end`; throws ExpressionError at what is none. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const take = (kind: Token['kind'], content: string, length: number): void => {
    found.push({ kind, text: content, position: at + 1 });
    at += length;
  };
  while (at < text.length) {
    const blank = match(space);
    const sign = blank ? null : match(symbol);
    const literal = blank || sign ? null : match(quoted);
    const plain = blank || sign || literal ? null : match(word);
    if (blank) at += blank[0].length;
    else if (sign) take('symbol', sign[0], sign[0].length);
    else if (literal) take('quoted', literal[1] ?? literal[2] ?? '', literal[0].length);
    else if (plain) take('word', plain[0], plain[0].length);
    else throw new ExpressionError(unreadable(text[at]!), at + 1);
  }
  take('end', '', 0);
  return found;
}

const unreadable = (character: string): string =>
  character === "'" || character === '"' ? 'the quote is never closed.' : `unexpected '${character}'.`;
