// What `parse` takes out of a text: by a glob, whose stars are the parts, or by the groups of a regular expression.
import type { LinearRegex } from '../matching/linear-regex.ts';
import { MalformedQuery } from './malformed-query.ts';

export interface Extraction {
  readonly names: readonly string[];
  /** The parts in the order of their names; undefined where the text does not match. */
  readonly partsOf: (text: string) => readonly (string | undefined)[] | undefined;
}

/** Throws MalformedQuery where the pattern has not as many parts as there are names. */
export function parseExtraction(
  pattern: LinearRegex | string,
  names: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
): Extraction {
  const extraction = typeof pattern === 'string' ? byGlob(pattern, names) : byRegex(pattern, names);
  if (extraction !== undefined) return extraction;
  throw new MalformedQuery('parse needs as many names as its pattern has parts', start, end);
}

function byRegex(regex: LinearRegex, names: readonly string[]): Extraction | undefined {
  const groups = [...regex.names];
  if (groups.length > 0 && names.length === 0)
    return {
      names: groups.map(([name]) => name),
      partsOf: (text) => {
        const found = regex.groups(text);
        return found && groups.map(([, group]) => found[group]);
      },
    };
  if (names.length === 0 || regex.groupCount !== names.length) return undefined;
  return { names, partsOf: (text) => regex.groups(text)?.slice(1) };
}

function byGlob(glob: string, names: readonly string[]): Extraction | undefined {
  const literals = glob.split('*');
  if (names.length === 0 || literals.length !== names.length + 1) return undefined;
  return { names, partsOf: (text) => partsByGlob(text, literals) };
}

/** Each part ends where the text behind its star is found next, the last one at the end where no text is behind it. */
function partsByGlob(text: string, literals: readonly string[]): string[] | undefined {
  const [first, ...others] = literals;
  const begin = text.indexOf(first!);
  if (begin === -1) return undefined;
  let at = begin + first!.length;
  const parts: string[] = [];
  for (const [place, literal] of others.entries()) {
    const isRest = literal === '' && place === others.length - 1;
    const found = isRest ? text.length : text.indexOf(literal, at);
    if (found === -1) return undefined;
    parts.push(text.slice(at, found));
    at = found + literal.length;
  }
  return parts;
}
