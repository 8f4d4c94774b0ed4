// Ranges of ports as they are written: `8000-8010`, both ends included.

/** The ends of the range; undefined for what is none: fewer than two ports, or numbers that are no ports. */
export function readPortRange(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, from = 0, to = 0] = /^(\d{1,5})-(\d{1,5})$/.exec(text)?.map(Number) ?? [];
  return from >= 1 && from < to && to <= 65_535 ? { from, to } : undefined;
}

/** The range of `count` ports from `first` on. */
export const portRangeText = (first: number, count: number): string => `${first}-${first + count - 1}`;
