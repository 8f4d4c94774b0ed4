// Whatever PutLogEvents acknowledged is there after kill -9, and of each batch all or nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bulkInThreads } from '../../src/bulk/bulk-in-threads.ts';
import { bulkModule } from '../../src/aws/logs/state/log-database.ts';
import { seededRandom } from '../../src/lib/random.ts';

const rounds = Number(process.env['LONGSHORE_CRASH_ROUNDS'] ?? 8);
const writer = fileURLToPath(new URL('log-writer.ts', import.meta.url));

/** Kills the writer once it has acknowledged `batches`; answers all numbers that it acknowledged. */
async function killAfter(directory: string, first: number, batches: number): Promise<number[]> {
  const child = spawn(process.execPath, [writer, directory, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === batches) expect(child.kill('SIGKILL')).toBe(true);
  }
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

/** The messages of all events by the number of their batch. */
async function load(directory: string): Promise<Map<number, string[]>> {
  const database = bulkInThreads(directory)(bulkModule);
  const found = new Map<number, string[]>();
  let after: { readonly time: number; readonly seq: number } | undefined;
  for (;;) {
    const range = { from: 0, to: Number.MAX_SAFE_INTEGER, descending: false, after };
    const events = (await database.read('getEvents', { ...range, uid: 'g', stream: 's', limit: 10_000 }))!;
    if (events.length === 0) break;
    for (const { time, message } of events) found.set(time, [...(found.get(time) ?? []), message]);
    after = events.at(-1);
  }
  await database.close();
  return found;
}

it(
  `keeps every acknowledged batch through ${rounds} kills`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'logs-crash-'));
    const random = seededRandom(5);
    const acknowledged = new Set<number>();
    try {
      for (let round = 0; round < rounds; round++) {
        const batches = 1 + Math.floor(random.next() ** 2 * 300);
        const first = (round + 1) * 1_000_000;
        for (const batch of await killAfter(directory, first, batches)) acknowledged.add(batch);
        const found = await load(directory);
        for (const batch of acknowledged) expect(found.has(batch), `batch ${batch}`).toBe(true);
        for (const [batch, messages] of found)
          expect(messages).toEqual(
            Array.from({ length: 1 + (batch % 7) }, (_, place) => `${batch}/${place}`),
          );
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  10_000 * rounds,
);
