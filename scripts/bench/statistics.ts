// Medians and quartiles: what a benchmark says of many samples.

/** The value below which the share `portion` (0 to 1) of `samples` lies, between two samples in proportion; NaN of none. */
export function quantile(samples: readonly number[], portion: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * portion;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle of `samples`; NaN of none. */
export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
