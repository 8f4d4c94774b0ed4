// Whatever the journal called durable is there after kill -9, and what is there is one state that existed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/lib/random.ts';
import { SqliteJournal } from '../../src/store/journal/sqlite-journal.ts';
import { replay } from './journal-history.ts';
import { plainEnvironment } from '../../test-support/plain-environment.ts';
import { loadRows } from '../../test-support/load-rows.ts';

const rounds = Number(process.env['LONGSHORE_CRASH_ROUNDS'] ?? 20);
const seed = 20_260_101;
const writer = fileURLToPath(new URL('journal-writer.ts', import.meta.url));

/** Kills the writer once it has acknowledged `commits` more; answers the last revision that it acknowledged. */
async function killAfter(directory: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [writer, directory, String(seed)], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let acknowledged = 0;
  let left = commits;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    left -= 1;
    if (left === 0) killHard(child);
  }
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

function killHard(child: ChildProcess): void {
  expect(child.kill('SIGKILL')).toBe(true);
}

async function load(directory: string): Promise<{ revision: number; rows: Map<string, unknown> }> {
  const journal = new SqliteJournal({ directory });
  const { revision, rows } = await loadRows(journal);
  await journal.close();
  return { revision, rows: new Map(rows.map(({ key, row }) => [key, row])) };
}

it(
  `keeps every acknowledged commit through ${rounds} kills`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'journal-crash-'));
    const random = seededRandom(seed);
    const expected = new Map<string, unknown>();
    let before = 0;
    try {
      for (let round = 0; round < rounds; round += 1) {
        const acknowledged = await killAfter(directory, 1 + Math.floor(random.next() ** 3 * 1000));
        const { revision, rows } = await load(directory);
        expect(revision).toBeGreaterThanOrEqual(acknowledged);
        expect(acknowledged).toBeGreaterThan(before);
        replay(expected, seed, before, revision);
        expect(rows).toEqual(expected);
        before = revision;
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  30_000 + rounds * 5_000,
);
