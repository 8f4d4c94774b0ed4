// What every IAM operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { IamOperations } from './shapes.generated.ts';

export interface Iam {
  readonly store: Store;
  /** Fit for secrets. */
  readonly random: Random;
  readonly pageSeal: PageSeal;
}

/** One operation of the model: its whole effect is one transaction. */
export type IamOperation<Name extends keyof IamOperations> = OperationOf<IamOperations, Iam, Name>;
