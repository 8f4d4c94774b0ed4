// Regular expressions that users write: matched by RE2, in time that grows with the text alone.
import { RE2JS, type Matcher } from 're2js';
import { patternSize } from '../../../../lib/pattern-size.ts';

/** Steps that one expression may have, counted repeats written out: each character of a text may take as many. */
const maxSteps = 256;

/** An expression that RE2 cannot read, or one that is too large to match quickly. */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}

export interface LinearRegex {
  /** Whether it matches anywhere in `text`. */
  readonly test: (text: string) => boolean;
  /** Its first match in `text`: what its groups hold, by number from 0, undefined where a group took no part. */
  readonly groups: (text: string) => readonly (string | undefined)[] | undefined;
  /** Every match in `text` replaced by a text that is taken as it is. */
  readonly replaceAll: (text: string, replacement: string) => string;
  readonly groupCount: number;
  /** How long its program is: what a character of a text may cost. */
  readonly steps: number;
  /** Named groups to their numbers. */
  readonly names: ReadonlyMap<string, number>;
}

const plain = /^[\w #=@/;,:"'<>!~%&-]+$/;

/** Compiles `source`; throws RegexError. */
export function linearRegex(source: string, { ignoreCase = false } = {}): LinearRegex {
  const compiled = compile(source, ignoreCase);
  // Most expressions are plain words, and looking for these is a hundred times faster.
  const test =
    !ignoreCase && plain.test(source)
      ? (text: string) => text.includes(source)
      : (text: string) => compiled.matcher(text).find();
  return {
    test,
    groups: (text) => (test(text) ? groupsOf(compiled.matcher(text)) : undefined),
    replaceAll: (text, replacement) =>
      compiled.matcher(text).replaceAll(replacement.replaceAll(/[\\$]/g, String.raw`\$&`)),
    groupCount: compiled.groupCount(),
    steps: compiled.programSize(),
    names: new Map(Object.entries(compiled.namedGroups())),
  };
}

function compile(source: string, ignoreCase: boolean): RE2JS {
  const tooLarge = (): RegexError => new RegexError(`'${source}' is too large a regular expression`);
  // Compiling one to learn that it is too large would take as long as it is.
  if (patternSize(source) > 10 * maxSteps) throw tooLarge();
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    throw new RegexError(`'${source}' is not a regular expression`);
  }
  if (compiled.programSize() > maxSteps) throw tooLarge();
  return compiled;
}

function groupsOf(matcher: Matcher): (string | undefined)[] | undefined {
  if (!matcher.find()) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined);
}
