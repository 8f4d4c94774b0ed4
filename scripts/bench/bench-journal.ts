// A journal on disk, whose failure ends the benchmark.
import { SqliteJournal } from '../../src/store/journal/sqlite-journal.ts';

export function benchJournal(directory: string): SqliteJournal {
  const journal = new SqliteJournal({ directory });
  void journal.failed.then((failure) => {
    throw failure;
  });
  return journal;
}
