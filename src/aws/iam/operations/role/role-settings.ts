// What CreateRole and UpdateRole check alike.
import { constraintBroken } from '../../errors.ts';

/** Seconds. */
const defaultSessionDuration = 3600;
const maxSessionDuration = 43_200;

export function checkedSessionDuration(seconds: number = defaultSessionDuration): number {
  const text = String(seconds);
  if (seconds < defaultSessionDuration)
    throw constraintBroken(text, 'maxSessionDuration', 'have value greater than or equal to 3600');
  if (seconds > maxSessionDuration)
    throw constraintBroken(text, 'maxSessionDuration', 'have value less than or equal to 43200');
  return seconds;
}

/** Undefined where there is none. */
export function checkedDescription(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text.length > 1000)
    throw constraintBroken(text, 'description', 'have length less than or equal to 1000');
  if (!/^[\t\n\r -~¡-ÿ]*$/.test(text))
    throw constraintBroken(
      text,
      'description',
      'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
    );
  return text === '' ? undefined : text;
}
