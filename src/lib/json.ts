// Type-level shapes for data that lives as JSON.

/** `T` with every level readonly: what a stored row and a decoded message are. */
export type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** An AWS SDK shape as it is on the wire: timestamps are numbers of seconds since the Unix epoch. */
export type Wire<T> = T extends Date
  ? number
  : T extends (infer E)[]
    ? Wire<E>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
