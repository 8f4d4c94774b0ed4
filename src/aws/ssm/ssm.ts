// What every operation of Parameter Store is given, and the form it has.
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { KeyMaking } from '../kms/state/key/new-key.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { SsmOperations } from './shapes.generated.ts';

export interface Ssm extends KeyMaking {
  readonly store: Store;
  readonly pageSeal: PageSeal;
}

/** One operation of the model: its whole effect is one transaction. */
export type SsmOperation<Name extends keyof SsmOperations> = OperationOf<SsmOperations, Ssm, Name>;
