// Times on the wire are epoch seconds with milliseconds behind the point.

export const seconds = (ms: number): number => ms / 1000;

/** Epoch seconds, or undefined when the time is not set. */
export const optionalSeconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : ms / 1000;
