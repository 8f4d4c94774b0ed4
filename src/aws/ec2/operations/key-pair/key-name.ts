import { invalidParameterValue } from '../../errors.ts';

/** Throws for a name that is not of 1 to 255 ASCII characters. */
export function checkKeyName(name: string): void {
  if (!/^[\x20-\x7e]{1,255}$/.test(name) || name.trim() !== name)
    throw invalidParameterValue(
      `Value (${name}) for parameter keyName is invalid. It has 1 to 255 ASCII characters, and no spaces at its ends.`,
    );
}
