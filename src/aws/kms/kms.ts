// What every KMS operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { ValueSeal } from '../shared/value-seal.ts';
import type { KmsOperations } from './shapes.generated.ts';

export interface Kms {
  readonly store: Store;
  /** Fit for secrets: keys are made of it. */
  readonly random: Random;
  readonly pageSeal: PageSeal;
  readonly valueSeal: ValueSeal;
}

/** One operation of the model: its whole effect is one transaction. */
export type KmsOperation<Name extends keyof KmsOperations> = OperationOf<KmsOperations, Kms, Name>;
