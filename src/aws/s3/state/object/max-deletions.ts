/** How many objects and versions one call of DeleteObjects names at most. */
export const maxDeletions = 1000;
