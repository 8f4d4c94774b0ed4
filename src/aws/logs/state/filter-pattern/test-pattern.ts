// Which of some messages a pattern matches: a scan, for a large expression over long messages takes seconds.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { parseFilterPattern } from './filter-pattern.ts';

export interface PatternMatch {
  /** From 1. */
  readonly eventNumber: number;
  readonly eventMessage: string;
  readonly extractedValues: Record<string, string>;
}

/** `pattern` was found to be one. */
export function* testPattern(
  _database: BulkDatabase,
  { pattern, messages }: { readonly pattern: string; readonly messages: readonly string[] },
): Generator<undefined, PatternMatch[], void> {
  const { matches, extract } = parseFilterPattern(pattern);
  const found: PatternMatch[] = [];
  for (const [place, eventMessage] of messages.entries()) {
    if (matches(eventMessage))
      found.push({ eventNumber: place + 1, eventMessage, extractedValues: { ...extract(eventMessage) } });
    yield;
  }
  return found;
}
