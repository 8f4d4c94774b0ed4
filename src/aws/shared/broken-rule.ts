// Rules of a service that input breaks: thrown by pure rules, which know of no API, and answered by operations.
import { ApiError } from '../../wire/errors.ts';

export class BrokenRule extends Error {}

/** What `check` answers; a BrokenRule that it throws becomes an InvalidParameterException of the same text. */
export function asInvalidParameter<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof BrokenRule ? new ApiError('InvalidParameterException', error.message) : error;
  }
}
