// What the journal and its writer thread say to each other: strings in flat arrays, which are cheap to copy.
import { DirectoryError } from '../../lib/make-directory.ts';
import type { StateOptions } from './open-state.ts';
import { DamagedStateError, MissingStateError, StateInUseError, type Finding } from './state-errors.ts';

/** Commits that are written together. */
export interface Batch {
  /** That of the last commit in it. */
  readonly revision: number;
  /** Table, key, JSON; table, key, JSON; … where JSON is null for a row that is deleted. */
  readonly rows: readonly (string | null)[];
}

export interface WriterData extends StateOptions {
  /** The data directory. */
  readonly directory: string;
}

export type ToWriter =
  { readonly kind: 'load' } | { readonly kind: 'write'; readonly batch: Batch } | { readonly kind: 'close' };

export type FromWriter =
  /** One answer to each `load`, until `done`; rows as in a batch. */
  | { readonly kind: 'loaded'; readonly rows: readonly string[] }
  | { readonly kind: 'done'; readonly revision: number }
  /** What was loaded is sound as a whole. */
  | { readonly kind: 'verified' }
  | { readonly kind: 'written'; readonly revision: number }
  /** Nothing more will be written. */
  | { readonly kind: 'failed'; readonly failure: WriterFailure };

/** An error on its way between threads, which keep no classes. */
export type WriterFailure =
  | { readonly kind: 'damaged'; readonly directory: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'missing'; readonly directory: string; readonly message: string }
  | { readonly kind: 'inUse'; readonly message: string }
  | { readonly kind: 'directory'; readonly message: string }
  | { readonly kind: 'other'; readonly error: Error };

export function toFailure(error: unknown): WriterFailure {
  if (error instanceof DamagedStateError) {
    return { kind: 'damaged', directory: error.directory, findings: error.findings };
  }
  if (error instanceof MissingStateError) {
    return { kind: 'missing', directory: error.directory, message: error.message };
  }
  if (error instanceof StateInUseError) return { kind: 'inUse', message: error.message };
  if (error instanceof DirectoryError) return { kind: 'directory', message: error.message };
  return { kind: 'other', error: error as Error };
}

export function toError(failure: WriterFailure): Error {
  if (failure.kind === 'damaged') return new DamagedStateError(failure.directory, failure.findings);
  if (failure.kind === 'missing') return new MissingStateError(failure.directory, failure.message);
  if (failure.kind === 'inUse') return new StateInUseError(failure.message);
  if (failure.kind === 'directory') return new DirectoryError(failure.message);
  return failure.error;
}
