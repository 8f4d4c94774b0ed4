// What the journal and its writer thread say to each other: strings in flat arrays, which are cheap to copy.

/** Commits that are written together. */
export interface Batch {
  /** That of the last commit in it. */
  readonly revision: number;
  /** Table, key, JSON; table, key, JSON; … where JSON is null for a row that is deleted. */
  readonly rows: readonly (string | null)[];
}

export interface WriterData {
  /** Of the database file. */
  readonly path: string;
}

export type ToWriter =
  { readonly kind: 'load' } | { readonly kind: 'write'; readonly batch: Batch } | { readonly kind: 'close' };

export type FromWriter =
  /** One answer to each `load`, until `done`; rows as in a batch. */
  | { readonly kind: 'loaded'; readonly rows: readonly string[] }
  | { readonly kind: 'done'; readonly revision: number }
  | { readonly kind: 'written'; readonly revision: number }
  /** Nothing more will be written. */
  | { readonly kind: 'failed'; readonly error: Error };
