// Reads a query of CloudWatch Logs Insights into its commands.
import { ExpressionReader, type Expression } from './expression.ts';
import { parseExtraction, type Extraction } from './extraction.ts';
import { MalformedQuery } from './malformed-query.ts';
import { identifier, QueryScanner } from './query-scanner.ts';

/** An expression with the name that it has in results: its alias, or itself as it is written. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
}

export type Command =
  | { readonly kind: 'fields' | 'display' | 'dedup'; readonly items: readonly NamedExpression[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | { readonly kind: 'parse'; readonly of: Expression; readonly extraction: Extraction }
  | {
      readonly kind: 'stats';
      readonly items: readonly NamedExpression[];
      readonly by: readonly NamedExpression[];
    }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number };

/** Rows that a query answers at most, and where neither it nor its request says how many. */
export const maxRows = 10_000;

/** What Insights has and this does not. */
const notServed = new Set(
  'pattern diff anomaly unmask unnest lookup join filterindex source search tail'.split(' '),
);

/** The commands of `text`, at least one; throws MalformedQuery. */
export function parseQuery(text: string): Command[] {
  const scanner = new QueryScanner(text);
  const commands: Command[] = [];
  do {
    if (commands.at(-1)?.kind === 'dedup' && !scanner.peek(identifier)?.match(/^(?:limit|head)$/i))
      // "The only query command that you can use after the dedup command is limit": CWL_QuerySyntax-Dedup.
      throw scanner.unexpected();
    commands.push(readCommand(scanner));
  } while (scanner.take('|'));
  if (!scanner.done) throw scanner.unexpected();
  return commands;
}

function readCommand(scanner: QueryScanner): Command {
  const start = scanner.at;
  const word = scanner.read(identifier)?.toLowerCase();
  switch (word) {
    case 'fields':
    case 'display':
    case 'dedup':
      return { kind: word, items: readItems(scanner) };
    case 'filter':
    case 'where':
      return { kind: 'filter', condition: new ExpressionReader(scanner).read() };
    case 'parse':
      return readParse(scanner);
    case 'stats':
      return {
        kind: 'stats',
        items: readItems(scanner),
        by: scanner.takeWord('by') ? readItems(scanner) : [],
      };
    case 'sort':
    case 'order': {
      scanner.takeWord('by');
      return { kind: 'sort', keys: readKeys(scanner) };
    }
    case 'limit':
    case 'head':
      return { kind: 'limit', count: readCount(scanner) };
    default:
      if (word === undefined || !notServed.has(word)) throw scanner.unexpected(start);
      throw new MalformedQuery(`the command ${word} is not served`, start, start + word.length);
  }
}

function readItems(scanner: QueryScanner): NamedExpression[] {
  const items: NamedExpression[] = [];
  do {
    const start = scanner.at;
    const expression = new ExpressionReader(scanner).read();
    const written = scanner.text.slice(start, scanner.end);
    const alias = scanner.takeWord('as') ? nameOf(scanner) : undefined;
    items.push({ name: alias ?? (expression.kind === 'field' ? expression.name : written), expression });
  } while (scanner.take(','));
  return items;
}

function nameOf(scanner: QueryScanner): string {
  const name = scanner.name();
  if (name === undefined) throw scanner.unexpected();
  return name;
}

function readKeys(scanner: QueryScanner): SortKey[] {
  const keys: SortKey[] = [];
  do {
    const expression = new ExpressionReader(scanner).read();
    const descending = scanner.takeWord('desc');
    if (!descending) scanner.takeWord('asc');
    keys.push({ expression, descending });
  } while (scanner.take(','));
  return keys;
}

function readCount(scanner: QueryScanner): number {
  const start = scanner.at;
  const count = Number(scanner.read(/\d+/y) ?? NaN);
  if (count >= 1 && count <= maxRows) return count;
  throw Number.isNaN(count)
    ? scanner.unexpected()
    : new MalformedQuery(`limit is from 1 to ${maxRows}`, start, scanner.end);
}

/** Of `@message` where it does not say of what. */
function readParse(scanner: QueryScanner): Command {
  const start = scanner.at;
  const of: Expression = { kind: 'field', name: scanner.name() ?? '@message', start, end: scanner.end };
  const regex = new ExpressionReader(scanner).regex();
  const glob = regex === undefined ? scanner.quoted() : undefined;
  const pattern = regex ?? glob;
  if (pattern === undefined) throw scanner.unexpected();
  const { end } = scanner;
  const names: string[] = [];
  if (scanner.takeWord('as')) {
    do names.push(nameOf(scanner));
    while (scanner.take(','));
  }
  return { kind: 'parse', of, extraction: parseExtraction(pattern, names, { start, end }) };
}
