// What every operation of CloudTrail is given, and the form it has.
import type { WaitingOperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { CloudtrailOperations } from './shapes.generated.ts';
import type { TrailDatabase } from './state/trail-database.ts';

export interface CloudTrail {
  readonly pageSeal: PageSeal;
  readonly database: TrailDatabase;
  /** Resolves once what was answered before can be found. */
  readonly flush: () => Promise<void>;
}

export type CloudTrailOperation<Name extends keyof CloudtrailOperations> = WaitingOperationOf<
  CloudtrailOperations,
  CloudTrail,
  Name
>;
