// kill -9 of a whole server under calls: what was answered longer ago than events are gathered for is on record, each call once.
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { expect, it } from 'vitest';
import { flushInterval } from '../../src/aws/cloudtrail/trail-writer.ts';
import { examineBulk } from '../../src/bulk/examine-bulk.ts';
import { readAccess } from '../../src/cli/access-file.ts';
import { seededRandom } from '../../src/lib/random.ts';
import { startLongshore, type StartingProcess } from '../docker/longshore-process.ts';
import { crashRounds, crashSeed } from './crash-settings.ts';

const rounds = crashRounds(2);
const seed = crashSeed();
const writers = 3;
/** Ms until what was gathered is on disk: writing it takes a while where the machine is busy. */
const kept = flushInterval + 1500;
const started: StartingProcess[] = [];

async function start(data: string) {
  const process = startLongshore(['server', '--data', data, '--port', '0'], {});
  started.push(process);
  await process.until(/is ready at/);
  const { endpoint, region, accessKeyId, secretAccessKey } = readAccess(data);
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  return { process, ecs: new ECSClient(settings), trail: new CloudTrailClient(settings) };
}

interface Answered {
  readonly name: string;
  /** By this process's clock. */
  readonly at: number;
}

/** Creates and deletes clusters until the server is gone, `ms` after the first call. Answers what was answered, and all that was asked. */
async function killUnderCalls(data: string, round: number, ms: number) {
  const { process, ecs, trail } = await start(data);
  const answered: Answered[] = [];
  let next = 0;
  let killed = Infinity;
  const call = async (): Promise<void> => {
    while (killed === Infinity) {
      const name = `r${round}-${next++}`;
      try {
        await ecs.send(new CreateClusterCommand({ clusterName: name }));
        answered.push({ name, at: performance.now() });
        await ecs.send(new DeleteClusterCommand({ cluster: name }));
      } catch (error) {
        if (killed === Infinity) throw error;
      }
    }
  };
  const calls = Array.from({ length: writers }, call);
  await delay(ms);
  killed = performance.now();
  expect(await process.end('SIGKILL')).toBeNull();
  await Promise.all(calls);
  ecs.destroy();
  trail.destroy();
  return answered.filter(({ at }) => at < killed - kept).map(({ name }) => name);
}

/** The clusters whose creation is on record, as often as it is. */
async function createdClusters(client: CloudTrailClient): Promise<string[]> {
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'CreateCluster' }];
  const found: string[] = [];
  for await (const { Events } of paginateLookupEvents({ client }, { LookupAttributes }))
    for (const { CloudTrailEvent } of Events!) {
      const { requestParameters } = JSON.parse(CloudTrailEvent!) as {
        requestParameters: { clusterName: string };
      };
      found.push(requestParameters.clusterName);
    }
  return found;
}

it(
  `has what was answered before on record through ${rounds} kills of the server (seed ${seed})`,
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'trail-'));
    const random = seededRandom(seed);
    const kept: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const old = await killUnderCalls(data, round, 2200 + random.next() * 1000);
        expect(old.length).toBeGreaterThan(0);
        kept.push(...old);
        const { process, ecs, trail } = await start(data);
        const found = await createdClusters(trail);
        expect(new Set(found).size).toBe(found.length);
        expect(kept.filter((name) => !found.includes(name))).toEqual([]);
        ecs.destroy();
        trail.destroy();
        expect(await process.end('SIGTERM')).toBe(0);
        expect(examineBulk(join(data, 'bulk/trail.db')).findings).toEqual([]);
      }
    } finally {
      await Promise.all(started.map((process) => process.end('SIGKILL')));
      rmSync(data, { recursive: true });
    }
  },
  60_000 * rounds,
);
