// A journal whose disk takes its time, so that a crash can fall between a commit and its durability.
import type { Clock } from '../../src/lib/clock.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Journal, JournalChange } from '../../src/store/journal.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';

interface SlowJournalOptions {
  readonly disk: MemoryJournal;
  readonly clock: Clock;
  readonly random: Random;
  /** Called after each commit. */
  readonly onCommit: () => void;
}

/** The longest that writing a batch takes, ms. */
const maxLatency = 20;

/** An empty disk, or a copy of another. */
export const newDisk = (from?: MemoryJournal): MemoryJournal =>
  new MemoryJournal({ durability: 'manual' }, from);

/** Group commit on virtual time: one batch at a time, each with what came up to its end. */
export class SlowJournal implements Journal {
  readonly #options: SlowJournalOptions;
  #last = 0;
  #writing = false;

  constructor(options: SlowJournalOptions) {
    this.#options = options;
  }

  get durableRevision(): number {
    return this.#options.disk.durableRevision;
  }

  get limits(): Journal['limits'] {
    return this.#options.disk.limits;
  }

  get failed(): Journal['failed'] {
    return this.#options.disk.failed;
  }

  load(take: Parameters<Journal['load']>[0]): Promise<number> {
    return this.#options.disk.load(take);
  }

  verify(): Promise<void> {
    return this.#options.disk.verify();
  }

  append(revision: number, changes: readonly JournalChange[]): void {
    this.#options.disk.append(revision, changes);
    this.#last = revision;
    this.#write();
    this.#options.onCommit();
  }

  durable(revision: number): Promise<void> {
    return this.#options.disk.durable(revision);
  }

  close(): Promise<void> {
    return this.#options.disk.close();
  }

  /** The machine fails: of what was not yet durable, a part from the front may be on disk all the same. */
  crash(): MemoryJournal {
    const { disk, random } = this.#options;
    const pending = this.#last - disk.durableRevision;
    if (pending > 0) disk.flush(disk.durableRevision + Math.floor(random.next() * (pending + 1)));
    return disk.crash();
  }

  #write(): void {
    if (this.#writing) return;
    this.#writing = true;
    const { disk, clock, random } = this.#options;
    const batch = this.#last;
    clock.after(random.next() * maxLatency, () => {
      this.#writing = false;
      disk.flush(batch);
      if (this.#last > batch) this.#write();
    });
  }
}
