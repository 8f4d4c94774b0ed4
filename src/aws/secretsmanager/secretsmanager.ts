// What every Secrets Manager operation is given, and the form it has.
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { KeyMaking } from '../kms/state/key/new-key.ts';
import type { SecretsmanagerOperations } from './shapes.generated.ts';

export interface SecretsManager extends KeyMaking {
  readonly store: Store;
  readonly pageSeal: PageSeal;
}

/** One operation of the model: its whole effect is one transaction. */
export type SecretsManagerOperation<Name extends keyof SecretsmanagerOperations> = OperationOf<
  SecretsmanagerOperations,
  SecretsManager,
  Name
>;
