// What every ECS operation is given, and the form it has.
import type { Random } from '../../lib/random.ts';
import type { AgentRelease } from './state/instance/container-instance.ts';
import type { Fleets } from './state/instance/fleets.ts';
import type { Store } from '../../store/store.ts';
import type { OperationOf } from '../../wire/api.ts';
import type { PageSeal } from '../shared/page-seal.ts';
import type { EcsOperations } from './shapes.generated.ts';

export interface Ecs {
  readonly store: Store;
  readonly random: Random;
  /** What placement looks at, as of the last commit. */
  readonly fleets: Fleets;
  readonly pageSeal: PageSeal;
  /** Why the target of a lifecycle hook cannot be called; undefined where it can. */
  readonly hookRefusal: (target: string) => string | undefined;
  /** Where agents find their websockets, as DiscoverPollEndpoint hands them out. Constant for the life of the server. */
  readonly agentEndpoints: { readonly acs: string; readonly tcs: string };
  /** The version that agents can be updated to; undefined offers none. */
  readonly agentRelease?: AgentRelease | undefined;
}

/** One operation of the model: its whole effect is one transaction. */
export type EcsOperation<Name extends keyof EcsOperations> = OperationOf<EcsOperations, Ecs, Name>;
