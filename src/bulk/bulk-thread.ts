// One thread of bulk data as its user sees it: calls and their answers. Started at first use, and again after it was lost.
import { Worker } from 'node:worker_threads';
import { BulkError } from './bulk.ts';
import type { BulkAnswer, BulkFailure, BulkWorkerData, FromBulkWorker, ToBulkWorker } from './messages.ts';

interface PendingCall {
  readonly answer: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onFound: ((found: unknown) => void) | undefined;
}

export interface ThreadCall {
  readonly result: Promise<unknown>;
  /** What comes later is not wanted any more: the result rejects with `reason`. */
  cancel(reason: unknown): void;
}

export class BulkThread {
  readonly #data: BulkWorkerData;
  readonly #pending = new Map<number, PendingCall>();
  #worker: Worker | undefined;
  #opening = Promise.withResolvers<void>();
  #exited: Promise<void> = Promise.resolve();
  #lastId = 0;

  constructor(data: BulkWorkerData) {
    this.#data = data;
  }

  /** Resolves once the database is open; rejects with a BulkError. */
  open(): Promise<void> {
    if (this.#worker === undefined) this.#start();
    return this.#opening.promise;
  }

  call(name: string, input: unknown, onFound?: (found: unknown) => void): ThreadCall {
    if (this.#worker === undefined) this.#start();
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { answer: resolve, reject, onFound });
    this.#tell({ kind: 'call', id, name, input });
    const cancel = (reason: unknown): void => {
      if (!this.#pending.delete(id)) return;
      this.#tell({ kind: 'cancel', id });
      reject(reason as Error);
    };
    return { result: promise, cancel };
  }

  async close(): Promise<void> {
    if (this.#worker === undefined) return;
    this.#tell({ kind: 'close' });
    await this.#exited;
  }

  #tell(message: ToBulkWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): void {
    // The same file as source and as built.
    const file = import.meta.url.endsWith('.ts') ? './bulk-worker.ts' : './bulk-worker.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      name: `bulk-${this.#data.role}`,
      workerData: this.#data,
      // What passes through it is garbage at once: with the usual young generation it would hold some 30 MiB of that.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      // Earlier Node 24 calls node:sqlite experimental on stderr; what is said elsewhere stays.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker = worker;
    this.#opening = Promise.withResolvers<void>();
    // Who calls is told by the call.
    this.#opening.promise.catch(() => undefined);
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    let failure: Error | undefined;
    worker.on('message', (message: FromBulkWorker) => this.#hear(message));
    worker.on('error', (error: Error) => (failure = error));
    worker.on('exit', () => {
      this.#lost(failure);
      exited.resolve();
    });
  }

  #hear(message: FromBulkWorker): void {
    if (message.kind === 'open') this.#opening.resolve();
    else if (message.kind === 'found') this.#pending.get(message.id)?.onFound?.(message.found);
    else for (const answer of message.answers) this.#answer(answer);
  }

  #answer(answer: BulkAnswer): void {
    const call = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('failure' in answer) call?.reject(toError(answer.failure));
    else call?.answer(answer.value);
  }

  #lost(failure: Error | undefined): void {
    const reason = failure?.message ?? `${this.#data.path}: its thread ended`;
    const error = new BulkError(reason, { cause: failure });
    this.#worker = undefined;
    this.#opening.reject(error);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

function toError({ message, thrown, diskFull = false }: BulkFailure): Error {
  if (thrown === undefined)
    return new BulkError(diskFull ? `the disk is full: ${message}` : message, { diskFull });
  return Object.assign(new Error(message), { name: thrown });
}
