// One request on its way through the chain: what came, and what each step has found out so far.
import type { Clock } from '../../lib/clock.ts';
import type { Turns } from '../../lib/turns.ts';
import type { Api, Call } from '../api.ts';
import type { Authorise } from '../authorise.ts';
import type { HttpRequest, HttpResponse, StreamedBody } from '../http.ts';
import type { Members } from '../protocols/protocol.ts';
import type { BoundOperation } from '../bound-api.ts';
import type { Route } from '../route.ts';
import type { Authenticated, LookupAccessKey } from '../sigv4/authenticate.ts';
import type { Throttle } from '../throttle/throttle.ts';

/** What the steps work with. */
export interface ChainContext {
  readonly lookupAccessKey: LookupAccessKey;
  readonly throttleOf: (api: Api) => Throttle | undefined;
  readonly authorise: Authorise;
  readonly store: Pick<ObservedStore, 'observe' | 'durable'>;
  readonly clock: Clock;
  /** What takes long is done in these. */
  readonly turns: Turns;
}

/** How far a request has looked into the store: nothing of it is told before that revision is durable. */
export interface Seen {
  revision: number;
}

/** What the chain needs of the store: what a request saw of it, and when that survives a crash. */
export interface ObservedStore {
  /** Runs what reads and writes at once, and raises `seen` to the newest revision that it saw or made, also when it throws. */
  observe<T>(seen: Seen, run: () => T): T;
  /** Resolves when everything up to `revision`, or all that there is, survives a crash. */
  durable(revision: number): Promise<void>;
  /** Whether an operation threw this because nothing can be saved any more. */
  isUnsaved(error: unknown): boolean;
}

/** What a step does to the request; throws ApiError to refuse it. */
export type Step = (exchange: Exchange, context: ChainContext) => Promise<void> | void;

/** The members without a value are set by the step that is named; only later steps read them. */
export class Exchange {
  readonly request: HttpRequest;
  readonly route: Route;
  readonly requestId: string;
  /** Epoch ms at which the request was accepted. */
  readonly now: number;
  /** Set by `authenticate`. */
  caller!: Authenticated;
  /** Set by `authenticate`; `authorise` adds what of it is refused. */
  call!: Call;
  /** Set by `authenticate`, where the body is read only by the operation: it is checked while it flows. */
  payload: StreamedBody | undefined = undefined;
  /** Set by `forward`, which ends the chain: nothing is left to do here. */
  isForwarded = false;
  /** Set by `findOperation`. */
  operation!: BoundOperation;
  /** Set by `decode`. */
  input!: Readonly<Record<string, unknown>>;
  /** What all steps have seen so far: whatever is answered waits for it. */
  readonly seen: Seen = { revision: 0 };
  /** Set by `run`. */
  output!: Members;
  /** Set by `encode`, or `forward`. */
  response!: HttpResponse;

  constructor(request: HttpRequest, route: Route, requestId: string, now: number) {
    this.request = request;
    this.route = route;
    this.requestId = requestId;
    this.now = now;
  }
}
