// The regular expressions of cluster queries: small enough that whatever a user writes cannot hold up the scheduler.
import { RE2JS } from 're2js';
import { ExpressionError } from './expression.ts';
import { patternSize } from '../../../../../lib/pattern-size.ts';

/** Steps of the patterns of one query together, counted repeats written out. */
const maxPatternSteps = 128;
/** Characters of a value that is matched; a longer one matches no pattern. The values of a user's attributes have 128. */
const maxValueLength = 256;
/** Values whose answer a pattern keeps: placement asks it of the same instances again and again. */
const maxKnownValues = 10_000;

/** Makes the patterns of one query, which share its steps. Throws ExpressionError for one that is none, or one too many. */
export class PatternCompiler {
  #left = maxPatternSteps;

  /** Whether a whole value matches `text`. RE2 takes at most steps × characters for it: it does not backtrack. */
  compile(text: string, position: number): (value: string) => boolean {
    if (patternSize(text) > 10 * maxPatternSteps) throw tooLong(position);
    const pattern = compiled(text, position);
    this.#left -= pattern.programSize();
    if (this.#left < 0) throw tooLong(position);
    return remembering((value) => value.length <= maxValueLength && pattern.matcher(value).matches());
  }
}

function tooLong(position: number): ExpressionError {
  return new ExpressionError(
    `the regular expressions of a query have at most ${maxPatternSteps} steps, where (ab){3} has six. Use a shorter one, or 'in [...]' for a list of values.`,
    position,
  );
}

function compiled(text: string, position: number): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch {
    throw new ExpressionError(`'${text}' is not a regular expression.`, position);
  }
}

function remembering(matches: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) {
      answer = matches(value);
      if (known.size >= maxKnownValues) known.clear();
      known.set(value, answer);
    }
    return answer;
  };
}
