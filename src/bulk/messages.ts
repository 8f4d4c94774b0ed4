// What bulk data and its threads say to each other.

/** What a thread does: writes, answers short reads, or runs scans. */
export type BulkRole = 'writer' | 'reader' | 'scanner';

export interface BulkWorkerData {
  readonly role: BulkRole;
  readonly path: string;
  /** Of the file that exports `bulkModule`. */
  readonly url: string;
}

export type ToBulkWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

export type FromBulkWorker =
  /** The database is open; for a writer: made and migrated too. */
  | { readonly kind: 'open' }
  | { readonly kind: 'answers'; readonly answers: readonly BulkAnswer[] }
  | { readonly kind: 'found'; readonly id: number; readonly found: unknown };

export type BulkAnswer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: BulkFailure };

/** An error on its way between threads, which keep no classes. */
export interface BulkFailure {
  readonly message: string;
  /** The name of an error that a handler threw; undefined where the database failed. */
  readonly thrown?: string;
  readonly diskFull?: boolean;
}
