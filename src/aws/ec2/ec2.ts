// What every EC2 operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { ReadTransaction, Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { Scope } from '../shared/scope.ts';
import type { Tag } from '../shared/tag.ts';
import type { Ec2Operations } from './shapes.generated.ts';

/** A host that runs tasks and is an instance of EC2, or is called like one. */
export interface Host extends Scope {
  /** `i-` and 17 hex digits. */
  readonly id: string;
  /** The host's own address, where it is known. */
  readonly privateIpAddress?: string | undefined;
  readonly hostName?: string | undefined;
  readonly availabilityZone: string;
  readonly instanceType?: string | undefined;
  readonly imageId?: string | undefined;
  readonly architecture: 'x86_64' | 'arm64';
  readonly tags: readonly Tag[];
  /** Epoch ms. */
  readonly launchedAt: number;
  /** Whether its agent says that all is well; undefined where it says nothing. */
  readonly isHealthy?: boolean | undefined;
}

export interface Ec2 {
  readonly store: Store;
  readonly random: Random;
  readonly pageSeal: PageSeal;
  /** The hosts of an account in a region, by id: another service keeps them. */
  readonly hosts: (tx: ReadTransaction, scope: Scope) => readonly Host[];
}

/** One operation of the model: its whole effect is one transaction. */
export type Ec2Operation<Name extends keyof Ec2Operations> = OperationOf<Ec2Operations, Ec2, Name>;
