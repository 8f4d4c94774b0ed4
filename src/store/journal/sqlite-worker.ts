// The journal's writer thread: does what it is told with the database, so that a disk never holds up a request.
import { parentPort, workerData } from 'node:worker_threads';
import { JournalDatabase } from './journal-database.ts';
import type { FromWriter, ToWriter, WriterData } from './messages.ts';

const port = parentPort!;
const say = (message: FromWriter): void => port.postMessage(message);

function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    say({ kind: 'failed', error: error as Error });
    port.close();
  }
}

function serve(database: JournalDatabase): void {
  let chunks: Iterator<readonly string[]> | undefined;
  const load = (): void => {
    chunks ??= database.chunks();
    const next = chunks.next();
    say(
      next.done === true
        ? { kind: 'done', revision: database.revision }
        : { kind: 'loaded', rows: next.value },
    );
  };
  const write = ({ batch }: ToWriter & { kind: 'write' }): void => {
    database.write(batch);
    say({ kind: 'written', revision: batch.revision });
  };
  const close = (): void => {
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

attempt(() => serve(new JournalDatabase((workerData as WriterData).path)));
