// Broken placement rules as the APIs answer them.
import { PlacementRuleError } from '../placement/rules.ts';
import { ApiError } from '../wire/errors.ts';

/** What `check` answers; a PlacementRuleError that it throws becomes an InvalidParameterException of the same text. */
export function asInvalidParameter<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof PlacementRuleError
      ? new ApiError('InvalidParameterException', error.message)
      : error;
  }
}
