// Makes the promise that rows are readonly one that the engine keeps.

/** Freezes a JSON-like value and all that it holds; parts that are frozen already are taken to be so all through. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
