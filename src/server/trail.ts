// The record of calls, put together: what makes events, what keeps them, and how they are read.
import { startTrailRetention } from '../aws/cloudtrail/controllers/retention/retention.ts';
import { callRecorder } from '../aws/cloudtrail/record/record-call.ts';
import { bulkModule as trailModule } from '../aws/cloudtrail/state/trail-database.ts';
import type { EventList } from '../aws/cloudtrail/state/events/list-events.ts';
import { TrailWriter } from '../aws/cloudtrail/trail-writer.ts';
import { bulkInProcess } from '../bulk/bulk-in-process.ts';
import type { OpenBulk } from '../bulk/bulk.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { Store } from '../store/store.ts';

export interface TrailOptions {
  readonly random: Random;
  readonly log: Log;
  readonly accountId: string;
  /** Where bulk data lies; default in memory. */
  readonly openBulk?: OpenBulk | undefined;
  /** Ms that calls are kept on record; 0: none is put there. Default 90 days. */
  readonly trailKept?: number | undefined;
  /** Where calls are put on record whose signature does not hold; default us-east-1. */
  readonly region?: string | undefined;
}

/** CloudTrail's own: "the last 90 days". */
const defaultTrailKept = 90 * 24 * 3_600_000;

/** The record of calls: what keeps it, and how it is read. */
export function openTrail(options: TrailOptions, store: Store, clock: Clock) {
  const { log, random, accountId, region = 'us-east-1', trailKept: kept = defaultTrailKept } = options;
  const database = (options.openBulk ?? bulkInProcess)(trailModule);
  const writer = new TrailWriter({ database, clock, random, log, accountId, region });
  const add = writer.add.bind(writer);
  const stopRetention = kept > 0 ? startTrailRetention({ database, clock, log, kept }) : () => undefined;
  const flush = () => writer.flush();
  return {
    database,
    flush,
    record: kept > 0 ? callRecorder({ store, clock, log, accountId, region, add }) : undefined,
    list: async (input: EventList) => {
      await flush();
      return database.read('listEvents', input);
    },
    close: async () => {
      stopRetention();
      await writer.close();
      await database.close();
    },
  };
}
