// What every EFS operation is given, and the form it has.
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { KeyMaking } from '../kms/state/key/new-key.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { EfsOperations } from './shapes.generated.ts';
import type { Networks } from './state/mount-target/networks.ts';

export interface Efs extends KeyMaking {
  readonly store: Store;
  readonly pageSeal: PageSeal;
  readonly networks: Networks;
}

/** One operation of the model: its whole effect is one transaction. */
export type EfsOperation<Name extends keyof EfsOperations> = OperationOf<EfsOperations, Efs, Name>;
