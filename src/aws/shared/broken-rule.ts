// Rules of a service that input breaks: thrown by pure rules, which know of no API, and answered by operations.
import { ApiError } from '../../wire/errors.ts';

/** What is wrong with an input, in a sentence for callers. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule';
}

/** What `check` answers; a BrokenRule that it throws becomes an InvalidParameterException of the same text. */
export function asInvalidParameter<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof BrokenRule ? new ApiError('InvalidParameterException', error.message) : error;
  }
}
