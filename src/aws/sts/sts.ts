// What every STS operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { SessionSeal } from '../iam/state/session/session-seal.ts';
import type { StsOperations } from './shapes.generated.ts';

export interface Sts {
  readonly store: Store;
  /** Fit for secrets. */
  readonly random: Random;
  readonly sessionSeal: SessionSeal;
}

export type StsOperation<Name extends keyof StsOperations> = OperationOf<StsOperations, Sts, Name>;
