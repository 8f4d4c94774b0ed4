import { validation } from '../../errors.ts';

const max = 10;

/** Refuses none, more than ten, and the same name twice. */
export function checkNames(names: readonly string[]): void {
  if (names.length < 1 || names.length > max) throw validation(`Names can have 1 to ${max} entries.`);
  if (new Set(names).size < names.length) throw validation('Names contains the same name more than once.');
}
