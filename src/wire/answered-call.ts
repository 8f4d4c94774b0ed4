// A call once it has its answer, as whoever keeps a record of calls is told of it.
import type { Call } from './api.ts';
import type { BoundOperation } from './bound-api.ts';
import type { Exchange } from './chain/exchange.ts';
import type { ApiError } from './errors.ts';
import { headerOf } from './header-of.ts';
import { inFamily } from './protocols/common-errors.ts';
import type { Members, ProtocolName } from './protocols/protocol.ts';
import { statedAccessKeyId } from './sigv4/stated-scope.ts';

/** Everything that is undefined was not found out before the call was refused. */
export interface AnsweredCall {
  readonly requestId: string;
  /** Who signed it; undefined where nobody did, or not rightly. */
  readonly caller: Call | undefined;
  /** What the signature says, right or not. */
  readonly statedAccessKeyId: string | undefined;
  /** The signing name of its service. */
  readonly signingName: string | undefined;
  /** What its caller asked to do, e.g. `ecs:RunTask`. */
  readonly action: string | undefined;
  readonly operation: BoundOperation | undefined;
  /** Whether it was for a service somewhere else. */
  readonly isForwarded: boolean;
  readonly input: Members | undefined;
  readonly output: Members | undefined;
  /** As the wire names it, whatever the protocol. */
  readonly error: ApiError | undefined;
  /** The error's code as the client was told it. */
  readonly toldCode: string | undefined;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}

/** Told of each call after its answer was made; waits for nothing and throws nothing. */
export type RecordCall = (call: AnsweredCall) => void;

const families: { readonly [Name in ProtocolName]?: Parameters<typeof inFamily>[1] } = {
  query: 'query',
  'rest-xml': 'query',
  'ec2-query': 'ec2',
  'rest-json': 'rest-json',
  s3: 's3',
};

function toldCode(error: ApiError, protocol: ProtocolName): string {
  const family = families[protocol];
  return family === undefined ? error.code : inFamily(error, family).code;
}

/** What became of a request that went through the chain; `error` is what it was refused with. */
export function answeredCall(exchange: Exchange, error: ApiError | undefined): AnsweredCall {
  const { request, route, requestId, isForwarded } = exchange;
  // A step that was not reached has set nothing.
  const { call, operation, input, output, caller }: Partial<Exchange> = exchange;
  const [only, ...others] = route.signingNames;
  const called = operation ?? statedOperation(exchange);
  return {
    requestId,
    caller: call,
    statedAccessKeyId: statedAccessKeyId(request),
    signingName: caller?.signingName ?? (others.length === 0 ? only : undefined),
    action: called && `${called.service}:${called.name}`,
    operation: called,
    isForwarded,
    input,
    output: error === undefined ? output : undefined,
    error,
    toldCode: error && toldCode(error, route.protocol.name),
    address: request.address,
    userAgent: headerOf(request.headers, 'user-agent'),
  };
}

/** What a request that was refused before was to call. */
function statedOperation({ route }: Exchange): BoundOperation | undefined {
  try {
    return route.operation();
  } catch {
    return undefined;
  }
}
