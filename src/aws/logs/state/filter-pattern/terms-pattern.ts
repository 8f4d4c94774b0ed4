// Patterns of terms: `ERROR "out of memory" -debug`, `?WARN ?ERROR`, `%5\d\d%`.
import type { FilterPattern } from './matched-event.ts';
import { invalidPattern, PatternReader } from './pattern-reader.ts';

interface Terms {
  readonly required: Term[];
  readonly excluded: Term[];
  readonly optional: Term[];
}

type Term = (message: string) => boolean;

/** All terms must be in a message, none that is excluded, and one of those with a question mark where there are no others. */
export function parseTerms(text: string): FilterPattern {
  const reader = new PatternReader(text);
  const terms: Terms = { required: [], excluded: [], optional: [] };
  while (!reader.done) {
    const into = reader.take('?') ? terms.optional : reader.take('-') ? terms.excluded : terms.required;
    into.push(term(reader));
    if (!reader.atBreak) throw invalidPattern();
  }
  return { kind: 'terms', steps: reader.steps, matches: matcher(terms), extract: () => ({}) };
}

function matcher({ required, excluded, optional }: Terms): Term {
  // "If you combine ? with other filter patterns, all terms with a question mark are ignored": FilterAndPatternSyntax.
  if (required.length + excluded.length === 0) return (message) => optional.some((one) => one(message));
  return (message) => required.every((one) => one(message)) && !excluded.some((one) => one(message));
}

function term(reader: PatternReader): Term {
  const regex = reader.regex();
  if (regex !== undefined) return regex.test;
  const text = reader.quoted() ?? reader.read(/[\p{L}\p{N}_]+/uy);
  if (text === undefined) throw invalidPattern();
  return (message) => message.includes(text);
}
