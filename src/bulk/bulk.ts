// How bulk data is reached, wherever its handlers run.
import type { BulkHandler, BulkModule, BulkScan } from './bulk-module.ts';

type InputOf<Handler> = Handler extends (database: never, input: infer Input) => unknown ? Input : never;
type OutputOf<Handler> = Handler extends (database: never, input: never) => infer Output ? Output : never;
type FoundOf<Scan> = Scan extends (database: never, input: never) => Generator<infer Found> ? Found : never;
type AnswerOf<Scan> = Scan extends (database: never, input: never) => Generator<unknown, infer Answer>
  ? Answer
  : never;
type Handlers = Readonly<Record<string, BulkHandler>>;
type Scans = Readonly<Record<string, BulkScan>>;

export interface ScanOptions<Found> {
  /** Told of what was found so far, again and again. */
  readonly onFound?: (found: Found) => void;
  /** Ends the scan: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * The data of one module. A call rejects with what its handler threw, or with a BulkError where the database cannot be
 * read or written: then nothing of it was done, or nothing is known of it.
 */
export interface Bulk<Module> {
  read<Name extends NameOf<Module, 'reads'>>(
    name: Name,
    input: InputOf<HandlerOf<Module, 'reads', Name>>,
  ): Promise<OutputOf<HandlerOf<Module, 'reads', Name>>>;
  /** What it resolves with is on disk. */
  write<Name extends NameOf<Module, 'writes'>>(
    name: Name,
    input: InputOf<HandlerOf<Module, 'writes', Name>>,
  ): Promise<OutputOf<HandlerOf<Module, 'writes', Name>>>;
  scan<Name extends NameOf<Module, 'scans'>>(
    name: Name,
    input: InputOf<HandlerOf<Module, 'scans', Name>>,
    options?: ScanOptions<FoundOf<HandlerOf<Module, 'scans', Name>>>,
  ): Promise<AnswerOf<HandlerOf<Module, 'scans', Name>>>;
  /** After the writes that were asked for; further calls are rejected. */
  close(): Promise<void>;
}

type Part = 'reads' | 'writes' | 'scans';
type NameOf<Module, Kind extends Part> = Module extends { readonly [K in Kind]: infer Table }
  ? keyof Table & string
  : never;
type HandlerOf<Module, Kind extends Part, Name> = Module extends { readonly [K in Kind]: infer Table }
  ? Name extends keyof Table
    ? Table[Name]
    : never
  : never;

/** Makes the data of a module reachable; nothing is opened before it is used. */
export type OpenBulk = <R extends Handlers, W extends Handlers, S extends Scans>(
  module: BulkModule<R, W, S>,
) => Bulk<BulkModule<R, W, S>>;

/** The database cannot be read or written; the message says why and names its file. */
export class BulkError extends Error {
  override readonly name = 'BulkError';
  /** Whether that is for want of room on the disk. */
  readonly diskFull: boolean;

  constructor(message: string, { cause, diskFull = false }: { cause?: unknown; diskFull?: boolean } = {}) {
    super(message, { cause });
    this.diskFull = diskFull;
  }
}
