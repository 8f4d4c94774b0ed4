// The pattern that a parameter's values must match. RE2 matches in a time that grows with the text alone, whatever the pattern.
import { RE2JS } from 're2js';
import { invalidPattern, patternMismatch } from '../../errors.ts';

const maxLength = 1024;
/** Steps of the compiled pattern. */
const maxSize = 5000;

/** Refuses a value that does not match, and a pattern that is none. The value is in no message. */
export function checkAllowedPattern(pattern: string | undefined, value: string): void {
  if (pattern === undefined || pattern === '') return;
  if (!compiled(pattern).matcher(value).find()) throw patternMismatch(pattern);
}

function compiled(pattern: string): RE2JS {
  if (pattern.length > maxLength) throw invalidPattern(pattern.slice(0, 40));
  try {
    const made = RE2JS.compile(pattern);
    if (made.programSize() <= maxSize) return made;
  } catch {
    // Falls through to the one answer for what is no pattern.
  }
  throw invalidPattern(pattern);
}
