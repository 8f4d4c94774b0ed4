// Times on the wire are epoch seconds with milliseconds behind the point.

export const seconds = (ms: number): number => ms / 1000;

/** The member `name` in epoch seconds, or nothing at all when the time is not set. */
export const optionalSeconds = <N extends string>(
  name: N,
  ms: number | undefined,
): { readonly [K in N]?: number } =>
  (ms === undefined ? {} : { [name]: ms / 1000 }) as { readonly [K in N]?: number };
