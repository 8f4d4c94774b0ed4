// What every ECR operation is given, and the form it has.
import type { Store } from '../../store/store.ts';
import type { OperationOf, WaitingOperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { RegistryEngine } from './registry-engine.ts';
import type { SecretOf, Upstreams } from './upstreams.ts';
import type { EcrOperations } from './shapes.generated.ts';

export interface Ecr {
  readonly store: Store;
  readonly pageSeal: PageSeal;
  /** Where manifests and layers lie. */
  readonly engine: RegistryEngine;
  /** Other registries that images are pulled through from. */
  readonly upstreams: Upstreams;
  /** What a secret holds that a rule names. */
  readonly secretOf: SecretOf;
  /** Where `docker` reaches the registry, e.g. `http://127.0.0.1:4566`. */
  readonly registryUrl: () => string;
}

/** One operation of the model: its whole effect is one transaction. */
export type EcrOperation<Name extends keyof EcrOperations> = OperationOf<EcrOperations, Ecr, Name>;

/** One that asks the registry's engine before its transaction. */
export type EcrWaitingOperation<Name extends keyof EcrOperations> = WaitingOperationOf<
  EcrOperations,
  Ecr,
  Name
>;
