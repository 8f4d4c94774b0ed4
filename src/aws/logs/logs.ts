// What every operation of CloudWatch Logs is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { WaitingOperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { LiveTails } from './live-tails.ts';
import type { QueryRuns } from './query-runs.ts';
import type { LogsOperations } from './shapes.generated.ts';
import type { LogDatabase } from './state/log-database.ts';

export interface Logs {
  readonly store: Store;
  readonly random: Random;
  readonly pageSeal: PageSeal;
  /** Streams, events, results of queries. */
  readonly database: LogDatabase;
  readonly queries: QueryRuns;
  readonly liveTails: LiveTails;
}

export type LogsOperation<Name extends keyof LogsOperations> = WaitingOperationOf<LogsOperations, Logs, Name>;
