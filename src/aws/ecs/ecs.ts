// What every ECS operation is given, and the form it has.
import type { DeepReadonly, Wire } from '../../lib/json.ts';
import type { Random } from '../../lib/random.ts';
import type { AgentRelease } from './state/instance/container-instance.ts';
import type { Fleets } from './state/instance/fleets.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../wire/api.ts';
import type { PageSeal } from './page-seal.ts';

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

/** A request shape of the SDK as it arrives: decoded, validated, readonly, timestamps in epoch seconds. */
export type Input<T> = DeepReadonly<Wire<T>>;

/** One operation: its whole effect is one transaction; the answer is wire-shaped. */
export type EcsOperation<I, O> = (
  ecs: Ecs,
  input: Input<I>,
  call: Call,
) => DeepReadonly<Wire<Omit<O, '$metadata'>>>;
