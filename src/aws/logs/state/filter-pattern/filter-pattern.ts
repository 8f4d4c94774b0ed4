// The language of filter patterns: which events FilterLogEvents finds, metric filters count and a live tail shows.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import { RegexError } from '../matching/linear-regex.ts';
import type { FilterPattern } from './matched-event.ts';
import { parseFields } from './fields-pattern.ts';
import { parseJsonPattern } from './json-pattern.ts';
import { parseTerms } from './terms-pattern.ts';

/** Reads `text`; throws BrokenRule with the text of AWS's InvalidParameterException. */
export function parseFilterPattern(text: string): FilterPattern {
  const trimmed = text.trim();
  try {
    if (trimmed === '' || /^"\s*"$/.test(trimmed)) return matchesAll;
    if (trimmed.startsWith('{')) return parseJsonPattern(between(trimmed, '{', '}'));
    if (trimmed.startsWith('[')) return parseFields(between(trimmed, '[', ']'));
    return parseTerms(trimmed);
  } catch (error) {
    throw error instanceof RegexError ? new BrokenRule('Invalid filter pattern') : error;
  }
}

const matchesAll: FilterPattern = { kind: 'all', steps: 0, matches: () => true, extract: () => ({}) };

function between(text: string, open: string, close: string): string {
  if (text.endsWith(close) && text.length > 1) return text.slice(1, -1);
  throw new BrokenRule(`If a filter pattern starts with '${open}' it must end with '${close}'`);
}
