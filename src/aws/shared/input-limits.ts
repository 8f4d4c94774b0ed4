import type { InputLimits } from '../../wire/input-limits.ts';

/** The same limits for all these operations. */
export const limitsOf = (
  operations: readonly string[],
  limits: Partial<InputLimits>,
): Readonly<Record<string, Partial<InputLimits>>> =>
  Object.fromEntries(operations.map((name) => [name, limits]));
