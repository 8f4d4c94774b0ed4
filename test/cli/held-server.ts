// A process that loses its state to another: `longshore server` on a journal that can be told that another control plane leads.
// The line `hold` on its input leaves unsaved what comes after, `lose` tells the journal. It prints its endpoint, each line once it
// is obeyed, and `waits` for each answer that waits for what is not saved. Argument: the data directory.
import { createInterface } from 'node:readline';
import { openServer } from '../../src/cli/machine/up.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { withShutdown } from '../../src/cli/terminal/shutdown.ts';
import { NotLeadingError, type JournalChange } from '../../src/store/journal.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';

class HeldJournal extends MemoryJournal {
  #isHeld = false;

  constructor() {
    super({ durability: 'manual' });
  }

  hold(): void {
    this.#isHeld = true;
  }

  override append(revision: number, changes: readonly JournalChange[]): void {
    super.append(revision, changes);
    if (!this.#isHeld) this.flush();
  }

  override durable(revision: number): Promise<void> {
    if (revision > this.durableRevision) process.stdout.write('waits\n');
    return super.durable(revision);
  }
}

const data = process.argv[2]!;
const journal = new HeldJournal();
createInterface(process.stdin).on('line', (line) => {
  if (line === 'hold') journal.hold();
  else journal.fail(new NotLeadingError('another control plane leads'));
  process.stdout.write(`${line}\n`);
});
const settings = readSettings({ data, port: 0, logLevel: 'error' }, {}, undefined);
process.exitCode = await withShutdown(async (shutdown) => {
  const start = { settings, startOver: false, command: 'server', journal } as const;
  const { endpoint } = await openServer(start, shutdown, { healthyAfter: 40_000 });
  process.stdout.write(`${endpoint}\n`);
  return shutdown.wait();
});
process.stdin.destroy();
