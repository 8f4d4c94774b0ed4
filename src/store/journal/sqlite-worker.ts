// The journal's writer thread: does what it is told with the database, so that a disk never holds up a request.
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock, type Timer } from '../../lib/clock.ts';
import { JournalDatabase } from './journal-database.ts';
import { toFailure, type FromWriter, type ToWriter, type WriterData } from './messages.ts';

/** After so many ms at most, the mark is on disk too: what a power cut can take from it. */
const markDelay = 1000;

const port = parentPort!;
const say = (message: FromWriter): void => port.postMessage(message);

function fail(error: unknown): void {
  say({ kind: 'failed', failure: toFailure(error) });
  port.close();
}

function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    fail(error);
  }
}

function serve(database: JournalDatabase): void {
  let chunks: Iterator<readonly string[]> | undefined;
  const load = (): void => {
    chunks ??= database.chunks();
    const next = chunks.next();
    if (next.done !== true) return say({ kind: 'loaded', rows: next.value });
    say({ kind: 'done', revision: database.revision });
    // While the other thread makes its indexes.
    database.verify();
    say({ kind: 'verified' });
  };
  let marking: Timer | undefined;
  const syncMark = (): void => {
    marking = undefined;
    database.syncMark(fail);
  };
  const write = ({ batch }: ToWriter & { kind: 'write' }): void => {
    database.write(batch);
    say({ kind: 'written', revision: batch.revision });
    marking ??= systemClock.after(markDelay, syncMark);
  };
  const close = (): void => {
    marking?.cancel();
    database.close();
    port.close();
  };
  port.on('message', (message: ToWriter) =>
    attempt(() => {
      if (message.kind === 'load') load();
      else if (message.kind === 'write') write(message);
      else close();
    }),
  );
}

const { directory, ...options } = workerData as WriterData;
attempt(() => serve(new JournalDatabase(directory, options)));
