// A process to be killed: puts log events without end, and prints the number of each batch once it is acknowledged. Arguments: directory, first batch.
import { bulkInThreads } from '../../src/bulk/bulk-in-threads.ts';
import { bulkModule } from '../../src/aws/logs/state/log-database.ts';

const [directory, first] = [process.argv[2]!, Number(process.argv[3])];
const callers = 4;

const database = bulkInThreads(directory)(bulkModule);
await database.write('createStream', { uid: 'g', name: 's', now: 1 });
let batch = first;

async function caller(): Promise<never> {
  for (;;) {
    const mine = batch++;
    const messages = Array.from({ length: 1 + (mine % 7) }, (_, place) => `${mine}/${place}`);
    const times = Float64Array.from(messages, () => mine);
    await database.write('putEvents', { uid: 'g', stream: 's', now: mine, times, messages, bytes: 0 });
    process.stdout.write(`${mine}\n`);
  }
}

await Promise.all(Array.from({ length: callers }, caller));
