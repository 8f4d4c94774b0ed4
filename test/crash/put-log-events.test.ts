// kill -9 of a whole server under PutLogEvents: every batch that was acknowledged over HTTP is there after it, and of each all or nothing.
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readAccess } from '../../src/cli/access-file.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { seededRandom } from '../../src/lib/random.ts';
import { startLongshore, type StartingProcess } from '../docker/longshore-process.ts';
import { crashRounds, crashSeed } from './crash-settings.ts';

const rounds = crashRounds(4);
const seed = crashSeed();
const writers = 4;
const names = { logGroupName: '/app', logStreamName: 'web' };
const started: StartingProcess[] = [];

/** More in a batch now and then: its request and its transaction take longer to be killed in. */
const sizeOf = (batch: number): number => (batch % 11 === 0 ? 2000 : 1 + (batch % 7));

async function start(data: string): Promise<{ process: StartingProcess; logs: CloudWatchLogsClient }> {
  const process = startLongshore(['server', '--data', data, '--port', '0'], {});
  started.push(process);
  await process.until(/is ready at/);
  const { endpoint, region, accessKeyId, secretAccessKey } = readAccess(data);
  const credentials = { accessKeyId, secretAccessKey };
  return { process, logs: new CloudWatchLogsClient({ endpoint, region, credentials, maxAttempts: 1 }) };
}

/** Puts batches until the server is gone; it is killed once `last` of them were acknowledged. Answers those. */
async function killUnderWrites(data: string, first: number, last: number): Promise<number[]> {
  const { process, logs } = await start(data);
  const acknowledged: number[] = [];
  let next = first;
  let ended: Promise<number | null> | undefined;
  const write = async (): Promise<void> => {
    while (ended === undefined) {
      const batch = next++;
      const logEvents = Array.from({ length: sizeOf(batch) }, (_, place) => ({
        timestamp: systemClock.wall(),
        message: `${batch}/${place}`,
      }));
      try {
        await logs.send(new PutLogEventsCommand({ ...names, logEvents }));
      } catch (error) {
        if (ended === undefined) throw error;
        return;
      }
      acknowledged.push(batch);
      if (acknowledged.length === last) ended = process.end('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  expect(await ended).toBeNull();
  logs.destroy();
  return acknowledged;
}

/** How many events there are of each batch. */
async function eventsByBatch(logs: CloudWatchLogsClient): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  let nextToken: string | undefined;
  for (;;) {
    const page = await logs.send(new GetLogEventsCommand({ ...names, startFromHead: true, nextToken }));
    for (const { message } of page.events!) {
      const batch = Number(message!.split('/', 1)[0]);
      found.set(batch, (found.get(batch) ?? 0) + 1);
    }
    if (page.nextForwardToken === nextToken) return found;
    nextToken = page.nextForwardToken;
  }
}

it(
  `keeps every batch that was acknowledged through ${rounds} kills of the server (seed ${seed})`,
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'put-log-events-'));
    const random = seededRandom(seed);
    const acknowledged = new Set<number>();
    try {
      const first = await start(data);
      await first.logs.send(new CreateLogGroupCommand({ logGroupName: names.logGroupName }));
      await first.logs.send(new CreateLogStreamCommand(names));
      expect(await first.process.end('SIGKILL')).toBeNull();
      for (let round = 0; round < rounds; round++) {
        const last = 1 + Math.floor(random.next() ** 2 * 200);
        for (const batch of await killUnderWrites(data, round * 100_000, last)) acknowledged.add(batch);
        const { process, logs } = await start(data);
        const found = await eventsByBatch(logs);
        for (const batch of acknowledged) expect(found.has(batch), `batch ${batch}`).toBe(true);
        for (const [batch, count] of found) expect(count, `events of batch ${batch}`).toBe(sizeOf(batch));
        expect(await process.end('SIGTERM')).toBe(0);
        logs.destroy();
      }
    } finally {
      await Promise.all(started.map((process) => process.end('SIGKILL')));
      rmSync(data, { recursive: true });
    }
  },
  60_000 * rounds,
);
