// A process to be killed: commits without end and prints each revision once it is durable. Arguments: directory, seed.
import { SqliteJournal } from '../../src/store/journal/sqlite-journal.ts';
import { commitOf } from './journal-history.ts';

const [directory, seed] = [process.argv[2]!, Number(process.argv[3])];
const callers = 8;

const journal = new SqliteJournal({ directory });
let revision = await journal.load(() => undefined);

async function caller(): Promise<never> {
  for (;;) {
    revision += 1;
    const mine = revision;
    journal.append(mine, commitOf(seed, mine));
    await journal.durable(mine);
    process.stdout.write(`${mine}\n`);
  }
}

await Promise.all(Array.from({ length: callers }, caller));
